// Drives a Changeorder server with the vendor's Node cores, unchanged.
//
//     node conformance.mjs HOST:PORT HELLO_JAR FOLDER
//
// The server must know conformance/policy.json. FOLDER is for files that steer the deployed processes.
import { Checks } from './checks.mjs';
import { OpenApiCore, PopCore } from './clients.mjs';
import { OPERATIONS } from './operations.mjs';
import { tellRefusals } from './refusals.mjs';
import { Sae } from './sae.mjs';
import { tellAbort, tellLife, tellRetry } from './stories.mjs';

const [endpoint, jar, folder] = process.argv.slice(2);
const checks = new Checks();
for (const Core of [OpenApiCore, PopCore]) {
    const core = new Core(endpoint, 'testAK');
    const sae = new Sae(core, jar);
    checks.of(core.name);
    await checks.story('the life of an application', () => tellLife(checks, sae));
    await checks.story('abort and roll back', () => tellAbort(checks, sae, folder));
    await checks.story('retry', () => tellRetry(checks, sae, folder));
    await checks.story('refusals', () => tellRefusals(checks, sae, new Sae(new Core(endpoint, 'deniedAK'), jar)));
    const missing = Object.keys(OPERATIONS).filter((operation) => !sae.answered.has(operation));
    checks.equal('every operation was answered with success', missing, []);
}
process.exitCode = checks.close();
