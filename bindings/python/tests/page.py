"""README.md: what it shows is run and compared, what it says of exceptions is so."""

import builtins
import contextlib
import io
import re
import unittest

import pfh
import said

PAGE = (said.ROOT / "bindings" / "python" / "README.md").read_text(encoding="utf-8")


def block(language):
    """The first block of code of a kind."""
    return re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S).group(1)


def table():
    """The rows of the exceptions: the classes, and the built-in that they are too."""
    for row in re.findall(r"^\| (`Pfh.*?) \| (`.*?`) \|", PAGE, re.M):
        for name in re.findall(r"Pfh\w+", row[0]):
            yield name, row[1].strip("`")


class Page(unittest.TestCase):
    def test_ten_lines(self):
        """page: the ten lines print what stands below them"""
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(block("python"), {})
        self.assertEqual(printed.getvalue(), block("text"))

    def test_exceptions(self):
        """page: every exception stands there, with the built-in that it is"""
        rows = dict(table())
        there = {name for name in dir(pfh) if re.fullmatch("Pfh.+Error", name)} - {"PfhError"}
        self.assertEqual(set(rows), there)
        for name, built_in in rows.items():
            self.assertTrue(issubclass(getattr(pfh, name), getattr(builtins, built_in)), name)
