"""run.py MODULE[.CLASS]... -- runs unittest modules of this folder and prints TAP, without numbers.

A test's name is the first line of what it says of itself; PFH_TAP stands before it.
"""

import os
import sys
import traceback
import unittest

DETAIL = 40  # lines of a failure
BEFORE = os.environ.get("PFH_TAP", "Python")


class Tap(unittest.TestResult):
    """A line a test; a test with failed subtests has failed once."""

    def __init__(self):
        super().__init__()
        self.wrong = []

    def startTest(self, test):
        super().startTest(test)
        self.wrong = []
        self.skip = None

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error is not None:
            self.wrong.append(f"{subtest._subDescription()}\n{self.said(error)}")

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.wrong.append(self.said(error))

    def addError(self, test, error):
        super().addError(test, error)
        self.wrong.append(self.said(error))
        if not isinstance(test, unittest.TestCase):  # setUpClass
            self.stopTest(test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.skip = reason
        if not isinstance(test, unittest.TestCase):
            self.stopTest(test)

    def stopTest(self, test):
        super().stopTest(test)
        name = test.shortDescription() or test.id()
        skip = "" if getattr(self, "skip", None) is None or self.wrong else f" # SKIP {self.skip}"
        print(f"{'not ok' if self.wrong else 'ok'} - {BEFORE}: {name}{skip}")
        for line in "\n".join(self.wrong).splitlines()[:DETAIL]:
            print("#   " + line)
        sys.stdout.flush()

    @staticmethod
    def said(error):
        return "".join(traceback.format_exception(*error, limit=-4))


def main(names):
    result = Tap()
    for name in names:
        suite = unittest.defaultTestLoader.loadTestsFromName(name)
        if suite.countTestCases() == 0:
            raise SystemExit(f"{name} has no tests")
        suite.run(result)
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
