"""bindings/exposed.txt against what there is: each public C function has a row, each name is there, and no more."""

import enum
import inspect
import unittest

import pfh
import said

TABLE = said.ROOT / "bindings" / "exposed.txt"
EXPORTS = said.ROOT / "tests" / "exports.txt"
CELLS = 4  # C, Python, C#, Java; a row of dashes has its reason beside them
OF_ALL = {"close"}
"""What every object has: the free functions' rows."""


def lines(path):
    found = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in found if line and not line.startswith("#")]


def rows():
    return [[cell.strip() for cell in line.split("|")] for line in lines(TABLE) if not line.startswith("+")]


def conveniences():
    """What Python has without a C function of its own, and why."""
    said_so = (line[1:].split(None, 1) for line in lines(TABLE) if line.startswith("+"))
    return dict(rest.split(":", 1) for language, rest in said_so if language == "python")


def found(name):
    """What a dotted name under pfh is; AttributeError where there is none."""
    at = pfh
    for part in name.split("."):
        fields = getattr(at, "_fields", ()) if inspect.isclass(at) else ()
        if part in fields or part in getattr(at, "__slots__", ()):
            return None  # a field of a value
        at = getattr(at, part)
    return at


def is_public(name):
    return not name.startswith("_")


def is_enum(of):
    return inspect.isclass(of) and issubclass(of, enum.Enum)


def is_value(of):
    """A value is made by the library: what it has are fields, not calls."""
    return inspect.isclass(of) and (issubclass(of, (tuple, BaseException)) or is_enum(of))


def methods(of):
    """The public calls and properties that a class has of its own, or of a base of this package."""
    for name, member in inspect.getmembers(of):
        if is_public(name) and name not in getattr(of, "_fields", ()) and name not in dir(tuple):
            owner = next(base for base in of.__mro__ if name in vars(base))
            if owner.__module__.startswith("pfh") and (callable(member) or isinstance(member, property)):
                yield name


def public():
    """All that can be called, by its dotted name."""
    for name, member in inspect.getmembers(pfh):
        if not is_public(name) or inspect.ismodule(member):
            continue
        if inspect.isfunction(member) or inspect.isbuiltin(member):
            yield name
        elif inspect.isclass(member) and not is_enum(member) and not issubclass(member, BaseException):
            if not is_value(member) and not any(row.startswith(name + ".") for row in in_table()):
                yield name
            yield from (f"{name}.{method}" for method in methods(member))


def in_table():
    return {row[1] for row in rows()} | set(conveniences())


class Exposed(unittest.TestCase):
    def test_rows(self):
        """exposed: every C function has a row, and every row a C function"""
        exported = [line.split()[0] for line in lines(EXPORTS)]
        named = [row[0] for row in rows()]
        self.assertGreater(len(exported), 100)
        self.assertEqual(sorted(named), sorted(exported))

    def test_reasons(self):
        """exposed: what is left out has its reason"""
        for row in rows():
            with self.subTest(row[0]):
                left_out = "-" in row[1:CELLS]
                self.assertGreaterEqual(len(row), CELLS)
                self.assertTrue(all(row))
                if left_out:
                    self.assertEqual(len(row), CELLS + 1, "left out without a reason")

    def test_names(self):
        """exposed: every name is there"""
        for name in sorted(in_table() - {"-"}):
            with self.subTest(name):
                found(name)

    def test_reverse(self):
        """exposed: what there is stands in the table or among the conveniences"""
        objects = {name for name, member in inspect.getmembers(pfh, inspect.isclass) if issubclass(member, pfh.Object)}
        of_all = {f"{name}.{method}" for name in objects for method in OF_ALL}
        self.assertEqual(sorted(set(public()) - in_table() - of_all), [])

    def test_namespace(self):
        """exposed: the package gives its own names alone"""
        foreign = [
            name for name, member in inspect.getmembers(pfh)
            if is_public(name) and not inspect.ismodule(member)
            and not (getattr(member, "__module__", "pfh") or "pfh").startswith("pfh")
        ]  # fmt: skip
        self.assertEqual([name for name in foreign if name not in ("DATE_MAX", "DATE_MIN", "Text", "Facts")], [])

    def test_documented(self):
        """exposed: all of it says what it is"""
        for name in sorted(set(public()) | {name for name in dir(pfh) if inspect.isclass(getattr(pfh, name))}):
            with self.subTest(name):
                self.assertTrue((inspect.getdoc(found(name)) or "").strip())
