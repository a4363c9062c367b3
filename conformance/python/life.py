"""An application from its creation to its end: every operation but those about aborting."""

import re

import applications
from checks import Checks
from sae import Sae
from typed import mistyped

ORDER_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
UPPER_UUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
HEX = re.compile(r"[0-9a-f]+")


def tell(checks: Checks, sae: Sae, jar: str) -> None:
    application = _created(checks, sae, jar)
    _described(checks, sae, application)
    first_version = _deployed(checks, sae, application)
    _changed(checks, sae, application)
    _rolled_back_to(checks, sae, application, first_version)
    applications.delete(sae, application)
    checks.that("a deleted application is gone", not _listed(sae, "life"))


def _created(checks: Checks, sae: Sae, jar: str) -> str:
    response = applications.create(sae, "life", jar)
    body = response.body
    checks.equal("CreateApplication: HTTP status", response.status_code, 200)
    checks.that("RequestId is an upper-case UUID", UPPER_UUID.fullmatch(body.request_id), body.request_id)
    checks.equal("the header has the RequestId too", response.headers["x-acs-request-id"], body.request_id)
    checks.that("TraceId is hexadecimal", HEX.fullmatch(body.trace_id), body.trace_id)
    checks.equal("Message", body.message, "success")
    checks.that("Success is true", body.success is True, body.success)
    checks.that("Code is the number 200, as in the sample", type(body.code) is int and body.code == 200, body.code)
    checks.that("ErrorCode is not returned", body.error_code is None, body.error_code)
    order = sae.wait_for_status(body.data.change_order_id, 2)
    checks.equal("CreateApplication: type of the order", order.co_type_code, "CoCreateApp")
    checks.equal("DescribeChangeOrder names the application", order.app_name, "life")
    return body.data.app_id


def _described(checks: Checks, sae: Sae, application: str) -> None:
    bodies = {
        "DescribeApplicationStatus": sae.call("DescribeApplicationStatus", app_id=application),
        "DescribeApplicationConfig": sae.call("DescribeApplicationConfig", app_id=application),
        "DescribeApplicationGroups": sae.call("DescribeApplicationGroups", app_id=application),
        "DescribeApplicationInstances": sae.call(
            "DescribeApplicationInstances", app_id=application, group_id=applications.GROUP
        ),
        "ListApplications": sae.call("ListApplications", app_name="life"),
        "ListAppVersions": sae.call("ListAppVersions", app_id=application),
        "ListChangeOrders": sae.call("ListChangeOrders", app_id=application, page_size=20, current_page=1),
    }
    for operation, body in bodies.items():
        _check_types(checks, operation, body)
    status, config = bodies["DescribeApplicationStatus"].data, bodies["DescribeApplicationConfig"].data
    checks.equal("LastChangeOrderStatus", status.last_change_order_status, "SUCCESS")
    checks.equal(
        "CurrentStatus and RunningInstances", (status.current_status, status.running_instances), ("RUNNING", 2)
    )
    checks.equal("a parameter of the query comes back", config.app_description, "Conformance of life")
    checks.equal("Envs come back", config.envs, applications.environment("1").replace(": ", ":").replace(", ", ","))
    checks.equal(
        "one group", [each.group_id for each in bodies["DescribeApplicationGroups"].data], [applications.GROUP]
    )
    checks.equal("two healthy instances", _health(bodies["DescribeApplicationInstances"].data), ["Healthy"] * 2)
    checks.equal("ListApplications finds it", bodies["ListApplications"].data.total_size, 1)
    checks.equal("one version", len(bodies["ListAppVersions"].data), 1)
    checks.equal("one order", bodies["ListChangeOrders"].data.total_size, 1)


def _deployed(checks: Checks, sae: Sae, application: str) -> str:
    first = sae.call("ListAppVersions", app_id=application).data[0].id
    order = applications.deploy(sae, application, "2")
    waiting = sae.wait_for_status(order, 8)
    body = sae.call("DescribeChangeOrder", change_order_id=order)
    _check_types(checks, "DescribeChangeOrder", body)
    checks.that(
        "CreateTime reads like 2026-01-31 23:59:59", ORDER_TIME.fullmatch(waiting.create_time), waiting.create_time
    )
    checks.equal("a description of any characters", waiting.description, "to version 2: ü & +%~*")
    checks.equal("batches", (waiting.batch_count, [each.status for each in waiting.pipelines]), (2, [2, 8]))
    checks.equal("the waiting batch is the current one", waiting.current_pipeline_id, waiting.pipelines[1].pipeline_id)
    checks.equal("half of the instances are new", applications.versions(sae, application), ["1", "2"])
    pipeline = sae.call("DescribePipeline", pipeline_id=waiting.current_pipeline_id)
    _check_types(checks, "DescribePipeline", pipeline)
    checks.equal("stages", [each.stage_name for each in pipeline.data.stage_list], ["prepare", "update", "verify"])
    confirmed = sae.call("ConfirmPipelineBatch", pipeline_id=waiting.current_pipeline_id, confirm=True)
    checks.equal("ConfirmPipelineBatch names the batch", confirmed.data.pipeline_id, waiting.current_pipeline_id)
    sae.wait_for_status(order, 2)
    checks.equal("after the last batch all are new", applications.versions(sae, application), ["2", "2"])
    checks.equal("two versions", len(sae.call("ListAppVersions", app_id=application).data), 2)
    return first


def _changed(checks: Checks, sae: Sae, application: str) -> None:
    orders = [
        ("RescaleApplication", {"replicas": 3}, "CoScaleOut", 3),
        ("RescaleApplication", {"replicas": 2}, "CoScaleIn", 2),
        ("RestartApplication", {}, "CoRestartApplication", 2),
        ("StopApplication", {}, "CoStopApplication", 0),
        ("StartApplication", {}, "CoStartApplication", 2),
    ]
    for operation, parameters, code, instances in orders:
        order = sae.call(operation, app_id=application, **parameters).data.change_order_id
        found = (sae.wait_for_status(order, 2).co_type_code, len(applications.versions(sae, application)))
        checks.equal(f"{operation} {parameters or ''}: type and instances", found, (code, instances))


def _rolled_back_to(checks: Checks, sae: Sae, application: str, version: str) -> None:
    body = sae.call("RollbackApplication", app_id=application, version_id=version)
    _check_types(checks, "RollbackApplication", body)
    order = sae.wait_for_status(body.data.change_order_id, 2)
    found = (order.co_type_code, applications.versions(sae, application))
    checks.equal("RollbackApplication to a historical version", found, ("CoDeployHistroy", ["1", "1"]))


def _check_types(checks: Checks, operation: str, body) -> None:
    """The client declares Code as a text; the sample, which wins here, has a number."""
    checks.equal(f"{operation}: every field but Code is of the declared type", mistyped(body), ["code"])


def _health(data) -> list[str]:
    return [instance.instance_health_status for instance in data.instances]


def _listed(sae: Sae, name: str) -> list:
    return sae.call("ListApplications", app_name=name).data.applications
