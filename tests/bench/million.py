#!/usr/bin/env python3
"""Runs `pfh plan` on caseloads of growing size: seconds, microseconds a pathway, peak memory.

Usage: million.py PFH [COUNT...]          (default: 1000 100000 1000000)

The pathways are made up, about 1.5 kB each, twelve events, every one another; they are piped in, and the
plans go to a pipe that is read and thrown away, so that no disk is measured.  Beside it, in the same run,
the same bytes go through `cat` to the same reader.
"""
import datetime
import json
import subprocess
import sys
import threading
import time


def day(start, days):
    return (start + datetime.timedelta(days)).isoformat()


def pathway(number):
    start = datetime.date(2024, 1, 1) + datetime.timedelta(number * 7919 % 700)
    unit = "unit-%d" % (number % 97)
    topics = [{"topic": "economy_housing", "need": "follow_up", "responsible": {"unit": unit}},
              {"topic": "nutrition", "need": "none"}]
    events = [
        {"type": "offered", "date": day(start, 5), "point": 1, "channel": "in_person"},
        {"type": "accepted", "date": day(start, 6), "point": 1},
        {"type": "scheduled", "date": day(start, 6), "point": 1, "start": day(start, 20) + "T10:00",
         "minutes": 45, "place": "Kreftpoliklinikken, rom %d" % (number % 9)},
        {"type": "form_sent", "date": day(start, 8), "point": 1},
        {"type": "performed", "date": day(start, 20), "point": 1,
         "performer": {"role": "nurse", "unit": unit}, "assessment": {"distress": number % 11, "topics": topics}},
        {"type": "coded", "date": day(start, 20), "point": 1, "code": "WMFG10"},
        {"type": "message", "date": day(start, 23), "to": "gp", "kind": "epicrisis", "point": 1},
        {"type": "receipt", "date": day(start, 23), "of": "e6", "status": "ok"},
        {"type": "message", "date": day(start, 23), "to": "municipality", "kind": "dialogue", "point": 1},
        {"type": "followed_up", "date": day(start, 40), "of": "e4"},
        {"type": "offered", "date": day(start, 90), "point": 2, "channel": "letter"},
        {"type": "accepted", "date": day(start, 95), "point": 2},
    ]
    for place, event in enumerate(events):
        event["id"] = "e%d" % place
        if place % 3 == 0:
            event["recorded"] = event["date"] + "T12:00:00Z"
    return {"format": "pfh-pathway/1", "id": "p%d" % number, "edition": "hdir-2022",
            "patient": {"id": str(number), "birth_date": day(datetime.date(1940, 1, 1), number % 25000),
                        "municipality": "4003", "language": "nn"},
            "diagnosis": {"code": "C50.9", "date": start.isoformat(), "informed": day(start, 2)},
            "events": events}


def lines(count):
    """Bytes of `count` pathways; a thousand different ones, with their ids renumbered."""
    stock = [json.dumps(pathway(i), separators=(",", ":"), ensure_ascii=False) for i in range(1000)]
    for block in range(0, count, 1000):
        text = "\n".join(line.replace('"id":"p%d"' % i, '"id":"p%d"' % (block + i), 1)
                         for i, line in enumerate(stock[:count - block]))
        yield (text + "\n").encode()


def drain(stream, sizes):
    while True:
        piece = stream.read(1 << 20)
        if not piece:
            return
        sizes.append(len(piece))


def high_water(pid):
    """Of the program itself: a process's ru_maxrss also counts what its parent was before exec."""
    with open("/proc/%d/status" % pid) as status:
        return int(next(line for line in status if line.startswith("VmHWM")).split()[1])


def run(command, blocks):
    """(seconds, bytes out, peak resident memory in kB)"""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    sizes = []
    reader = threading.Thread(target=drain, args=(process.stdout, sizes))
    reader.start()
    for block in blocks:
        process.stdin.write(block)
    peak = high_water(process.pid)  # while it waits for more
    process.stdin.close()
    reader.join()
    if process.wait() != 0:
        sys.exit("%s: exit status %d" % (command[0], process.returncode))
    return time.monotonic() - start, sum(sizes), peak


def main():
    pfh, counts = sys.argv[1], [int(n) for n in sys.argv[2:]] or [1000, 100000, 1000000]
    print("%10s %8s %8s %8s %10s %8s %8s" % ("pathways", "MB in", "MB out", "s", "us each", "peak MB", "cat s"))
    for count in counts:
        blocks = list(lines(min(count, 100000)))
        rounds = max(1, count // 100000)
        size = sum(map(len, blocks)) * rounds
        stream = (block for _ in range(rounds) for block in blocks)
        seconds, out, peak = run([pfh, "plan", "--as-of", "2025-01-15"], stream)
        cat, _, _ = run(["cat"], (block for _ in range(rounds) for block in blocks))
        print("%10d %8.0f %8.0f %8.2f %10.2f %8.1f %8.2f"
              % (count, size / 1e6, out / 1e6, seconds, seconds / count * 1e6, peak / 1024, cat))


if __name__ == "__main__":
    main()
