"""Plans from Python, for compare.py: see plans.c."""

import datetime
import sys
import time

import pfh

TODAY = datetime.date(2026, 4, 20)


def rows(pathways):
    return sum(len(pathway.plan(TODAY).tasks) for pathway in pathways)


def documents(pathways):
    return sum(len(pathway.plan(TODAY).to_json()) for pathway in pathways)


def many(pathways):
    return sum(map(len, pfh.plan_many_json(pathways, TODAY)))


WAYS = {"rows": rows, "json": documents, "many": many}


def main(caseload):
    with open(caseload, "rb") as file:
        pathways = [line.pathway for line in pfh.read_caseload(file)]
    for line in sys.stdin:
        start = time.perf_counter_ns()
        WAYS[line.strip()](pathways)
        print((time.perf_counter_ns() - start) / len(pathways), flush=True)


main(sys.argv[1])
