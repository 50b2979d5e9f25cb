"""ok and not ok, for the tools that say so themselves."""

import sys


class Tap:
    DETAILS = 25  # lines that are shown of a failure

    def __init__(self):
        self.count = self.failed = 0

    def case(self, good, name, details=()):
        self.count += 1
        good = bool(good)
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        if not good:
            for line in list(details)[:self.DETAILS]:
                print(f"#   {line}"[:300])
        sys.stdout.flush()
        return good

    def equal(self, got, expected, name):
        return self.case(got == expected, name, differences(got, expected))

    def skip(self, name, why):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {why}", flush=True)

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.failed or not self.count else 0


def differences(got, expected, where=""):
    """Where two values of JSON differ, a line each."""
    if isinstance(got, dict) and isinstance(expected, dict):
        for key in [*expected, *(key for key in got if key not in expected)]:
            if key not in got or key not in expected:
                side = "missing" if key not in got else "not expected"
                yield f"{where}/{key}: {side}: {got.get(key, expected.get(key))!r}"
            else:
                yield from differences(got[key], expected[key], f"{where}/{key}")
    elif got != expected:
        yield f"{where or '/'}: {got!r}, expected {expected!r}"
