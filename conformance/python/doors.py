"""
Drives a Changeorder server that asks for signatures with the vendor's generated Python client, unchanged.

    doors.py HOST:PORT KEY SECRET DISABLED_KEY DISABLED_SECRET
"""

import sys
import uuid
from datetime import datetime, timedelta, timezone

from checks import Checks
from sae import Refused, Sae

MINUTES = {"slow": -16, "fast": 16}


def main(endpoint: str, key: str, secret: str, disabled: str, disabled_secret: str) -> int:
    checks = Checks("python")
    sae = Sae(endpoint, key, secret)
    with checks.story("the door"):
        checks.equal("the right secret", sae.call("ListApplications").success, True)
        wrong = Sae(endpoint, key, secret + "x")
        _expect(checks, "SignatureDoesNotMatch", 400, "a wrong secret", lambda: wrong.call("ListApplications"))
        unknown = Sae(endpoint, "nobodysAK", secret)
        _expect(checks, "InvalidAccessKeyId.NotFound", 404, "no such key", lambda: unknown.call("ListApplications"))
        out = Sae(endpoint, disabled, disabled_secret)
        _expect(checks, "InvalidAccessKeyId.Inactive", 400, "a disabled key", lambda: out.call("ListApplications"))
        for clock, minutes in MINUTES.items():
            date = (datetime.now(timezone.utc) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
            _expect(checks, "InvalidTimeStamp.Expired", 400, f"a {clock} clock", lambda: _list(sae, {"x-acs-date": date}))
        nonce = {"x-acs-signature-nonce": str(uuid.uuid4())}
        checks.equal("a new nonce", _list(sae, nonce)["Success"], True)
        _expect(checks, "SignatureNonceUsed", 400, "the same nonce again", lambda: _list(sae, nonce))
    return checks.close()


def _list(sae: Sae, headers: dict[str, str]) -> dict:
    return sae.generic("ListApplications", "GET", "/pop/v1/sam/app/listApplications", headers)


def _expect(checks: Checks, code: str, status: int, what: str, action) -> None:
    try:
        answer = action()
    except Refused as refused:
        found = (refused.code, refused.status_code)
        checks.that(f"{what}: {code}", found == (code, status) and refused.request_id, found)
        return
    checks.that(f"{what}: {code}", False, answer)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
