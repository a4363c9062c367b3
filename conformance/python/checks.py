"""Counts checks, prints a line for each, and closes with the line that a build reads: N passed, N failed."""

import traceback
from contextlib import contextmanager


class Checks:
    def __init__(self, client: str):
        self._client = client
        self._passed = 0
        self._failed = 0

    def that(self, what: str, holds: bool, found: object = "") -> None:
        """One check. What was found is only printed when it does not hold."""
        if holds:
            self._passed += 1
            print(f"ok      {self._client}: {what}", flush=True)
        else:
            self._failed += 1
            print(f"FAILED  {self._client}: {what}: found {found!r}", flush=True)

    def equal(self, what: str, found: object, expected: object) -> None:
        self.that(what, found == expected, found)

    @contextmanager
    def story(self, name: str):
        """Checks that build on one another; what breaks off one story leaves the others alone."""
        try:
            yield
        except Exception:
            traceback.print_exc()
            self.that(f"{name}, to its end", False, "an exception, see above")

    def close(self) -> int:
        """Prints the closing line; the exit code of the program."""
        print(f"{self._passed} passed, {self._failed} failed", flush=True)
        return 1 if self._failed or not self._passed else 0
