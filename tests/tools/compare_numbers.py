#!/usr/bin/env python3
"""Compares libpfh with public implementations of the Norwegian person numbers.

    tests/tools/compare_numbers.py --library build/libpfh.so > tests/data/number-comparison.md

Makes numbers of every kind (valid and nearly valid, from a seed), asks libpfh by both rules and
each implementation in the kinds that it claims to support, and sorts every disagreement into a
category. Exits with 1 where a disagreement has none. What is not at hand is installed into a scratch
directory; an implementation that cannot be installed is skipped, with a line that says so. Birth
dates are compared where both sides give one.

The numbers are made here and shown nowhere: only counts are written.
"""

import argparse
import collections
import ctypes
import datetime
import os
import random
import shutil
import subprocess
import sys
import tempfile

TODAY = datetime.date(2026, 1, 1)  # what "born yet" means to those that ask, so that runs are equal
NONE = -2**31
STRICT, BY_2032 = 0, 1
RULES = {STRICT: "strict", BY_2032: "2032"}

# ---------------------------------------------------------------- numbers

K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

# kind: what is added to day and month; None: no date
KINDS = {
    "fnr": (0, 0),
    "dnr": (40, 0),
    "hnr": (0, 40),
    "fhn": None,
    "fnr + 80": (0, 80),
    "fnr + 65": (0, 65),
    "dnr + 80": (40, 80),
    "dnr + 65": (40, 65),
    "dnr + 40": (40, 40),
}


def remainder(digits, weights):
    return sum(int(digit) * weight for digit, weight in zip(digits, weights)) % 11


def with_check_digits(nine, first):
    """Nine digits and their check digits with this first remainder; None where there are none."""
    for k1 in "0123456789":
        if remainder(nine + k1, K1) == first:
            for k2 in "0123456789":
                if remainder(nine + k1 + k2, K2) == 0:
                    return nine + k1 + k2
    return None


def a_day(chance):
    """Day and month: mostly of the calendar, else at its edges."""
    month = chance.randint(1, 12)
    day = chance.randint(1, 28)
    edge = chance.random()
    if edge < 0.15:
        day, month = 29, 2
    elif edge < 0.25:
        day = chance.choice((29, 30, 31))
    elif edge < 0.28:
        day = chance.choice((0, 32, 39))
    elif edge < 0.31:
        month = chance.choice((0, 13, 14, 19))
    return day, month


def nine_digits(chance, kind):
    if KINDS[kind] is None:
        return chance.choice("89") + f"{chance.randrange(10**8):08}"
    day, month = a_day(chance)
    more_days, more_months = KINDS[kind]
    return (f"{day + more_days:02}{month + more_months:02}{chance.randrange(100):02}"
            f"{chance.randrange(1000):03}")


def a_number(chance, kind):
    """Half strictly valid in their check digits, a quarter by the 2032 rule, the rest by none."""
    number = None
    while number is None:
        first = chance.choice((0, 0, 0, 0, 1, 2, 3, chance.randint(4, 10)))
        number = with_check_digits(nine_digits(chance, kind), first)
    if chance.random() < 0.1:  # a slip of the finger, but not to another kind
        place = chance.randrange(4, 11)
        number = number[:place] + chance.choice("0123456789") + number[place + 1:]
    return number


def make_numbers(count, seed):
    chance = random.Random(seed)
    return {kind: [a_number(chance, kind) for _ in range(count)] for kind in KINDS}


# ---------------------------------------------------------------- who is asked
# An answer is None (refused), "" (valid, without a birth date) or a date as text.


class Library:
    """libpfh, by ctypes."""

    def __init__(self, path):
        self.lib = ctypes.CDLL(os.path.abspath(path))
        self.lib.pfh_version.restype = ctypes.c_char_p
        self.version = self.lib.pfh_version().decode()

    def ask(self, number, rule):
        hint = ctypes.c_int32(NONE)
        status = self.lib.pfh_number_classify(None, None, ctypes.byref(hint), number.encode(), 0,
                                              rule, None)
        if status != 0:
            return None
        if hint.value == NONE:
            return ""
        return str(datetime.date(1970, 1, 1) + datetime.timedelta(hint.value))


