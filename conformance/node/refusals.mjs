// Every error code of the document, from every operation that can give it.
import { OPERATIONS } from './operations.mjs';

const NO_PERMISSION = ['Resouce.no.permission', 'You are not authorized to operate on the specified resources.'];
const UPGRADING = ['System.Upgrading', 'The system is being upgraded. Please try again later.'];
const NO_ORDER = ['InvalidChangeOrder.NotFound', 'The current change order does not exist.'];
const NO_APPLICATION = ['InvalidApplication.NotFound', 'The current application does not exist.'];
const NO_APP_ID = ['InvalidAppId.NotFound', 'The specified AppId does not exist.'];

/** That what the client throws carries this code, message and HTTP status, and a request id; the error's Data. */
export async function expectRefusal(checks, sae, [code, message], what, action, status = 400) {
    try {
        checks.that(`${what}: ${code}`, false, await action());
    } catch (thrown) {
        const found = sae.refusal(thrown);
        const same = found.code === code && found.message === message && found.status === status && found.requestId;
        checks.that(`${what}: ${code}`, same, found);
        return found.data ?? {};
    }
    return {};
}

export async function tellRefusals(checks, sae, denied) {
    for (const [operation, { required }] of Object.entries(OPERATIONS)) {
        for (const name of Object.keys(required)) {
            const { [name]: _, ...rest } = required;
            const error = ['InvalidParameter.NotEmpty', `You must specify the parameter ${name}.`];
            await expectRefusal(checks, sae, error, `${operation} without ${name}`, () => sae.call(operation, rest));
        }
        const what = `${operation} by a key that may not`;
        await expectRefusal(checks, denied, NO_PERMISSION, what, () => denied.call(operation, required));
    }
    await unknown(checks, sae);
    await maintenance(checks, sae);
}

async function unknown(checks, sae) {
    for (const [operation, { required, command }] of Object.entries(OPERATIONS)) {
        const call = () => sae.call(operation, required);
        if (required.ChangeOrderId) {
            await expectRefusal(checks, sae, NO_ORDER, `${operation} of no order`, call);
        }
        if (required.AppId) {
            const [error, status] = command ? [NO_APPLICATION, 400] : [NO_APP_ID, 404];
            await expectRefusal(checks, sae, error, `${operation} of no application`, call, status);
        }
    }
}

async function maintenance(checks, sae) {
    await sae.maintenance(true);
    try {
        for (const [operation, { required, command }] of Object.entries(OPERATIONS)) {
            if (command) {
                const what = `${operation} in maintenance`;
                await expectRefusal(checks, sae, UPGRADING, what, () => sae.call(operation, required));
            }
        }
        checks.equal('queries go on in maintenance', (await sae.call('ListApplications')).Success, true);
    } finally {
        await sae.maintenance(false);
    }
}
