"""What the stories deploy: the hello server, as real processes."""

import json

from sae import Sae

PROBE = json.dumps(
    {"httpGet": {"path": "/ready", "port": 0}, "initialDelaySeconds": 0, "periodSeconds": 1, "timeoutSeconds": 1}
)
TWO_MANUAL_BATCHES = json.dumps(
    {"type": "BatchUpdate", "batchUpdate": {"batch": 2, "releaseType": "manual", "batchWaitTime": 0}}
)
READY_SOON = {"ReadyForSeconds": "1"}
GROUP = "_DEFAULT_GROUP"


def environment(version: str, **more: str) -> str:
    return json.dumps([{"name": name, "value": value} for name, value in {"APP_VERSION": version, **more}.items()])


def create(sae: Sae, name: str, jar: str, **more: str):
    """Two instances of version 1; the answer to CreateApplication."""
    return sae.response(
        "CreateApplication",
        READY_SOON,
        app_name=name,
        app_description=f"Conformance of {name}",
        package_type="FatJar",
        package_url=f"file:{jar}",
        package_version="1",
        replicas=2,
        envs=environment("1", **more),
        readiness=PROBE,
        acr_instance_id="travels-in-a-form",
    )


def running(sae: Sae, name: str, jar: str, **more: str) -> str:
    """An application that runs version 1; its id."""
    data = create(sae, name, jar, **more).body.data
    sae.wait_for_status(data.change_order_id, 2)
    return data.app_id


def deploy(
    sae: Sae, application: str, version: str, strategy: str = TWO_MANUAL_BATCHES, extra=None, **more: str
) -> str:
    """Another version; the id of the order."""
    return sae.call(
        "DeployApplication",
        extra,
        app_id=application,
        package_version=version,
        envs=environment(version, **more),
        update_strategy=strategy,
        change_order_desc=f"to version {version}: ü & +%~*",
    ).data.change_order_id


def versions(sae: Sae, application: str) -> list[str]:
    """What its instances run, sorted."""
    data = sae.call("DescribeApplicationInstances", app_id=application, group_id=GROUP).data
    return sorted(instance.package_version for instance in data.instances)


def delete(sae: Sae, application: str) -> None:
    order = sae.call("DeleteApplication", app_id=application).data.change_order_id
    sae.wait_for_status(order, 2)