class Stdnum:
    name, version, where = "python-stdnum", "2.2", "PyPI"
    kinds = ("fnr", "dnr", "hnr", "dnr + 40")
    says = "fødselsnummer, D-numbers and H-numbers; in code also both at once"

    def __init__(self, scratch):
        run(sys.executable, "-m", "pip", "install", "-q", "--target", scratch,
            f"{self.name}=={self.version}")
        sys.path.insert(0, scratch)
        from stdnum.no import fodselsnummer
        fodselsnummer.datetime = FixedToday
        self.module = fodselsnummer

    def ask(self, numbers):
        return [str(self.module.get_birth_date(n)) if self.module.is_valid(n) else None
                for n in numbers]


class FixedToday:
    """Stands for the module datetime where a library asks what day it is."""

    class date(datetime.date):
        @classmethod
        def today(cls):
            return TODAY


class Piped:
    """One that runs in a process of its own: numbers in, "-" or "+" and a date out."""

    def ask(self, numbers):
        result = subprocess.run(self.command, input="\n".join(numbers) + "\n", text=True,
                                check=True, stdout=subprocess.PIPE,
                                env={**os.environ, "TZ": "UTC"})
        lines = result.stdout.split("\n")[:-1]
        if len(lines) != len(numbers):
            sys.exit(f"{self.name}: {len(lines)} answers to {len(numbers)} numbers")
        return [line[1:] if line[0] == "+" else None for line in lines]


class Npm(Piped):
    where = "npm"
    program = """
const Real = Date, now = new Real(NOW);
globalThis.Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(now); } };
const lib = require(PACKAGE);
const lines = require('fs').readFileSync(0, 'utf8').split('\\n').slice(0, -1);
process.stdout.write(lines.map(ASK).join('\\n') + '\\n');
"""

    def __init__(self, scratch):
        run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", scratch,
            f"{self.name}@{self.version}")
        path = os.path.join(scratch, "judge.js")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.program.replace("NOW", repr(str(TODAY)))
                       .replace("PACKAGE", repr(self.name)).replace("ASK", self.function))
        self.command = ["node", path]


class Navikt(Npm):
    name, version = "@navikt/fnrvalidator", "2.2.1"
    kinds = ("fnr", "dnr", "hnr", "fnr + 80", "dnr + 80", "dnr + 40")
    says = "fnr, dnr, hnr (month + 40), tnr (month + 80), both of the latter on dnr; the 2032 rule"
    function = "n => lib.idnr(n).status === 'valid' ? '+' : '-'"


class NationalId(Npm):
    name, version = "norwegian-national-id-validator", "3.1.3"
    kinds = ("fnr", "dnr", "hnr", "fhn")
    says = "birth numbers, D-, H- and FH-numbers"
    function = """n => {
        if (!lib.validateNorwegianIdNumber(n)) return '-';
        const born = lib.possibleBirthDateOfIdNumber(n);
        return '+' + (born ? born.toISOString().slice(0, 10) : '');
    }"""


