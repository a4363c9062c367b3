"""The vendor's generated client, as its users hold it, pointed at a server on this machine."""

import re
import time

from alibabacloud_sae20190506 import models
from alibabacloud_sae20190506.client import Client
from alibabacloud_tea_openapi.utils_models import Config, OpenApiRequest, Params
from darabonba.exceptions import ResponseException
from darabonba.runtime import ExtendsParameters, RuntimeOptions

PATIENCE_SECONDS = 60
POLL_SECONDS = 0.1

Refused = ResponseException


class Sae:
    """Calls operations by their names on the wire, and remembers which ones were answered."""

    def __init__(self, endpoint: str, key: str, secret: str = "testSK"):
        self._client = Client(Config(access_key_id=key, access_key_secret=secret, endpoint=endpoint, protocol="HTTP"))
        self.answered: set[str] = set()

    def response(self, operation: str, extra: dict[str, str] | None = None, **parameters):
        """The whole response. What the generated models don't know travels in extra, as query parameters."""
        request = getattr(models, operation + "Request")(**parameters)
        method = getattr(self._client, _snake(operation) + "_with_options")
        response = method(request, {}, RuntimeOptions(extends_parameters=ExtendsParameters(queries=extra or {})))
        self.answered.add(operation)
        return response

    def call(self, operation: str, extra: dict[str, str] | None = None, **parameters):
        """The typed body."""
        return self.response(operation, extra, **parameters).body

    def generic(self, operation: str, method: str, path: str, headers: dict[str, str], **query: str) -> dict:
        """Any operation, with headers that take the place of the client's own before it signs."""
        params = Params(
            action=operation,
            version="2019-05-06",
            protocol="HTTP",
            pathname=path,
            method=method,
            auth_type="AK",
            style="ROA",
            req_body_type="json",
            body_type="json",
        )
        request = OpenApiRequest(query=query, headers=headers)
        return self._client.call_api(params, request, RuntimeOptions())["body"]

    def ours(self, operation: str, method: str, path: str, **query: str) -> dict:
        """An operation that only this server has."""
        return self.generic(operation, method, path, {}, **query)

    def maintenance(self, enabled: bool) -> dict:
        return self.ours(
            "SetMaintenance", "PUT", "/pop/v1/sam/maintenance/SetMaintenance", Enabled=str(enabled).lower()
        )

    def retry(self, order: str) -> dict:
        path = "/pop/v1/sam/changeorder/RetryChangeOrder"
        return self.ours("RetryChangeOrder", "PUT", path, ChangeOrderId=order)

    def order(self, order: str):
        return self.call("DescribeChangeOrder", change_order_id=order).data

    def wait(self, order: str, reached, what: str):
        """Asks until the order is there."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            data = self.order(order)
            if reached(data):
                return data
            if time.monotonic() > deadline:
                raise TimeoutError(f"order {order} is not {what} but {data.to_map()}")
            time.sleep(POLL_SECONDS)

    def wait_for_status(self, order: str, status: int):
        return self.wait(order, lambda data: data.status == status, f"in status {status}")


def _snake(operation: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
