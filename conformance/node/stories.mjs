// The stories of an application and its orders, told by whichever core is given.
import { rm, writeFile } from 'node:fs/promises';
import { json } from './clients.mjs';
import { expectRefusal } from './refusals.mjs';

const RUNNING = [
    'Application.ChangerOrderRunning',
    'An application change process is in progress. Please try again later.',
];
const NOT_RUNNING = [
    'Application.ChangerOrder.Not.Running',
    'The change order is not running and cannot be terminated.',
];

/** Every operation but those about aborting. */
export async function tellLife(checks, sae) {
    const application = await sae.running('life');
    await describe(checks, sae, application);
    const first = (await sae.call('ListAppVersions', { AppId: application })).Data[0].Id;
    await release(checks, sae, application);
    await change(checks, sae, application);
    await rollBackTo(checks, sae, application, first);
    await sae.delete(application);
    const { TotalSize } = (await sae.call('ListApplications', { AppName: sae.name('life') })).Data;
    checks.equal('a deleted application is gone', TotalSize, 0);
}

async function describe(checks, sae, AppId) {
    const { Data, ...envelope } = await sae.call('DescribeApplicationStatus', { AppId });
    checks.that(
        'RequestId is an upper-case UUID',
        /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/.test(envelope.RequestId),
    );
    checks.that('TraceId is hexadecimal', /^[0-9a-f]+$/.test(envelope.TraceId), envelope.TraceId);
    const rest = { Code: envelope.Code, Message: envelope.Message, Success: envelope.Success };
    checks.equal('the rest of the envelope', rest, { Code: 200, Message: 'success', Success: true });
    checks.that('ErrorCode is not returned', !('ErrorCode' in envelope), envelope);
    const { LastChangeOrderStatus, CurrentStatus, RunningInstances } = Data;
    checks.equal(
        'DescribeApplicationStatus',
        [LastChangeOrderStatus, CurrentStatus, RunningInstances],
        ['SUCCESS', 'RUNNING', 2],
    );
    const config = (await sae.call('DescribeApplicationConfig', { AppId })).Data;
    checks.equal('DescribeApplicationConfig', [config.PackageType, config.Replicas], ['FatJar', 2]);
    checks.equal('a parameter of the form comes back', config.Envs, '[{"name":"APP_VERSION","value":"1"}]');
    const groups = (await sae.call('DescribeApplicationGroups', { AppId })).Data;
    checks.equal(
        'DescribeApplicationGroups',
        groups.map((group) => group.GroupId),
        ['_DEFAULT_GROUP'],
    );
    const orders = (await sae.call('ListChangeOrders', { AppId, PageSize: 20, CurrentPage: 1 })).Data;
    checks.equal(
        'ListChangeOrders',
        orders.ChangeOrderList.map((order) => order.CoTypeCode),
        ['CoCreateApp'],
    );
}

/** Two manual batches, with a JSON body as command lines send it. */
async function release(checks, sae, application) {
    const order = await sae.deploy(application, '2', json);
    const waiting = await sae.waitForStatus(order, 8);
    checks.equal('a description of any characters', waiting.Description, "to version 2: ü & +%~*()'");
    checks.equal('half of the instances are new', await sae.versions(application), ['1', '2']);
    const PipelineId = waiting.CurrentPipelineId;
    const pipeline = (await sae.call('DescribePipeline', { PipelineId })).Data;
    checks.equal(
        'DescribePipeline',
        pipeline.StageList.map((stage) => stage.StageName),
        ['prepare', 'update', 'verify'],
    );
    const confirmed = (await sae.call('ConfirmPipelineBatch', { PipelineId, Confirm: true })).Data;
    checks.equal('ConfirmPipelineBatch names the batch', confirmed.PipelineId, PipelineId);
    await sae.waitForStatus(order, 2);
    checks.equal('after the last batch all are new', await sae.versions(application), ['2', '2']);
}

async function change(checks, sae, application) {
    const changes = [
        ['RescaleApplication', { Replicas: 3 }, 'CoScaleOut', 3],
        ['RestartApplication', {}, 'CoRestartApplication', 3],
        ['StopApplication', {}, 'CoStopApplication', 0],
        ['StartApplication', {}, 'CoStartApplication', 3],
    ];
    for (const [operation, parameters, code, instances] of changes) {
        const { ChangeOrderId } = (await sae.call(operation, { AppId: application, ...parameters })).Data;
        const { CoTypeCode } = await sae.waitForStatus(ChangeOrderId, 2);
        const found = [CoTypeCode, (await sae.versions(application)).length];
        checks.equal(`${operation}: type and instances`, found, [code, instances]);
    }
}

