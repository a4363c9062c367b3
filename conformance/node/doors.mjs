// Drives a Changeorder server that asks for signatures with the vendor's Node cores, unchanged.
//
//     node doors.mjs HOST:PORT KEY SECRET DISABLED_KEY DISABLED_SECRET
import { randomUUID } from 'node:crypto';
import { Checks } from './checks.mjs';
import { OpenApiCore, PopCore } from './clients.mjs';

const LIST = { path: '/pop/v1/sam/app/listApplications', method: 'GET' };
const MINUTES = { slow: -16, fast: 16 };
const [endpoint, key, secret, disabled, disabledSecret] = process.argv.slice(2);
const checks = new Checks();

const list = (core, more) => core.call('ListApplications', LIST, {}, undefined, more);

async function expectCode(core, code, status, what, more) {
    try {
        checks.that(`${what}: ${code}`, false, await list(core, more));
    } catch (thrown) {
        const found = core.refusal(thrown);
        checks.that(`${what}: ${code}`, found.code === code && found.status === status && found.requestId, found);
    }
}

async function tell(Core) {
    const core = new Core(endpoint, key, secret);
    checks.equal('the right secret', (await list(core)).Success, true);
    await expectCode(new Core(endpoint, key, `${secret}x`), 'SignatureDoesNotMatch', 400, 'a wrong secret');
    await expectCode(new Core(endpoint, 'nobodysAK', secret), 'InvalidAccessKeyId.NotFound', 404, 'no such key');
    await expectCode(new Core(endpoint, disabled, disabledSecret), 'InvalidAccessKeyId.Inactive', 400, 'a disabled key');
    for (const [clock, minutes] of Object.entries(MINUTES)) {
        const date = Core.date(new Date(Date.now() + minutes * 60_000));
        await expectCode(core, 'InvalidTimeStamp.Expired', 400, `a ${clock} clock`, { [Core.DATE]: date });
    }
    const nonce = { 'x-acs-signature-nonce': randomUUID() };
    checks.equal('a new nonce', (await list(core, nonce)).Success, true);
    await expectCode(core, 'SignatureNonceUsed', 400, 'the same nonce again', nonce);
}

for (const Core of [OpenApiCore, PopCore]) {
    checks.of(new Core(endpoint, key, secret).name);
    await checks.story('the door', () => tell(Core));
}
process.exitCode = checks.close();
