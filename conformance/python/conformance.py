"""
Drives a Changeorder server with the vendor's generated Python client, unchanged.

    conformance.py HOST:PORT HELLO_JAR FOLDER

The server must know conformance/policy.json. FOLDER is for files that steer the deployed processes.
"""

import sys
from pathlib import Path

import abort
import life
import refusals
from checks import Checks
from sae import Sae


def main(endpoint: str, jar: str, folder: str) -> int:
    checks = Checks("python")
    sae = Sae(endpoint, "testAK")
    with checks.story("the life of an application"):
        life.tell(checks, sae, jar)
    with checks.story("abort and roll back"):
        abort.abort_and_roll_back(checks, sae, jar, Path(folder))
    with checks.story("abort"):
        abort.abort(checks, sae, jar)
    with checks.story("retry"):
        abort.retry(checks, sae, jar, Path(folder))
    with checks.story("releases that go on by themselves"):
        abort.automatic(checks, sae, jar)
    with checks.story("refusals"):
        refusals.tell(checks, sae, Sae(endpoint, "deniedAK"))
    missing = {call.operation for call in refusals.CALLS} - sae.answered
    checks.equal("every operation was answered with success", missing, set())
    return checks.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
