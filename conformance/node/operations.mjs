// The operations with their methods and paths, and what each requires. Ids name nothing: they are there to be refused.
const ORDERS = '/pop/v1/sam/changeorder/';
const APPLICATIONS = '/pop/v1/sam/app/';
const UNKNOWN = '00000000-0000-7000-8000-000000000000';

const order = { ChangeOrderId: UNKNOWN };
const application = { AppId: UNKNOWN };
const pipeline = { PipelineId: UNKNOWN };
const creation = { AppName: 'refused', PackageType: 'FatJar', PackageUrl: 'file:/nowhere.jar', Replicas: 1 };

export const OPERATIONS = {
    AbortAndRollbackChangeOrder: about(ORDERS, 'PUT', order),
    AbortChangeOrder: about(ORDERS, 'PUT', order),
    RetryChangeOrder: about(ORDERS, 'PUT', order),
    DescribeChangeOrder: about(ORDERS, 'GET', order),
    ListChangeOrders: about(ORDERS, 'GET', application),
    DescribePipeline: about(ORDERS, 'GET', pipeline),
    ConfirmPipelineBatch: { ...about(ORDERS, 'GET', { ...pipeline, Confirm: true }), command: true },
    CreateApplication: about(APPLICATIONS, 'POST', creation),
    DeployApplication: about(APPLICATIONS, 'POST', application),
    RollbackApplication: about(APPLICATIONS, 'PUT', { ...application, VersionId: '0'.repeat(64) }),
    RestartApplication: about(APPLICATIONS, 'PUT', application),
    RescaleApplication: about(APPLICATIONS, 'PUT', { ...application, Replicas: 1 }),
    StartApplication: about(APPLICATIONS, 'PUT', application),
    StopApplication: about(APPLICATIONS, 'PUT', application),
    DeleteApplication: about(APPLICATIONS, 'DELETE', application),
    ListAppVersions: about(APPLICATIONS, 'GET', application),
    DescribeApplicationStatus: about(APPLICATIONS, 'GET', application),
    DescribeApplicationConfig: about(APPLICATIONS, 'GET', application),
    ListApplications: about(APPLICATIONS, 'GET', {}),
    DescribeApplicationGroups: about(APPLICATIONS, 'GET', application),
    DescribeApplicationInstances: about(APPLICATIONS, 'GET', { ...application, GroupId: '_DEFAULT_GROUP' }),
};

/** Not about orders or applications: a switch of ours. */
export const SET_MAINTENANCE = { path: '/pop/v1/sam/maintenance/SetMaintenance', method: 'PUT' };

/** The route of an operation; about applications its name begins with a small letter in the path. */
export function route(operation) {
    const { folder, method } = OPERATIONS[operation];
    const name = folder === ORDERS ? operation : operation[0].toLowerCase() + operation.slice(1);
    return { path: folder + name, method };
}

function about(folder, method, required) {
    return { folder, method, required, command: method !== 'GET' };
}