async function rollBackTo(checks, sae, application, version) {
    const { ChangeOrderId } = (await sae.call('RollbackApplication', { AppId: application, VersionId: version })).Data;
    const { CoTypeCode } = await sae.waitForStatus(ChangeOrderId, 2);
    const found = [CoTypeCode, await sae.versions(application)];
    checks.equal('RollbackApplication to a historical version', found, ['CoDeployHistroy', ['1', '1', '1']]);
}

/** A rollback that can't end before we say so can't be aborted; it ends, and then there is nothing to abort. */
export async function tellAbort(checks, sae, folder) {
    const hold = `${folder}/hold`;
    const application = await sae.running('headline', { HELLO_UNREADY_FILE: hold });
    const order = await sae.deploy(application, '2');
    await sae.waitForStatus(order, 8);
    await expectRefusal(checks, sae, RUNNING, 'DeployApplication beside a live order', () =>
        sae.deploy(application, '3'),
    );

    await writeFile(hold, '');
    const answer = await sae.call('AbortAndRollbackChangeOrder', { ChangeOrderId: order });
    const rollback = answer.Data.RollbackChangeOrderId;
    checks.equal('AbortAndRollbackChangeOrder: Data', answer.Data, {
        ChangeOrderId: order,
        RollbackChangeOrderId: rollback,
    });
    const undone = await sae.order(order);
    checks.equal(
        'its order is terminated and names its rollback',
        [undone.Status, undone.RollbackChangeOrderId],
        [6, rollback],
    );
    checks.equal('the rollback names its order', (await sae.order(rollback)).UndoesChangeOrderId, order);
    for (const ChangeOrderId of [order, rollback]) {
        const what = `AbortAndRollbackChangeOrder of ${ChangeOrderId === order ? 'the aborted order' : 'the rollback'}`;
        const call = () => sae.call('AbortAndRollbackChangeOrder', { ChangeOrderId });
        await expectRefusal(checks, sae, RUNNING, what, call);
    }
    await rm(hold);
    const done = await sae.waitForStatus(rollback, 2);
    checks.equal('the proof of restoration holds', done.Proof.Holds, true);
    checks.equal('rolled back to version 1', await sae.versions(application), ['1', '1']);

    for (const operation of ['AbortAndRollbackChangeOrder', 'AbortChangeOrder', 'RetryChangeOrder']) {
        const call = () => sae.call(operation, { ChangeOrderId: order });
        const data = await expectRefusal(checks, sae, NOT_RUNNING, `${operation} of an order that has ended`, call);
        const found = [data.Status, data.EndedBy, data.RollbackChangeOrderId];
        checks.equal(`${operation}: the refusal tells of the order`, found, [6, 'testAK', rollback]);
    }
    await plainAbort(checks, sae, application);
    await sae.delete(application);
}

/** A rollback that needs a person has SubStatus 1 until RetryChangeOrder finds it mended. */
export async function tellRetry(checks, sae, folder) {
    const hold = `${folder}/broken`;
    const application = await sae.running('retry', { HELLO_UNREADY_FILE: hold });
    const patience = { AppId: application, InstanceReadySeconds: 5 };
    await sae.waitForStatus((await sae.call('DeployApplication', patience)).Data.ChangeOrderId, 2);
    const order = await sae.deploy(application, '2');
    await sae.waitForStatus(order, 8);
    await writeFile(hold, '');
    const { Data } = await sae.call('AbortAndRollbackChangeOrder', { ChangeOrderId: order });
    const rollback = { ChangeOrderId: Data.RollbackChangeOrderId };
    const stuck = await sae.wait(rollback.ChangeOrderId, (data) => data.SubStatus === 1, 'in need of a person');
    checks.equal('an order in need of a person stays in progress', stuck.Status, 1);
    await rm(hold);
    checks.equal('RetryChangeOrder names the order', (await sae.call('RetryChangeOrder', rollback)).Data, rollback);
    const { SubStatus } = await sae.waitForStatus(rollback.ChangeOrderId, 2);
    checks.equal('a mended rollback ends well', SubStatus, 0);
    await sae.delete(application);
}

async function plainAbort(checks, sae, application) {
    const order = await sae.deploy(application, '4');
    await sae.waitForStatus(order, 8);
    const token = { ChangeOrderId: order, ClientToken: `abort-${order}` };
    const first = (await sae.call('AbortChangeOrder', token)).Data;
    checks.equal('AbortChangeOrder names the order', first, { ChangeOrderId: order });
    checks.equal(
        'the same ClientToken, the first answer again',
        (await sae.call('AbortChangeOrder', token)).Data,
        first,
    );
    const found = [(await sae.order(order)).Status, await sae.versions(application)];
    checks.equal('AbortChangeOrder: terminated, nothing rolled back', found, [6, ['1', '4']]);
}
