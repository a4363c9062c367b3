"""Orders that are stopped, taken back, and refused to be stopped."""

import json
from pathlib import Path

import applications
from checks import Checks
from refusals import expect
from sae import Sae

RUNNING = ("Application.ChangerOrderRunning", "An application change process is in progress. Please try again later.")
NOT_RUNNING = ("Application.ChangerOrder.Not.Running", "The change order is not running and cannot be terminated.")
UNREADY = "HELLO_UNREADY_FILE"


def abort_and_roll_back(checks: Checks, sae: Sae, jar: str, folder: Path) -> None:
    """A rollback that can't end before we say so is refused to be aborted; then it ends."""
    hold = folder / "hold"
    application = applications.running(sae, "headline", jar, **{UNREADY: str(hold)})
    order = applications.deploy(sae, application, "2")
    sae.wait_for_status(order, 8)
    expect(checks, RUNNING, "DeployApplication beside a live order", lambda: applications.deploy(sae, application, "3"))
    hold.touch()
    response = sae.response("AbortAndRollbackChangeOrder", change_order_id=order)
    checks.equal("AbortAndRollbackChangeOrder: HTTP status", response.status_code, 200)
    checks.equal("Data.ChangeOrderId is the order that was named", response.body.data.change_order_id, order)
    checks.equal("its order is terminated", sae.order(order).status, 6)
    rollback = _rollback(sae, application)
    for which, named in {"the aborted order": order, "the rollback": rollback}.items():
        expect(
            checks,
            RUNNING,
            f"AbortAndRollbackChangeOrder of {which} during the rollback",
            lambda: sae.call("AbortAndRollbackChangeOrder", change_order_id=named),
        )
    hold.unlink()
    sae.wait_for_status(rollback, 2)
    checks.equal("rolled back to version 1", applications.versions(sae, application), ["1", "1"])
    for operation in ("AbortAndRollbackChangeOrder", "AbortChangeOrder"):
        data = expect(
            checks,
            NOT_RUNNING,
            f"{operation} of an order that has ended",
            lambda: sae.call(operation, change_order_id=order),
        )
        checks.equal(
            f"{operation}: the refusal tells of the order",
            (data.get("Status"), data.get("EndedBy"), data.get("RollbackChangeOrderId")),
            (6, "testAK", rollback),
        )
    applications.delete(sae, application)


def abort(checks: Checks, sae: Sae, jar: str) -> None:
    """AbortChangeOrder leaves the mixture; its Rollback=true, and Confirm=false, are other verbs by other names."""
    application = applications.running(sae, "abort", jar)
    order = applications.deploy(sae, application, "2")
    sae.wait_for_status(order, 8)
    body = sae.call("AbortChangeOrder", change_order_id=order)
    checks.equal("AbortChangeOrder names the order", body.data.change_order_id, order)
    checks.equal(
        "AbortChangeOrder: terminated, nothing rolled back",
        (sae.order(order).status, applications.versions(sae, application)),
        (6, ["1", "2"]),
    )

    order = applications.deploy(sae, application, "3")
    waiting = sae.wait_for_status(order, 8)
    sae.call("ConfirmPipelineBatch", pipeline_id=waiting.current_pipeline_id, confirm=False)
    checks.equal("ConfirmPipelineBatch with Confirm=false terminates", sae.order(order).status, 6)
    expect(
        checks,
        ("Pipeline.Can.Not.Start.Next.Batch", "You cannot start the next batch under the current status."),
        "ConfirmPipelineBatch of a batch that does not wait",
        lambda: sae.call("ConfirmPipelineBatch", pipeline_id=waiting.current_pipeline_id, confirm=True),
    )

    order = applications.deploy(sae, application, "4")
    sae.wait_for_status(order, 8)
    sae.call("AbortChangeOrder", change_order_id=order, rollback=True)
    sae.wait_for_status(_rollback(sae, application), 2)
    checks.equal("AbortChangeOrder with Rollback=true rolls back", applications.versions(sae, application), ["1", "1"])
    applications.delete(sae, application)


def retry(checks: Checks, sae: Sae, jar: str, folder: Path) -> None:
    """A rollback that needs a person has SubStatus 1 until RetryChangeOrder finds it mended."""
    hold = folder / "broken"
    application = applications.running(sae, "retry", jar, **{UNREADY: str(hold)})
    body = sae.call("DeployApplication", {"InstanceReadySeconds": "5"}, app_id=application)
    sae.wait_for_status(body.data.change_order_id, 2)
    order = applications.deploy(sae, application, "2", extra={"InstanceReadySeconds": "600"})
    sae.wait_for_status(order, 8)
    hold.touch()
    sae.call("AbortAndRollbackChangeOrder", change_order_id=order)
    rollback = _rollback(sae, application)
    stuck = sae.wait(rollback, lambda data: data.sub_status == 1, "in need of a person")
    checks.equal("an order in need of a person stays in progress", stuck.status, 1)
    checks.that("and says why", stuck.error_message, stuck.error_message)
    checks.equal(
        "DescribeApplicationStatus: SubStatus",
        sae.call("DescribeApplicationStatus", app_id=application).data.sub_status,
        "RUNNING_BUT_HAS_ERROR",
    )
    hold.unlink()
    answer = sae.retry(rollback)
    checks.equal("RetryChangeOrder names the order", answer["Data"]["ChangeOrderId"], rollback)
    checks.equal("a mended rollback ends well", sae.wait_for_status(rollback, 2).sub_status, 0)
    applications.delete(sae, application)


def automatic(checks: Checks, sae: Sae, jar: str) -> None:
    """A phased release goes on by itself; one that never becomes ready is rolled back by itself."""
    phased = json.dumps(
        {"type": "GrayBatchUpdate", "batchUpdate": {"batch": 1, "releaseType": "auto"}, "grayUpdate": {"gray": 1}}
    )
    application = applications.running(sae, "canary", jar)
    order = applications.deploy(sae, application, "2", strategy=phased)
    done = sae.wait_for_status(order, 2)
    checks.equal("a canary release has a batch before the others", (done.batch_count, done.auto), (2, True))
    order = applications.deploy(
        sae, application, "3", strategy=phased, extra={"InstanceReadySeconds": "2"}, HELLO_READY="never"
    )
    sae.wait_for_status(order, 3)
    sae.wait_for_status(_rollback(sae, application), 2)
    checks.equal("a phased release that fails is rolled back", applications.versions(sae, application), ["2", "2"])
    applications.delete(sae, application)


def _rollback(sae: Sae, application: str) -> str:
    """The newest rollback of the application."""
    rows = sae.call("ListChangeOrders", app_id=application, co_type="CoRollback").data.change_order_list
    return rows[0].change_order_id
