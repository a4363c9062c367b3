// Calls operations by their names, waits for orders, and knows what the stories deploy.
import { setTimeout as pause } from 'node:timers/promises';
import { form } from './clients.mjs';
import { SET_MAINTENANCE, route } from './operations.mjs';

const PATIENCE_MS = 60_000;
const POLL_MS = 100;
const READY = { ReadyForSeconds: 1 };

export class Sae {
    /** The operations that were answered with success. */
    answered = new Set();
    #core;
    #jar;

    /** Applications bear the core's name, so that the cores' stories can't meet. */
    constructor(core, jar) {
        this.#core = core;
        this.#jar = jar;
    }

    name(story) {
        return `${this.#core.name}-${story}`;
    }

    async call(operation, query = {}, body = undefined) {
        const answer = await this.#core.call(operation, route(operation), query, body);
        this.answered.add(operation);
        return answer;
    }

    /** What the core threw, read. */
    refusal(thrown) {
        return this.#core.refusal(thrown);
    }

    async maintenance(enabled) {
        await this.#core.call('SetMaintenance', SET_MAINTENANCE, { Enabled: enabled });
    }

    async order(id) {
        return (await this.call('DescribeChangeOrder', { ChangeOrderId: id })).Data;
    }

    /** Asks until the order is there. */
    async wait(id, reached, what) {
        const deadline = performance.now() + PATIENCE_MS;
        for (;;) {
            const data = await this.order(id);
            if (reached(data)) {
                return data;
            }
            if (performance.now() > deadline) {
                throw new Error(`order ${id} is not ${what} but ${JSON.stringify(data)}`);
            }
            await pause(POLL_MS);
        }
    }

    async waitForStatus(id, status) {
        return await this.wait(id, (data) => data.Status === status, `in status ${status}`);
    }

    /** Two instances of version 1, some parameters in the query and some in a form; the answer's Data. */
    async create(name, variables = {}) {
        const query = {
            AppName: this.name(name),
            PackageType: 'FatJar',
            PackageUrl: `file:${this.#jar}`,
            Replicas: 2,
            ...READY,
        };
        const rest = { PackageVersion: '1', Envs: environment('1', variables), Readiness: probe() };
        return (await this.call('CreateApplication', query, form(rest))).Data;
    }

    /** An application that runs version 1; its id. */
    async running(name, variables = {}) {
        const { AppId, ChangeOrderId } = await this.create(name, variables);
        await this.waitForStatus(ChangeOrderId, 2);
        return AppId;
    }

    /** Another version, in two manual batches; the id of the order. */
    async deploy(application, version, body = (fields) => form(fields)) {
        const fields = { PackageVersion: version, Envs: environment(version), UpdateStrategy: strategy() };
        const query = {
            AppId: application,
            InstanceReadySeconds: 600,
            ChangeOrderDesc: `to version ${version}: ü & +%~*()'`,
        };
        return (await this.call('DeployApplication', query, body(fields))).Data.ChangeOrderId;
    }

    /** What its instances run, sorted. */
    async versions(application) {
        const query = { AppId: application, GroupId: '_DEFAULT_GROUP' };
        const { Instances } = (await this.call('DescribeApplicationInstances', query)).Data;
        return Instances.map((instance) => instance.PackageVersion).sort();
    }

    async delete(application) {
        const { ChangeOrderId } = (await this.call('DeleteApplication', { AppId: application })).Data;
        await this.waitForStatus(ChangeOrderId, 2);
    }
}

function environment(version, more = {}) {
    return JSON.stringify(Object.entries({ APP_VERSION: version, ...more }).map(([name, value]) => ({ name, value })));
}

function probe() {
    return JSON.stringify({ httpGet: { path: '/ready', port: 0 }, initialDelaySeconds: 0, periodSeconds: 1 });
}

function strategy() {
    return JSON.stringify({ type: 'BatchUpdate', batchUpdate: { batch: 2, releaseType: 'manual' } });
}
