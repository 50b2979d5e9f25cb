"""content.py WHEEL VERSION -- what lies in the wheel; prints what is wrong with it."""

import stat
import sys
import zipfile


def has(names, *ends):
    return any(name.endswith(ends) for name in names)


def wrong(wheel, version):
    """What is wrong, a line each."""
    with zipfile.ZipFile(wheel) as file:
        names = file.namelist()
        tags = file.read(next(name for name in names if name.endswith("/WHEEL"))).decode()
        about = file.read(next(name for name in names if name.endswith("/METADATA"))).decode()
        links = [item.filename for item in file.infolist() if stat.S_ISLNK(item.external_attr >> 16)]
    for name in ("pfh/__init__.py", "pfh/py.typed", "pfh/_native.pyi", "pfh/_values.py", "pfh/_native.abi3.so"):
        if name not in names:
            yield f"there is no {name}"
    for library in ("libpfh.so.0", "libcjson.so.1", "libical.so.3"):
        if f"pfh/{library}" not in names:
            yield f"it does not carry {library}"
    if not has([name for name in names if ".dist-info/" in name], "LICENSE"):
        yield "it has no licence"
    if has(names, ".c", ".h", ".i", ".pyc", ".a"):
        yield "it has what only building needs"
    if [name for name in names if not name.startswith(("pfh/", f"pfh-{version}.dist-info/"))]:
        yield "something lies outside of the package"
    if links:
        yield f"{links} are links, which a wheel cannot have"
    if "Tag: cp39-abi3-" not in tags:
        yield "it is not for the stable ABI of CPython 3.9"
    if f"\nVersion: {version}\n" not in about:
        yield f"its version is not {version}"
    if "pfh for Python" not in about:
        yield "it does not have its page"


if __name__ == "__main__":
    found = list(wrong(*sys.argv[1:3]))
    print("\n".join(found))
    sys.exit(1 if found else 0)