class Nocommons(Piped):
    name, version, where = "no.bekk.bekkopen:nocommons", "0.16.0", "Maven"
    kinds = ("fnr", "dnr", "hnr", "fnr + 80", "fnr + 65", "dnr + 80", "dnr + 65", "dnr + 40")
    says = "fødselsnummer, D-number; with synthetic numbers allowed also month + 40, + 65 and + 80"
    program = """
import java.io.*;
import no.bekk.bekkopen.person.*;
class Judge {
    public static void main(String[] arguments) throws IOException {
        FodselsnummerValidator.ALLOW_SYNTHETIC_NUMBERS = true;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        StringBuilder out = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!FodselsnummerValidator.isValid(line)) { out.append("-\\n"); continue; }
            Fodselsnummer n = FodselsnummerValidator.getFodselsnummer(line);
            out.append('+').append(n.getBirthYear()).append('-').append(n.getMonth()).append('-')
               .append(n.getDayInMonth()).append('\\n');
        }
        System.out.print(out);
    }
}
"""

    def __init__(self, scratch):
        for artifact in (f"{self.name}:{self.version}",
                         "jakarta.validation:jakarta.validation-api:3.0.2"):
            run("mvn", "-q", "-B", "dependency:copy", f"-Dartifact={artifact}",
                f"-DoutputDirectory={scratch}")
        path = os.path.join(scratch, "Judge.java")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.program)
        self.command = ["java", "-cp", os.path.join(scratch, "*"), path]


def run(*command):
    if shutil.which(command[0]) is None:
        raise OSError(f"{os.path.basename(command[0])} is not here")
    result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if result.returncode != 0:
        raise OSError(f"{os.path.basename(command[0])} could not install it")


def install(kind, scratch):
    """One implementation, or None with a line that says why not."""
    directory = os.path.join(scratch, kind.__name__)
    os.makedirs(directory, exist_ok=True)
    try:
        return kind(directory)
    except (OSError, ImportError) as reason:
        print(f"skipped: {kind.name} {kind.version}: {reason}", file=sys.stderr)
        return None


# ---------------------------------------------------------------- why they disagree


class Facts:
    """What the categories look at, from the digits alone."""

    def __init__(self, kind, number):
        more_days, more_months = KINDS[kind] or (0, 0)
        self.dnr = kind.startswith("dnr")
        self.k1 = remainder(number, K1)
        self.year, self.individual = int(number[4:6]), int(number[6:9])
        self.leap_day = (int(number[:2]) - more_days, int(number[2:4]) - more_months) == (29, 2)

    @property
    def no_century(self):
        """No row of the table of centuries has this individual number."""
        return self.year >= 40 and (750 <= self.individual <= 899 or
                                    self.year < 54 and 500 <= self.individual)

    @property
    def next_century(self):
        """2000 + the year of an individual number from 500 on has not come yet."""
        return (self.individual >= 500 and 2000 + self.year >= TODAY.year and
                (self.year < 40 or self.dnr))


# Who accepts, when, and why: the first that fits counts. "them" is the public implementation.
CATEGORIES = (
    ("libpfh", lambda them, f: them is not Navikt and 1 <= f.k1 <= 3,
     "the first check digit is one of the 2032 rule, which they do not know"),
    ("them", lambda them, f: them is Navikt and 1 <= f.k1 <= 3,
     "the first check digit is one of the 2032 rule, which they always accept"),
    ("libpfh", lambda them, f: them is not Navikt and f.leap_day and f.year == 0,
     "29 February 00: they ask for the century, libpfh for some century"),
    ("libpfh", lambda them, f: f.no_century,
     "no century has this individual number: not checked by libpfh"),
    ("libpfh", lambda them, f: f.next_century,
     "not born yet by the century of the individual number: libpfh asks for no day"),
)

DATE_CATEGORIES = (
    (lambda them, f: f.dnr and them is Nocommons,
     "D-number: they have ranges of their own for the century; libpfh's hint says it is uncertain"),
)


def why(them, accepts, facts):
    for who, fits, text in CATEGORIES:
        if who == accepts and fits(them, facts):
            return text
    return None


def why_dates(them, facts):
    return next((text for fits, text in DATE_CATEGORIES if fits(them, facts)), None)


# ---------------------------------------------------------------- comparing and writing


