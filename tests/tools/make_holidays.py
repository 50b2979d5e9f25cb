#!/usr/bin/env python3
"""Writes tests/data/holidays-no.txt: the Norwegian public holidays of 1830 to 2319, one year a row.

    python3 -m venv venv
    venv/bin/pip install workalendar==17.0.0 python-dateutil==2.9.0.post0 holidays==0.109
    venv/bin/python tests/tools/make_holidays.py > tests/data/holidays-no.txt

The rows are what `workalendar` says: today's twelve holidays in every year, as today's law has
them. They are checked here, and nothing is written unless they agree:

- every year: Easter Sunday with `python-dateutil`;
- 1947 to 2100: the whole year with `holidays`, which follows history and knows 1901 to 2100.
  Earlier years are not comparable: 1 and 17 May became holidays in 1947, and `holidays` leaves them
  out before. libpfh computes today's rule for all years, on purpose.
"""

import sys
from importlib.metadata import version

import holidays
from dateutil.easter import easter
from workalendar.europe import Norway

FIRST, LAST = 1830, 2319
COMPARABLE = range(1947, 2101)


def days_of(year, calendar=Norway()):
    """Today's holidays of a year; two may fall on one day."""
    return sorted({day for day, _ in calendar.holidays(year)})


def check(year, days):
    if easter(year) not in days:
        sys.exit(f"{year}: dateutil has Easter Sunday on {easter(year)}")
    if year in COMPARABLE and set(days) != set(holidays.country_holidays("NO", years=year)):
        sys.exit(f"{year}: holidays disagrees")


def row(year):
    days = days_of(year)
    check(year, days)
    return f"{year} {easter(year):%m%d} " + " ".join(f"{day:%m%d}" for day in days)


def main():
    libraries = ", ".join(f"{name} {version(name)}"
                          for name in ("workalendar", "python-dateutil", "holidays"))
    print(f"# Written by tests/tools/make_holidays.py with {libraries}.")
    print("# Year, Easter Sunday, every public holiday, all MMDD.")
    for year in range(FIRST, LAST + 1):
        print(row(year))


if __name__ == "__main__":
    main()
