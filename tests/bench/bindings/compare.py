#!/usr/bin/env python3
"""A hundred thousand plans from every language, side by side with C in one run.

    compare.py C-PROGRAM [NAME=COMMAND]...
    compare.py build/ci/tests/plans "Python=venv/bin/python tests/bench/bindings/plans.py" ...

Each program reads the same caseload and waits (see plans.c); then they are asked in turn, block by block, so that
noise falls on all of them.  Printed are the median and the quartiles of the blocks in nanoseconds a plan, and as a
ratio to C's median for the same way.  The first blocks, in which virtual machines warm up, are not counted.
"""
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from million import pathway  # noqa: E402

PATHWAYS, WARM_UP, BLOCKS = 1000, 20, 100
WAYS = {
    "rows": "a plan each, its tasks as values",
    "json": "a plan each, its document",
    "many": "many at once, their documents",
}


def start(command, caseload):
    return subprocess.Popen(shlex.split(command) + [caseload], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            text=True, bufsize=1)


def ask(program, way):
    program.stdin.write(way + "\n")
    program.stdin.flush()
    answer = program.stdout.readline()
    if not answer:
        sys.exit("a program ended: %s" % program.args)
    return float(answer)


def measure(programs):
    times = {(name, way): [] for name in programs for way in WAYS}
    for block in range(WARM_UP + BLOCKS):
        for way in WAYS:
            for name, program in programs.items():
                took = ask(program, way)
                if block >= WARM_UP:
                    times[name, way].append(took)
    return times


def show(times, names):
    print("%d pathways of 12 events, %d blocks of each way" % (PATHWAYS, BLOCKS))
    print("%-34s %-8s %9s %9s %9s %7s" % ("ns a plan", "", "median", "25 %", "75 %", "ratio"))
    for way, text in WAYS.items():
        for name in names:
            low, median, high = statistics.quantiles(times[name, way], n=4)
            print("%-34s %-8s %9.0f %9.0f %9.0f %7.2f" % (text, name, median, low, high,
                                                        median / statistics.median(times["C", way])))


def main(commands):
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson", encoding="utf-8") as file:
        for number in range(PATHWAYS):
            text = pathway(number)
            file.write((text if isinstance(text, str) else json.dumps(text)) + "\n")
        file.flush()
        programs = {name: start(command, file.name) for name, command in commands.items()}
        times = measure(programs)
    for program in programs.values():
        program.stdin.close()
        program.wait()
    show(times, commands)


if len(sys.argv) < 2:
    sys.exit(__doc__)
main({"C": sys.argv[1], **dict(given.split("=", 1) for given in sys.argv[2:])})
