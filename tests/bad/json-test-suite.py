#!/usr/bin/env python3
"""Makes json-test-suite.json again from the package that carries the cases, to see that it is theirs.

    json-test-suite.py DIRECTORY          compares; exit status 1 where the file differs
    json-test-suite.py DIRECTORY --write  writes the file instead

The parsing cases of Nicolas Seriot's JSONTestSuite travel, with their licence, in the test data of a
Go module.  The Go client downloads that module into DIRECTORY; its checksum is the one below.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

MODULE = "github.com/go-faster/jx@v1.2.0"
CHECKSUM = "h1:T2YHJPrFaYu21fJtUxC9GzmluKu8rVIFDwwGBKTDseI="
CASES = 318
EXPECT = {"y": "accept", "n": "reject", "i": "either"}
HERE = pathlib.Path(__file__).resolve().parent


def download(directory):
    """The folder of the module's unpacked files; ends the program where the checksum is another."""
    directory.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, GOMODCACHE=str(directory.resolve()), GOFLAGS="-modcacherw")
    answer = subprocess.run(["go", "mod", "download", "-json", MODULE], cwd=directory,
                            env=environment, check=True, stdout=subprocess.PIPE)
    module = json.loads(answer.stdout)
    if module["Sum"] != CHECKSUM:
        sys.exit(f"{MODULE}: checksum {module['Sum']}, not {CHECKSUM}")
    return pathlib.Path(module["Dir"])


def convert(folder):
    """The text of json-test-suite.json: one case a line, in the order of their names."""
    files = sorted(folder.glob("[yni]_*.json"), key=lambda file: file.name)
    if len(files) != CASES:
        sys.exit(f"{len(files)} cases, not {CASES}")
    rows = [json.dumps({"name": file.stem, "expect": EXPECT[file.name[0]],
                        "hex": file.read_bytes().hex()}) for file in files]
    return "[\n" + ",\n".join(rows) + "\n]\n"


def main():
    parser = argparse.ArgumentParser(description="make json-test-suite.json again")
    parser.add_argument("directory", type=pathlib.Path, help="where the module is downloaded to")
    parser.add_argument("--write", action="store_true", help="write the files, do not compare")
    arguments = parser.parse_args()

    folder = download(arguments.directory) / "testdata" / "test_parsing"
    made = {"json-test-suite.json": convert(folder).encode(),
            "json-test-suite.LICENSE": (folder / "LICENSE").read_bytes()}
    differs = False
    for name, content in made.items():
        if arguments.write:
            (HERE / name).write_bytes(content)
        elif (HERE / name).read_bytes() != content:
            differs = True
            print(f"{name} is not what the module holds")
    return differs


if __name__ == "__main__":
    sys.exit(main())
