"""Every error code of the document, from every operation that can give it."""

from dataclasses import dataclass, field

from checks import Checks
from sae import Refused, Sae

NO_PERMISSION = ("Resouce.no.permission", "You are not authorized to operate on the specified resources.")
UPGRADING = ("System.Upgrading", "The system is being upgraded. Please try again later.")
NO_ORDER = ("InvalidChangeOrder.NotFound", "The current change order does not exist.")
NO_APPLICATION = ("InvalidApplication.NotFound", "The current application does not exist.")
NO_APP_ID = ("InvalidAppId.NotFound", "The specified AppId does not exist.")
UNKNOWN = "00000000-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Call:
    """An operation with what it requires, and the wire's names of that."""

    operation: str
    required: dict[str, tuple[str, object]] = field(default_factory=dict)
    command: bool = True

    def parameters(self) -> dict[str, object]:
        return {name: value for name, (_, value) in self.required.items()}


ORDER = {"change_order_id": ("ChangeOrderId", UNKNOWN)}
APPLICATION = {"app_id": ("AppId", UNKNOWN)}
PIPELINE = {"pipeline_id": ("PipelineId", UNKNOWN)}
CALLS = [
    Call("AbortAndRollbackChangeOrder", ORDER),
    Call("AbortChangeOrder", ORDER),
    Call("ConfirmPipelineBatch", {**PIPELINE, "confirm": ("Confirm", True)}),
    Call(
        "CreateApplication",
        {
            "app_name": ("AppName", "refused"),
            "package_type": ("PackageType", "FatJar"),
            "package_url": ("PackageUrl", "file:/nowhere.jar"),
            "replicas": ("Replicas", 1),
        },
    ),
    Call("DeployApplication", APPLICATION),
    Call("RollbackApplication", {**APPLICATION, "version_id": ("VersionId", "0" * 64)}),
    Call("RestartApplication", APPLICATION),
    Call("RescaleApplication", {**APPLICATION, "replicas": ("Replicas", 1)}),
    Call("StartApplication", APPLICATION),
    Call("StopApplication", APPLICATION),
    Call("DeleteApplication", APPLICATION),
    Call("DescribeChangeOrder", ORDER, command=False),
    Call("ListChangeOrders", APPLICATION, command=False),
    Call("DescribePipeline", PIPELINE, command=False),
    Call("ListAppVersions", APPLICATION, command=False),
    Call("DescribeApplicationStatus", APPLICATION, command=False),
    Call("DescribeApplicationConfig", APPLICATION, command=False),
    Call("ListApplications", command=False),
    Call("DescribeApplicationGroups", APPLICATION, command=False),
    Call("DescribeApplicationInstances", {**APPLICATION, "group_id": ("GroupId", "_DEFAULT_GROUP")}, command=False),
]


def expect(checks: Checks, error: tuple[str, str], what: str, action, status: int = 400) -> dict:
    """That the client's exception carries this code, message and HTTP status; the error's Data, if any."""
    code, message = error
    try:
        answer = action()
    except Refused as refused:
        # The client's own format around the server's message.
        text = f"code: {status}, {message} request id: {refused.request_id}"
        found = (refused.code, refused.message, refused.status_code)
        checks.that(f"{what}: {code}", found == (code, text, status) and refused.request_id, found)
        return refused.data.get("Data", {})
    checks.that(f"{what}: {code}", False, answer)
    return {}


def tell(checks: Checks, sae: Sae, denied: Sae) -> None:
    for call in CALLS:
        for name, (wire, _) in call.required.items():
            rest = {other: value for other, value in call.parameters().items() if other != name}
            error = ("InvalidParameter.NotEmpty", f"You must specify the parameter {wire}.")
            expect(checks, error, f"{call.operation} without {wire}", lambda: sae.call(call.operation, **rest))
        expect(
            checks,
            NO_PERMISSION,
            f"{call.operation} by a key that may not",
            lambda: denied.call(call.operation, **call.parameters()),
        )
    _unknown(checks, sae)
    _maintenance(checks, sae)


def _unknown(checks: Checks, sae: Sae) -> None:
    for call in CALLS:
        if "change_order_id" in call.required:
            expect(
                checks, NO_ORDER, f"{call.operation} of no order", lambda: sae.call(call.operation, **call.parameters())
            )
        if "app_id" in call.required:
            error, status = (NO_APPLICATION, 400) if call.command else (NO_APP_ID, 404)
            expect(
                checks,
                error,
                f"{call.operation} of no application",
                lambda: sae.call(call.operation, **call.parameters()),
                status,
            )


def _maintenance(checks: Checks, sae: Sae) -> None:
    sae.maintenance(True)
    try:
        for call in CALLS:
            if call.command:
                expect(
                    checks,
                    UPGRADING,
                    f"{call.operation} in maintenance",
                    lambda: sae.call(call.operation, **call.parameters()),
                )
        checks.equal("queries go on in maintenance", sae.call("ListApplications").success, True)
    finally:
        sae.maintenance(False)