class Tally:
    def __init__(self):
        self.asked = self.equal = self.dates = self.equal_dates = 0
        self.differ = collections.Counter()
        self.dates_differ = collections.Counter()

    def add(self, them, kind, number, ours, theirs):
        self.asked += 1
        if (ours is None) != (theirs is None):
            accepts = "them" if ours is None else "libpfh"
            reason = why(them, accepts, Facts(kind, number))
            self.differ[(kind, accepts, reason)] += 1
            return
        self.equal += 1
        if ours and theirs:
            self.dates += 1
            if ours == theirs:
                self.equal_dates += 1
            else:
                self.dates_differ[(kind, "", why_dates(them, Facts(kind, number)))] += 1


def compare(library, judge, numbers, rule):
    tally = Tally()
    for kind in judge.kinds:
        for number, theirs in zip(numbers[kind], judge.ask(numbers[kind])):
            tally.add(type(judge), kind, number, library.ask(number, rule), theirs)
    return tally


def rows_of(counter):
    """Kinds joined for each reason, most frequent first."""
    joined = collections.defaultdict(lambda: [0, []])
    for (kind, accepts, reason), count in sorted(counter.items(), key=str):
        row = joined[(accepts, reason)]
        row[0] += count
        row[1].append(kind)
    for (accepts, reason), (count, kinds) in sorted(joined.items(), key=lambda row: -row[1][0]):
        yield accepts, reason or "**unexplained**", count, ", ".join(kinds)


def write_judge(judge, tallies):
    print(f"\n## {judge.name} {judge.version} ({judge.where})\n")
    print(f"Supports: {judge.says}.\n")
    print("| libpfh's rule | numbers | same answer | differ | accepted by | kinds | why |")
    print("|---|---|---|---|---|---|---|")
    for rule, tally in tallies.items():
        print(f"| {RULES[rule]} | {tally.asked:,} | {tally.equal:,} "
              f"| {tally.asked - tally.equal:,} | | | |")
        for accepts, reason, count, kinds in rows_of(tally.differ):
            print(f"| | | | {count:,} | {accepts} | {kinds} | {reason} |")
    strict = tallies[STRICT]
    if strict.dates:
        print(f"\nBirth dates, where both give one: {strict.dates:,}, "
              f"the same {strict.equal_dates:,}.")
        for _, reason, count, kinds in rows_of(strict.dates_differ):
            print(f"{count:,} differ ({kinds}): {reason}.")


def unexplained(tally):
    return [key for key in [*tally.differ, *tally.dates_differ] if key[2] is None]


HEADING = """\
# libpfh and public implementations on the same numbers

Written by `tests/tools/compare_numbers.py`: libpfh {version}, {count:,} numbers of each of {kinds}
kinds, seed {seed}, "today" is {today}. Each implementation is asked in the kinds that it supports.
The numbers are made from the rules, some of them wrong on purpose; none is kept. libpfh is told no
kind. `dnr + 40` is month + 40 on a D-number; "them" is the other implementation. A DUF number has
only a form."""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--library", required=True, help="the shared library to ask")
    parser.add_argument("--scratch", help="where to install the others; else a directory that goes")
    parser.add_argument("--count", type=int, default=100_000, help="numbers of each kind")
    parser.add_argument("--seed", type=int, default=2032)
    return parser.parse_args()


def main(options, scratch):
    library = Library(options.library)
    numbers = make_numbers(options.count, options.seed)
    bad = 0
    print(HEADING.format(version=library.version, count=options.count, kinds=len(KINDS),
                         seed=options.seed, today=TODAY))
    for kind in (Stdnum, Navikt, NationalId, Nocommons):
        judge = install(kind, scratch)
        if judge is None:
            continue
        tallies = {rule: compare(library, judge, numbers, rule) for rule in RULES}
        write_judge(judge, tallies)
        bad += sum(len(unexplained(tally)) for tally in tallies.values())
    return 1 if bad else 0


if __name__ == "__main__":
    OPTIONS = arguments()
    if OPTIONS.scratch:
        sys.exit(main(OPTIONS, os.path.abspath(OPTIONS.scratch)))
    with tempfile.TemporaryDirectory() as directory:
        sys.exit(main(OPTIONS, directory))
