// The vendor's two Node cores behind one face: call(operation, { path, method }, query, body, more) gives the parsed
// body of the answer, or throws what the core throws; refusal(thrown) reads that. Headers in more take the place of the
// core's own before it signs; DATE and date(time) say how it tells the time.
import openapi from '@alicloud/openapi-core';
import pop from '@alicloud/pop-core';

const VERSION = '2019-05-06';
const { default: OpenApi, $OpenApiUtil } = openapi;

/** What a body is: none, a form, or JSON. */
export const form = (fields) => ({ type: 'formData', fields });
export const json = (fields) => ({ type: 'json', fields });
const none = form(undefined);

/** @alicloud/openapi-core, which signs with ACS3-HMAC-SHA256. */
export class OpenApiCore {
    static DATE = 'x-acs-date';
    name = 'openapi-core';
    #client;

    static date(time) {
        return time.toISOString().replace(/\.\d+/, '');
    }

    constructor(endpoint, accessKeyId, accessKeySecret = 'testSK') {
        const config = { accessKeyId, accessKeySecret, endpoint, protocol: 'HTTP' };
        this.#client = new OpenApi(new $OpenApiUtil.Config(config));
    }

    async call(action, { path: pathname, method }, query, body = none, more = {}) {
        const common = { version: VERSION, protocol: 'HTTP', authType: 'AK', style: 'ROA', bodyType: 'json' };
        const params = new $OpenApiUtil.Params({ action, pathname, method, reqBodyType: body.type, ...common });
        const request = new $OpenApiUtil.OpenApiRequest({ query, body: body.fields, headers: more });
        return (await this.#client.callApi(params, request, {})).body;
    }

    refusal({ code, statusCode, requestId, message, data }) {
        const text = message.replace(`${code}: code: ${statusCode}, `, '').replace(` request id: ${requestId}`, '');
        return { code, status: statusCode, requestId, message: text, data: data?.Data };
    }
}

/** @alicloud/pop-core, which signs with HMAC-SHA1 and names no operation: its path has to do. */
export class PopCore {
    static DATE = 'date';
    name = 'pop-core';
    #client;

    static date(time) {
        return time.toUTCString();
    }

    constructor(endpoint, accessKeyId, accessKeySecret = 'testSK') {
        const config = { accessKeyId, accessKeySecret, endpoint: `http://${endpoint}`, apiVersion: VERSION };
        this.#client = new pop.ROAClient(config);
    }

    async call(_, { path, method }, query, body = none, more = {}) {
        const answer = await this.#client.request(method, path, query, text(body), { ...headers(body), ...more });
        // It delivers objects without a prototype.
        return JSON.parse(JSON.stringify(answer));
    }

    refusal({ code, statusCode, result, message }) {
        const requestId = result?.RequestId;
        const text = message.replace(`code: ${statusCode}, `, '').replace(`, requestid: ${requestId}`, '');
        return { code, status: statusCode, requestId, message: text, data: result?.Data };
    }
}

function text({ type, fields = {} }) {
    return type === 'json' ? JSON.stringify(fields) : new URLSearchParams(fields).toString();
}

function headers({ type, fields }) {
    if (fields === undefined) {
        return {};
    }
    return { 'content-type': type === 'json' ? 'application/json' : 'application/x-www-form-urlencoded' };
}
