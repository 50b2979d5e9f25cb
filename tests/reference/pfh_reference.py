#!/usr/bin/env python3
"""An independent reading of the rules of libpfh, in plain Python 3, for comparison with the library.

    pfh_reference.py plan [--as-of D] [--known-at T] [--policy FILE] [--edition E] [--explain] [FILE]
    pfh_reference.py plan --cases [--explain] [FILE]
    pfh_reference.py canon [--cases] [FILE]

Input is NDJSON, from FILE or standard input; one line comes out for each line that is not blank, in
order: a plan (section 10), a pathway written in one way (section 3), or, for a refused document,
{"error":STATUS,"where":POINTER}.

A line of a case file is {"pathway":..., "policy":..., "as_of":..., "known_at":..., "edition":...}. Each
document is judged by its own bytes in the line; "pathway_text" and "policy_text" give a document as a
string instead, for text that is not JSON. Other keys are ignored. The pathway is judged before the
policy, and the conversion of editions last.

It was written from the specification alone, without a look at the library. Clarity before speed. Each
function names the section that it follows; where the text was open, the comment says "Read:".
"""

import argparse
import datetime
import re
import sys
from collections import namedtuple
from types import SimpleNamespace

# ---------------------------------------------------------------- section 3: refusing, with a pointer


class Refused(Exception):
    """Section 3: a document that is not taken; `path` holds keys (str) and array indexes (int)."""

    def __init__(self, status, path=()):
        super().__init__(status)
        self.status = status
        self.where = pointer(path)


def pointer(path):
    """Section 3: an RFC 6901 pointer, which ends at the object that holds a key with 11 digits; section 8
    forbids a person number in any other form as well."""
    text = ""
    for step in path:
        if isinstance(step, str) and (re.search("[0-9]{11}", step) or holds_person_number(step)):
            break
        text += "/" + str(step).replace("~", "~0").replace("/", "~1")
    return text


# ---------------------------------------------------------------- section 3: strict JSON

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32


class Object:
    """A JSON object as it was written: a list of members, duplicates and order kept."""

    def __init__(self, members):
        self.members = members

    def get(self, key):
        return next((value for name, value in self.members if name == key), None)

    def has(self, key):
        return any(name == key for name, _ in self.members)


class Number:
    """A JSON number as it was spelt."""

    def __init__(self, spelling):
        self.spelling = spelling


SPACE = re.compile("[ \t\n\r]*")
NUMBER = re.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?")
PLAIN = re.compile('[^"\\\\\x00-\x1f]+')
HEX4 = re.compile("[0-9A-Fa-f]{4}")
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Parser:
    """RFC 8259, nothing more: section 3, status `syntax`.  `spans` are those of the outer members."""

    def __init__(self, text, max_depth=MAX_DEPTH):
        self.text = text
        self.at = 0
        self.max_depth = max_depth
        self.spans = {}

    def document(self):
        value = self.value(0)
        self.skip()
        if self.at != len(self.text):
            raise Refused("syntax")
        return value

    def skip(self):
        self.at = SPACE.match(self.text, self.at).end()

    def take(self, literal):
        if not self.text.startswith(literal, self.at):
            return False
        self.at += len(literal)
        return True

    def need(self, literal):
        if not self.take(literal):
            raise Refused("syntax")

    def value(self, depth):
        self.skip()
        if self.take("{"):
            return self.object(self.deeper(depth))
        if self.take("["):
            return self.array(self.deeper(depth))
        if self.take('"'):
            return self.string()
        for literal, value in (("true", True), ("false", False), ("null", None)):
            if self.take(literal):
                return value
        return self.number()

    def deeper(self, depth):
        if depth + 1 > self.max_depth:
            raise Refused("syntax")
        return depth + 1

    def number(self):
        match = NUMBER.match(self.text, self.at)
        if match is None:
            raise Refused("syntax")
        self.at = match.end()
        return Number(match.group())

    def array(self, depth):
        items = []
        self.skip()
        if self.take("]"):
            return items
        while True:
            items.append(self.value(depth))
            self.skip()
            if self.take("]"):
                return items
            self.need(",")

    def object(self, depth):
        members = []
        self.skip()
        if self.take("}"):
            return Object(members)
        while True:
            members.append(self.member(depth))
            self.skip()
            if self.take("}"):
                return Object(members)
            self.need(",")

    def member(self, depth):
        self.skip()
        self.need('"')
        key = self.string()
        self.skip()
        self.need(":")
        self.skip()
        start = self.at
        value = self.value(depth)
        if depth == 1:
            self.spans[key] = self.text[start:self.at]
        return key, value

    def string(self):
        parts = []
        while not self.take('"'):
            match = PLAIN.match(self.text, self.at)
            if match:
                self.at = match.end()
                parts.append(match.group())
            else:
                self.need("\\")
                parts.append(self.escape())
        return join_surrogates("".join(parts))

    def escape(self):
        letter = self.text[self.at:self.at + 1]
        self.at += 1
        if letter in ESCAPES and letter:
            return ESCAPES[letter]
        match = HEX4.match(self.text, self.at)
        if letter != "u" or match is None:
            raise Refused("syntax")
        self.at = match.end()
        return chr(int(match.group(), 16))


def list_items(text):
    """The items of a list, as they stand."""
    parser = Parser(text, max_depth=100)
    parser.need("[")
    while True:
        parser.skip()
        start = parser.at
        parser.value(1)
        yield text[start:parser.at]
        parser.skip()
        if not parser.take(","):
            return


def join_surrogates(text):
    """RFC 8259: two escapes that make a pair are one character; lone ones stay, to be refused later."""
    def joined(match):
        high, low = (ord(c) for c in match.group())
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return re.sub("[\ud800-\udbff][\udc00-\udfff]", joined, text)


def decode(data, limit=MAX_BYTES):
    """Section 3: at most 4 MiB of valid UTF-8 without a BOM."""
    if limit is not None and len(data) > limit:
        raise Refused("syntax")
    try:
        text = data.decode("utf-8")  # strict: no surrogates, nothing overlong
    except UnicodeDecodeError:
        raise Refused("syntax") from None
    if text.startswith("\ufeff"):
        raise Refused("syntax")
    return text


FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def check_tree(value, path=()):
    """Section 3: duplicate keys and forbidden characters, everywhere, also under `x_`."""
    if isinstance(value, str) and FORBIDDEN.search(value):
        raise Refused("value", path)
    if isinstance(value, list):
        for index, item in enumerate(value):
            check_tree(item, path + (index,))
    if isinstance(value, Object):
        seen = set()
        for key, item in value.members:
            if FORBIDDEN.search(key):
                raise Refused("value", path)
            if key in seen:
                raise Refused("key", path + (key,))
            seen.add(key)
            check_tree(item, path + (key,))


def parse_document(data):
    """Section 3: bytes to a checked tree."""
    tree = Parser(decode(data)).document()
    check_tree(tree)
    return tree


# ---------------------------------------------------------------- sections 3 and 10: writing

SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write_string(text):
    """Section 10: only `"`, `\\` and control characters are escaped."""
    return '"' + re.sub('["\\\\\x00-\x1f]', lambda m: SHORT.get(m[0], "\\u%04x" % ord(m[0])), text) + '"'


def write(value):
    """Section 10: compact JSON, members in the order they are held."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return write_string(value)
    if isinstance(value, Number):
        return value.spelling
    if isinstance(value, datetime.date):
        return write_string(value.isoformat())
    if isinstance(value, list):
        return "[" + ",".join(write(item) for item in value) + "]"
    members = value.members if isinstance(value, Object) else value.items()
    return "{" + ",".join(write_string(key) + ":" + write(item) for key, item in members) + "}"


# ---------------------------------------------------------------- section 1: dates

FIRST_DATE = datetime.date(1850, 1, 1)
LAST_DATE = datetime.date(2299, 12, 31)


def parse_date(text):
    """Section 1: ten characters, 1850-01-01 to 2299-12-31; None if it is not one."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        date = datetime.date(int(text[:4]), int(text[5:7]), int(text[8:]))
    except ValueError:
        return None
    return date if FIRST_DATE <= date <= LAST_DATE else None


def days_in_month(year, month):
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - datetime.timedelta(days=1)).day


def add_months(date, months):
    """Section 1: the day of the month is kept, or the month's last day taken."""
    year, month0 = divmod(date.year * 12 + date.month - 1 + months, 12)
    return datetime.date(year, month0 + 1, min(date.day, days_in_month(year, month0 + 1)))


def add_days(date, days):
    return date + datetime.timedelta(days=days)


TIMESTAMP = re.compile(
    "([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])([.][0-9]{1,9})?"
    "(Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))")

Timestamp = namedtuple("Timestamp", "date seconds nanos")  # in UTC; tuples compare in order of time


def parse_timestamp(text):
    """Section 1: None if it is not one, or if its date, as written or in UTC, is out of range."""
    match = TIMESTAMP.fullmatch(text)
    date = parse_date(match[1]) if match else None
    if date is None:
        return None
    offset = 0
    if match[6] != "Z":
        offset = (int(match[8]) * 60 + int(match[9])) * (-60 if match[7] == "-" else 60)
    seconds = (int(match[2]) * 60 + int(match[3])) * 60 + int(match[4]) - offset
    date = add_days(date, seconds // 86400)
    nanos = int((match[5] or ".0")[1:].ljust(9, "0"))
    return Timestamp(date, seconds % 86400, nanos) if FIRST_DATE <= date <= LAST_DATE else None


def write_timestamp(stamp):
    """Section 1: in UTC, without trailing zeros."""
    minutes, second = divmod(stamp.seconds, 60)
    fraction = ("." + "%09d" % stamp.nanos).rstrip("0").rstrip(".")
    return "%sT%02d:%02d:%02d%sZ" % (stamp.date.isoformat(), minutes // 60, minutes % 60, second, fraction)


def parse_start(text):
    """Section 1: the day of an appointment, given as a local civil time or a whole day; else None."""
    if not re.fullmatch("[^T]*(T([01][0-9]|2[0-3]):[0-5][0-9])?", text):
        return None
    return parse_date(text.split("T")[0])


def easter(year):
    """Easter Sunday, Gregorian (the anonymous method of Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day0 = divmod(h + m - 7 * n + 114, 31)
    return datetime.date(year, month, day0 + 1)


def is_holiday(date):
    """Section 1: the public holidays."""
    if (date.month, date.day) in ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26)):
        return True
    return (date - easter(date.year)).days in (-3, -2, 0, 1, 39, 49, 50)


def is_working_day(date):
    """Section 1."""
    return date.weekday() < 5 and not is_holiday(date)


def working_day_from(date, step):
    """The first working day on or after (step 1), or on or before (step -1), the date."""
    while not is_working_day(date):
        date = add_days(date, step)
    return date


def add_working_days(date, count):
    """Section 1: n steps to the next working day; 0 is the day itself."""
    for _ in range(count):
        date = working_day_from(add_days(date, 1), 1)
    return date


# ---------------------------------------------------------------- section 8: numbers that identify

K1_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
K2_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def remainder(digits, weights):
    """Section 8: the weighted sum plus the digit itself, mod 11."""
    return (sum(int(d) * w for d, w in zip(digits, weights)) + int(digits[len(weights)])) % 11


def check_digits_hold(digits, rule="strict"):
    """Section 8: strict, or `2032`."""
    k1 = remainder(digits, K1_WEIGHTS)
    return remainder(digits, K2_WEIGHTS) == 0 and (k1 <= 3 if rule == "2032" else k1 == 0)


def month_series(month):
    """Section 8: (1-12, added); added is 40 for H-numbers, 65 or 80 for synthetic ones; or None."""
    return next(((month - added, added) for added in (0, 40, 65, 80) if 1 <= month - added <= 12), None)


def date_parts(digits):
    """Section 8: (is_dnr, day, month, added, year of two digits), or None where no such day exists."""
    series = month_series(int(digits[2:4]))
    is_dnr = "4" <= digits[0] <= "7"
    day, year = int(digits[:2]) - (40 if is_dnr else 0), int(digits[4:6])
    if series is None:
        return None
    month, added = series
    last = 29 if month == 2 and year % 4 == 0 else days_in_month(2001, month)
    return (is_dnr, day, month, added, year) if 1 <= day <= last else None


def kinds_of_form(digits):
    """Section 8: the kinds that eleven digits may be declared as, by their form alone."""
    if digits[0] in "89":
        return ["fhn"]
    parts = date_parts(digits)
    if parts is None:
        return []
    is_dnr, _, _, added, _ = parts
    if added == 40 and not is_dnr:  # an H-number combines with nothing, NAV's synthetic ones do
        return ["hnr", "fnr"]
    return ["dnr"] if is_dnr else ["fnr"]


def is_person_number(digits, kind=None, rule="strict"):
    """Section 8: valid, and of the declared kind where there is one."""
    if kind == "duf":
        return bool(re.fullmatch("[0-9]{12}", digits))
    if not re.fullmatch("[0-9]{11}", digits) or not check_digits_hold(digits, rule):
        return False
    kinds = kinds_of_form(digits)
    return bool(kinds) if kind is None else kind in kinds


def birth_hint(digits):
    """Section 8: (date, uncertain), or None.  It never fills `birth_date`."""
    if not is_person_number(digits) or digits[0] in "89":
        return None
    is_dnr, day, month, added, year = date_parts(digits)
    century = hint_century(int(digits[6:9]), year)
    if added == 40 or century is None:
        return None
    try:
        return datetime.date(century + year, month, day), is_dnr
    except ValueError:
        return None


def hint_century(individual, year):
    """Section 8: the century of an individual number."""
    if individual <= 499:
        return 1900
    if individual <= 749 and year >= 54:
        return 1800
    if year < 40:
        return 2000
    return 1900 if individual >= 900 else None


def is_organisation_number(digits):
    """Section 8."""
    return bool(re.fullmatch("[0-9]{9}", digits)) and remainder(digits, (3, 2, 7, 6, 5, 4, 3, 2)) == 0


def holds_person_number(identity):
    """Section 3, privacy: a run of 11 digits, or of 6 and 5, that is valid by either rule."""
    if re.fullmatch("[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}", identity):
        return False
    runs = re.findall("(?<![0-9])(?:[0-9]{11}|[0-9]{6}[._:-][0-9]{5})(?![0-9])", identity)
    numbers = [re.sub("[^0-9]", "", run) for run in runs]
    return any(is_person_number(n, rule=rule) for n in numbers for rule in ("strict", "2032"))


# ---------------------------------------------------------------- section 3: readers of single values
# A reader takes (value, path), gives the value as it is written back, or refuses.


def need_type(value, wanted, path):
    if not isinstance(value, wanted):
        raise Refused("type", path)
    return value


def text(value, path):
    """Section 3: a free text of 0 to 4,000 code points (forbidden characters: see check_tree)."""
    if len(need_type(value, str, path)) > 4000:
        raise Refused("value", path)
    return value


def boolean(value, path):
    return need_type(value, bool, path)


def integer(low, high):
    """Section 3: spelt as an integer; `-0` is 0."""
    def read(value, path):
        spelling = need_type(value, Number, path).spelling
        if not re.fullmatch("-?[0-9]+", spelling):
            raise Refused("type", path)
        number = int(spelling) if len(spelling) < 20 else high + 1
        if not low <= number <= high:
            raise Refused("value", path)
        return number
    return read


def pattern(expression):
    compiled = re.compile(expression)

    def read(value, path):
        if not compiled.fullmatch(need_type(value, str, path)):
            raise Refused("value", path)
        return value
    return read


def one_of(words):
    words = words.split()

    def read(value, path):
        if need_type(value, str, path) not in words:
            raise Refused("value", path)
        return value
    return read


def identity(value, path):
    """Section 3: a pathway id, an event id or a unit."""
    pattern("[A-Za-z0-9._:-]{1,64}")(value, path)
    if holds_person_number(value):
        raise Refused("privacy", path)
    return value


def civil_date(value, path):
    if parse_date(need_type(value, str, path)) is None:
        raise Refused("date", path)
    return value


def timestamp(value, path):
    stamp = parse_timestamp(need_type(value, str, path))
    if stamp is None:
        raise Refused("date", path)
    return write_timestamp(stamp)


def appointment_start(value, path):
    if parse_start(need_type(value, str, path)) is None:
        raise Refused("date", path)
    return value


def icd10(value, path):
    """Section 3: written with its dot.  Read: `C50.` is allowed, and written `C50`."""
    pattern("[A-Z][0-9][0-9][.]?([0-9]{1,2})?")(value, path)
    tail = value[3:].lstrip(".")
    return value[:3] + ("." + tail if tail else "")


def edition_name(value, path):
    if need_type(value, str, path) not in EDITIONS:
        raise Refused("edition", path)
    return value


def list_of(read_item):
    def read(value, path):
        items = need_type(value, list, path)
        return [read_item(item, path + (index,)) for index, item in enumerate(items)]
    return read


# ---------------------------------------------------------------- section 3: readers of objects

Key = namedtuple("Key", "name read required")


def keys(**readers):
    """A list of keys in the order they are written; a name that ends in `_` (one for `!`) is required."""
    return [Key(name.rstrip("_"), read, name.endswith("_")) for name, read in readers.items()]


def is_vendor_key(key):
    """Section 3."""
    return key.startswith("x_") and len(key) > 2


def read_object(value, path, known):
    """Section 3: known keys in order, no nulls, then vendor keys by their bytes, untouched."""
    members = need_type(value, Object, path).members
    names = [key.name for key in known]
    for name, _ in members:
        if name not in names and not is_vendor_key(name):
            raise Refused("key", path + (name,))
    result = {}
    for key in known:
        read_member(result, value, path, key)
    for name, item in sorted(members, key=lambda member: member[0].encode()):
        if is_vendor_key(name):
            result[name] = item
    return result


def read_member(result, value, path, key):
    """Section 3: a required key must be there and not null; an optional one that is null is left out."""
    where = path + (key.name,)
    if not value.has(key.name):
        if key.required:
            raise Refused("key", where)
        return
    item = value.get(key.name)
    if item is None:
        if key.required:
            raise Refused("type", where)
        return
    result[key.name] = key.read(item, where)


def an_object(known):
    return lambda value, path: read_object(value, path, known)


ROLES = ("doctor nurse gp cancer_nurse cancer_coordinator pathway_coordinator resource_nurse "
         "case_manager contact_doctor other")
LEVELS = "specialist municipality"
role, level = one_of(ROLES), one_of(LEVELS)
municipality, district = pattern("[0-9]{4}"), pattern("[0-9]{6}")
point = integer(1, 5)  # the edition's own limit: check_points
TOPICS = ("family_network work_school economy_housing home_help rehabilitation physical_activity "
          "nutrition own_health coping_learning leisure_social mental_health sexual_health oral_health")
NOT_IN_DRAFT = "rehabilitation coping_learning sexual_health oral_health".split()
LOCAL_TOPIC = "x_[A-Za-z0-9._:-]{1,62}"
topic_code = pattern(LOCAL_TOPIC + "|" + "|".join(TOPICS.split()))

IDENTIFIER = keys(type_=one_of("fnr dnr hnr fhn duf"), value_=text, assigner=text)


def identifier(value, path):
    """Section 3, and section 8: a declared type must match, by the strict rule."""
    result = read_object(value, path, IDENTIFIER)
    if not is_person_number(result["value"], result["type"]):
        raise Refused("value", path + ("value",))
    return result


RESPONSIBLE = keys(level=level, unit=identity, role=role)


def responsible(value, path):
    """Section 3: at least one of its three keys; a vendor key does not do."""
    result = read_object(value, path, RESPONSIBLE)
    if not any(key.name in result for key in RESPONSIBLE):
        raise Refused("value", path)
    return result


TOPIC = keys(topic_=topic_code, need_=one_of("none follow_up declined not_discussed"), note=text,
             responsible=responsible, private=boolean)


def topics(value, path):
    """Section 3: a topic may appear once; the later one is refused."""
    rows = list_of(an_object(TOPIC))(value, path)
    refuse_repeats(rows, "topic", "value", path)
    return rows


def refuse_repeats(rows, key, status, path):
    seen = set()
    for index, row in enumerate(rows):
        if row[key] in seen:
            raise Refused(status, path + (index, key))
        seen.add(row[key])


PERFORMER = an_object(keys(role=role, unit=identity, name=text))
AUTHOR = an_object(keys(role=role, hpr=pattern("[0-9]{1,9}"), unit=identity, name=text))
ASSESSMENT = an_object(keys(instrument=an_object(keys(id=text, version=text)), distress=integer(0, 10),
                            topics=topics))

# Section 3, "Events": in the order that they count on one day ("Order").
EVENT_KEYS = {
    "moved": keys(municipality_=municipality, district=district),
    "assigned": keys(point_=point, level_=level, unit=identity, role=role),
    "clinical_decision": [],
    "treatment_started": [],
    "offered": keys(point_=point, channel=one_of("letter phone in_person digital")),
    "declined": keys(point_=point,
                     reason=one_of("no_need not_now too_much_information too_ill other")),
    "accepted": keys(point_=point),
    "deferred": keys(point_=point, until_=civil_date, reason=one_of("too_ill treatment other")),
    "cancelled": keys(point_=point, reason=one_of("patient provider no_show other")),
    "scheduled": keys(point_=point, start_=appointment_start, minutes=integer(1, 1440), place=text,
                      performer=PERFORMER),
    "form_sent": keys(point_=point),
    "performed": keys(point_=point, level=level, performer=PERFORMER, assessment=ASSESSMENT),
    "coded": keys(point_=point, code_=pattern("[A-Z0-9.]{1,16}")),
    "message": keys(to_=one_of("gp municipality specialist other"),
                    kind_=one_of("epicrisis outpatient_note dialogue plo edi phone meeting letter"),
                    point=point, ref=text),
    "receipt": keys(of_=identity, status_=one_of("ok ok_with_errors rejected"), error=text),
    "followed_up": keys(of_=identity),
    "excluded": keys(point=point, reason_=one_of("no_need short_treatment too_ill other")),
    "ended": keys(reason_=one_of("dead withdrawn emigrated other")),
    "reopened": [],
    "corrected": keys(of_=identity),
    "withheld": [],
}
EVENT_ORDER = list(EVENT_KEYS)
event_type = one_of(" ".join(EVENT_ORDER))
EVENT_HEAD = keys(id_=identity, type_=event_type, date_=civil_date)
EVENT_COMMON = EVENT_HEAD + keys(recorded=timestamp, author=AUTHOR, note=text, private=boolean)
EVENT_TAIL = keys(withheld=integer(1, 999))  # Read: written after the keys of the type


def event_keys(kind):
    """Section 3, "Events".  Read: an event of type withheld may have vendor keys, nothing else."""
    return EVENT_HEAD if kind == "withheld" else EVENT_COMMON + EVENT_KEYS[kind] + EVENT_TAIL


def event(value, path):
    """Section 3: the type says which keys there may be."""
    need_type(value, Object, path)
    kind = {}
    read_member(kind, value, path, Key("type", event_type, True))
    return read_object(value, path, event_keys(kind["type"]))


PATIENT = an_object(keys(
    id=text, identifiers=list_of(identifier), name=an_object(keys(given=text, family=text)),
    birth_date=civil_date, municipality=municipality, district=district, language=one_of("nb nn en"),
    has_municipal_services=boolean))

DIAGNOSIS = keys(code=icd10, date_=civil_date, informed=civil_date, kind=one_of("primary relapse"),
                 intent=one_of("curative palliative"), in_cancer_pathway=boolean, cancer=boolean)


def is_cancer_code(code):
    """Section 4: C00-C97."""
    return code is not None and code[0] == "C" and code[1:3] <= "97"


def diagnosis(value, path):
    """Section 3: `code` is required unless `cancer` is true; `informed` not before `date`."""
    result = read_object(value, path, DIAGNOSIS)
    if "code" not in result and result.get("cancer") is not True:
        raise Refused("type" if value.has("code") else "key", path + ("code",))
    if result.get("cancer") is False and is_cancer_code(result["code"]):
        raise Refused("value", path + ("cancer",))
    if result.get("informed", result["date"]) < result["date"]:  # ten digits and dashes: text order
        raise Refused("date", path + ("informed",))
    return result


PATHWAY = keys(format_=one_of("pfh-pathway/1"), id_=identity, edition_=edition_name, patient=PATIENT,
               diagnosis_=diagnosis, previous=identity, events=list_of(event))


def read_pathway(data):
    """Section 3: a pathway document, as it is written back; or Refused."""
    pathway = read_object(parse_document(data), (), PATHWAY)
    if pathway.get("previous") == pathway["id"]:
        raise Refused("value", ("previous",))
    events = pathway.get("events", [])
    check_points(events, EDITIONS[pathway["edition"]])
    refuse_repeats(events, "id", "duplicate", ("events",))
    check_references(events)
    if events:
        pathway["events"] = sorted(events, key=event_order)
    return pathway


def check_points(events, edition):
    """Section 3: `point` outside the edition."""
    for index, row in enumerate(events):
        if row.get("point", 1) > len(edition.points):
            raise Refused("value", ("events", index, "point"))


def check_references(events):
    """Section 3: `of` names an event of the right type; any `of` may name one that is withheld."""
    types = {row["id"]: row["type"] for row in events}
    for index, row in enumerate(events):
        if "of" in row and not may_name(row["type"], types.get(row["of"])):
            raise Refused("reference", ("events", index, "of"))


def may_name(kind, target):
    """Section 3, status `reference`."""
    if target is None or target == "withheld":
        return target is not None
    if kind == "corrected":
        return target != "corrected"
    return target == {"receipt": "message", "followed_up": "performed"}[kind]


def event_order(row):
    """Section 3, "Order": date, recorded (absent first), type, id (bytes)."""
    recorded = parse_timestamp(row["recorded"]) if "recorded" in row else ()
    return row["date"], recorded, EVENT_ORDER.index(row["type"]), row["id"].encode()


# ---------------------------------------------------------------- section 9: the policy

DAYS = integer(0, 3650)
POLICY_DAYS = {
    "no_answer_days": 14, "first_offer_days": 14, "offer_lead_days": 14, "ask_again_days": 30,
    "booking_days": 14, "form_days": 14, "closing_days": 14, "coding_days": 7, "summary_days": 7,
    "receipt_working_days": 3, "assess_days": 7, "needs_days": 30, "anchor_days": 60}
POLICY_DEFAULTS = dict(POLICY_DAYS, start_date=None, distress_threshold=4, shift="working_day",
                       municipality_messages=True, extra_codes=[], extra_topics=[], assign=[], units=[])

POLICY = keys(
    format_=one_of("pfh-policy/1"), start_date=civil_date, **{name: DAYS for name in POLICY_DAYS},
    distress_threshold=integer(1, 10), shift=one_of("working_day none"), municipality_messages=boolean,
    extra_codes=list_of(text),  # Read: no rule is given for a code here, so it is a free text
    extra_topics=list_of(an_object(keys(code_=pattern(LOCAL_TOPIC), title_=text))),
    assign=list_of(an_object(keys(point=point, level=level, municipality=municipality,
                                  has_municipal_services=boolean, child=boolean, unit=identity,
                                  role=role))),
    units=list_of(an_object(keys(unit_=identity, name=text, phone=text, email=text, url=text))))


def read_policy(data):
    """Section 9: a policy document over the defaults; or Refused."""
    policy = dict(POLICY_DEFAULTS)
    policy.update(read_object(parse_document(data), (), POLICY))
    refuse_repeats(policy["units"], "unit", "duplicate", ("units",))
    refuse_repeats(policy["extra_topics"], "code", "duplicate", ("extra_topics",))
    return policy


# ---------------------------------------------------------------- section 2: editions

PointRow = namedtuple("PointRow", "level anchor opens about closes maps_to sources")
Edition = namedtuple("Edition", "name effective points topics")
# opens, about, closes are (months, days) or None; where there is an `about`, the edges count from it.

G3, D3, OURS = ("G", "G", "G"), ("D", "D", "D"), ("ours", "D", "ours")
EDITIONS = {
    "hdir-2022": Edition("hdir-2022", datetime.date(2022, 1, 1), {
        1: PointRow("specialist", "informed", (0, 0), None, None, [1, 2], G3),
        2: PointRow("municipality", "diagnosis", (3, 0), None, (4, 0), [3, 4], G3),
        3: PointRow("municipality", "diagnosis", (12, 0), None, (18, 0), [5], G3),
    }, TOPICS.split()),
    "hdir-2021-draft": Edition("hdir-2021-draft", datetime.date(2021, 9, 1), {
        1: PointRow("specialist", "decision", (0, 0), None, None, [1], D3),
        2: PointRow("specialist", "treatment", (0, 0), None, None, [1], D3),
        3: PointRow("municipality", "treatment", (0, 0), None, None, [2], D3),
        4: PointRow("municipality", "point3", (0, -14), (3, 0), (0, 14), [2], OURS),
        5: PointRow("municipality", "point3", (0, -30), (12, 0), (0, 30), [3], OURS),
    }, [code for code in TOPICS.split() if code not in NOT_IN_DRAFT]),
}
DRAFT = EDITIONS["hdir-2021-draft"]


def planned_edition(pathway, wanted):
    """Section 2: the edition to plan under; only the draft can be planned under another one."""
    named = pathway["edition"]
    if wanted is None or wanted == named:
        return EDITIONS[named]
    if wanted == "hdir-2022":
        return EDITIONS[wanted]
    raise Refused("edition", ("edition",))


def mapped_point(number, pathway, edition):
    """Section 2, "The five onto the three"."""
    if number is None or pathway["edition"] == edition.name:
        return number
    return DRAFT.points[number].maps_to[0]


# ---------------------------------------------------------------- section 10: reasons


class Reason:
    """Section 10, `because`: a date, and the step from an anchor that gave it."""

    def __init__(self, anchor, anchor_date, months=0, days=0, rule=None, source=None):
        self.anchor, self.anchor_date = anchor, anchor_date
        self.months, self.days = months, days
        self.rule, self.source = rule, source
        self.date = add_days(add_months(anchor_date, months), days)

    def entry(self, name):
        return {"date": self.date, "is": name, "anchor": self.anchor, "anchor_date": self.anchor_date,
                "add": self.period(), "rule": self.rule, "source": self.source}

    def period(self):
        """Read: an ISO 8601 duration, `-P14D` where it goes back."""
        if self.months:
            return "P%dM" % self.months
        return "%sP%dD" % ("-" if self.days < 0 else "", abs(self.days))


def by_policy(case, anchor, anchor_date, key, sign=1):
    """A reason that rests on a policy key of days."""
    return Reason(anchor, anchor_date, days=sign * case.policy[key], rule="policy/" + key, source="ours")


def event_reason(row):
    return Reason("event:" + row.id, row.date)


def later(first, second):
    """The later of two reasons; the first where they agree."""
    return second if second is not None and second.date > first.date else first


def date_of(reason):
    return None if reason is None else reason.date


# ---------------------------------------------------------------- section 3: what counts


def counting_events(pathway, edition, as_of, known_at):
    """Section 3, "What counts", in order; points are those of the edition planned under."""
    rows = [make_event(row, pathway, edition) for row in pathway.get("events", [])]
    known = [row for row in rows if known_at is None or row.recorded is None or row.recorded <= known_at]
    void = {row.of for row in known if row.type == "corrected"}
    return [row for row in known if row.date <= as_of and row.id not in void]


def make_event(row, pathway, edition):
    return SimpleNamespace(
        id=row["id"], type=row["type"], date=parse_date(row["date"]), of=row.get("of"),
        recorded=parse_timestamp(row["recorded"]) if "recorded" in row else None,
        point=mapped_point(row.get("point"), pathway, edition), data=row)


class Case:
    """One plan to make: the inputs, and the events that count, in order."""

    def __init__(self, pathway, policy, edition, as_of, known_at):
        self.pathway, self.policy, self.edition = pathway, policy, edition
        self.as_of, self.known_at = as_of, known_at
        self.diagnosis_date = parse_date(pathway["diagnosis"]["date"])
        self.patient = pathway.get("patient", {})
        self.events = counting_events(pathway, edition, as_of, known_at)
        self.place = {row.id: index for index, row in enumerate(self.events)}
        self.child = is_child(self.patient, as_of)
        self.municipality = self.current_municipality()
        self.status, self.reason, self.decided_by = pathway_status(self)
        self.points = {}

    def of_type(self, *types, point=None):
        return [row for row in self.events if row.type in types and point in (None, row.point)]

    def last(self, *types, point=None):
        return next(reversed(self.of_type(*types, point=point)), None)

    def is_before(self, first, second):
        """Section 3, "Order"."""
        return self.place[first.id] < self.place[second.id]

    def current_municipality(self):
        """Section 9: that of the last counting `moved`, else the patient's."""
        moved = self.last("moved")
        return moved.data["municipality"] if moved else self.patient.get("municipality")


def is_child(patient, as_of):
    """Section 9: under 18 on `as_of`; None without a birth date."""
    if "birth_date" not in patient:
        return None
    return add_months(parse_date(patient["birth_date"]), 216) > as_of


# ---------------------------------------------------------------- section 4: is the pathway running?


def pathway_status(case):
    """Section 4: (status, reason, the event that decided)."""
    diagnosed = case.pathway["diagnosis"]
    if not is_cancer_code(diagnosed.get("code")) and diagnosed.get("cancer") is not True:
        return "not_included", "not_cancer", None
    if case.diagnosis_date < start_of_rules(case):
        return "not_included", "before_start", None
    wide = [row for row in case.of_type("ended", "excluded", "reopened") if row.point is None]
    if not wide or wide[-1].type == "reopened":
        return "active", None, None
    return wide[-1].type, wide[-1].data["reason"], wide[-1]


def start_of_rules(case):
    """Section 4; the effective date is that of the edition that the document names (section 2)."""
    effective = EDITIONS[case.pathway["edition"]].effective
    local = case.policy["start_date"]
    return max(effective, parse_date(local)) if local else effective


# ---------------------------------------------------------------- section 2: windows

Window = namedtuple("Window", "opens about closes estimated waiting_for")  # the first three: Reason
Anchor = namedtuple("Anchor", "name date estimated about")  # about: what replaces the row's own


def find_window(case, number):
    """Section 2: the window of a point, from its row and what stands below it."""
    row = case.edition.points[number]
    anchor = ANCHORS[row.anchor](case, number)
    if isinstance(anchor, str):
        return Window(None, None, None, False, anchor)
    about = edge(case, number, "about", anchor.name, anchor.date, anchor.about or row.about)
    if anchor.about:
        about.source = "ours"  # nine months after point 4 is marked so in section 2
    base = (anchor.name, anchor.date) if about is None else ("about", about.date)
    opens = edge(case, number, "opens", *base, row.opens)
    closes = edge(case, number, "closes", *base, row.closes)
    return Window(opens, about, closes, anchor.estimated, None)


def edge(case, number, name, anchor, anchor_date, step):
    """Section 2: one date of a window, with the row that gives it."""
    if step is None:
        return None
    source = case.edition.points[number].sources[("opens", "about", "closes").index(name)]
    rule = "%s/%d/%s" % (case.edition.name, number, name)
    return Reason(anchor, anchor_date, step[0], step[1], rule, source)


def anchor_diagnosis(case, _):
    return Anchor("diagnosis.date", case.diagnosis_date, False, None)


def anchor_informed(case, number):
    informed = case.pathway["diagnosis"].get("informed")
    if informed is None:
        return anchor_diagnosis(case, number)
    return Anchor("diagnosis.informed", parse_date(informed), False, None)


def anchor_decision(case, number):
    first = next(iter(case.of_type("clinical_decision")), None)
    return event_anchor(first) if first else anchor_informed(case, number)


def anchor_treatment(case, _):
    first = next(iter(case.of_type("treatment_started")), None)
    return event_anchor(first) if first else "treatment_started"


def event_anchor(row):
    return Anchor("event:" + row.id, row.date, False, None)


def anchor_point3(case, number):
    """Section 2, `Anchor "point 3"`.  Read: point 3's state is the one that the plan gives."""
    third = case.points[3]
    if third.representative:
        return Anchor("point:3", third.representative.date, False, None)
    if number == 5 and case.points[4].representative:
        fourth = case.points[4].representative
        return Anchor("event:" + fourth.id, fourth.date, False, (9, 0))
    if third.appointment:
        return Anchor("event:" + third.appointment.id, appointment_date(third.appointment), True, None)
    return "point:3"


ANCHORS = {"diagnosis": anchor_diagnosis, "informed": anchor_informed, "decision": anchor_decision,
           "treatment": anchor_treatment, "point3": anchor_point3}


def is_inside(date, window):
    """Section 1: both the first and the last day are inside; section 5: without `closes` nothing is after."""
    return position(date, window) == "within"


def position(date, window):
    """Section 5, `timing`."""
    if window.opens is None:
        return "unknown"
    if date < window.opens.date:
        return "before"
    return "after" if window.closes is not None and date > window.closes.date else "within"


# ---------------------------------------------------------------- section 5: what happened at a point

STATE_EVENTS = ("offered", "accepted", "declined", "deferred", "scheduled", "cancelled", "performed",
                "excluded")


def appointment_date(scheduled):
    return parse_start(scheduled.data["start"])


def walk(rows):
    """Section 5: the state after the point's events, and the event that set it."""
    state, setter = "none", None
    for row in rows:
        new = next_state(state, setter, row)
        if new is not None:
            state, setter = new, row
    return state, setter


def next_state(state, setter, row):
    """Section 5, the table; None where nothing changes.  Read: the same word again sets it anew."""
    if state == "performed":
        return None
    if row.type == "cancelled":
        return "accepted" if state == "scheduled" else None
    if row.type in ("offered", "accepted") and state == "scheduled":
        return row.type if row.date > appointment_date(setter) else None
    return row.type


def state_on_the_day(case, state, setter):
    """Section 5, "Then, as of the day"."""
    if case.status != "active" and state not in ("performed", "excluded"):
        return "closed"
    if state == "offered" and case.as_of >= no_answer(case, setter).date:
        return "unanswered"
    if state == "scheduled" and appointment_date(setter) < case.as_of:
        return "unconfirmed"
    return state


def no_answer(case, offered):
    return by_policy(case, "event:" + offered.id, offered.date, "no_answer_days")


def day_after_appointment(scheduled):
    """Read: neither an edition nor the policy has this step, so it has no rule and no source."""
    return Reason("event:" + scheduled.id, appointment_date(scheduled), days=1)


def performed_level(case, row):
    """Section 5: its own level, else the last `assigned` before it, else the edition's."""
    if "level" in row.data:
        return row.data["level"]
    before = [a for a in case.of_type("assigned", point=row.point) if case.is_before(a, row)]
    return before[-1].data["level"] if before else case.edition.points[row.point].level


def representative(performances, window):
    """Section 5: the first inside the window, else the first one."""
    inside = [row for row in performances if is_inside(row.date, window)]
    return next(iter(inside + performances), None)


def find_since(case, here):
    """Section 5, `since`, as a Reason or None."""
    if here.state == "closed":
        return event_reason(case.decided_by) if case.decided_by else None
    if here.state == "none":
        return None
    if here.state == "performed":
        return event_reason(here.representative)
    if here.state == "unanswered":
        return no_answer(case, here.setter)
    if here.state == "unconfirmed":
        return day_after_appointment(here.setter)
    return event_reason(here.setter)


def find_timing(case, here):
    """Section 5, `timing`.  Read: an event that ended a pathway that is not included did not decide."""
    if here.representative:
        return position(here.representative.date, here.window)
    return position(case.decided_by.date if case.decided_by else case.as_of, here.window)


def find_responsible(case, number):
    """Section 5: (level, unit, role), of the last `assigned`, then the policy, then the edition."""
    assigned = case.last("assigned", point=number)
    given = assigned.data if assigned else {"level": case.edition.points[number].level}
    row = next((r for r in case.policy["assign"] if row_matches(case, r, number, given["level"])), {})
    return given["level"], given.get("unit", row.get("unit")), given.get("role", row.get("role"))


def row_matches(case, row, number, level_of_point):
    """Section 9: every condition left out matches; one on something unknown does not."""
    facts = {"point": number, "level": level_of_point, "municipality": case.municipality,
             "has_municipal_services": case.patient.get("has_municipal_services"), "child": case.child}
    return all(row[key] == fact for key, fact in facts.items() if key in row)


def make_point(case, number):
    """Section 5, all of it but `superseded`; needs the points below."""
    here = SimpleNamespace(number=number, window=find_window(case, number))
    here.level, here.unit, here.role = find_responsible(case, number)
    here.assigned = case.last("assigned", point=number)
    here.performances = case.of_type("performed", point=number)
    here.representative = representative(here.performances, here.window)
    state, here.setter = walk(case.of_type(*STATE_EVENTS, point=number))
    here.state = state_on_the_day(case, state, here.setter)
    here.appointment = here.setter if here.state in ("scheduled", "unconfirmed") else None
    here.since = find_since(case, here)
    here.timing = find_timing(case, here)
    return here


def make_points(case):
    """Section 5, in the order of the numbers, as windows rest on the points below."""
    for number in case.edition.points:
        case.points[number] = make_point(case, number)
    for here in case.points.values():
        above = [p for p in case.points.values() if p.number > here.number]
        here.superseded = here.state != "performed" and any(p.state == "performed" for p in above)


# ---------------------------------------------------------------- section 6: tasks

KINDS = ("offer follow_up_offer ask_again book send_form hold confirm window_closing register_code "
         "send_summary notify_municipality follow_up_message assess_further follow_up_needs").split()
NO_MOVE = ("hold", "window_closing")
MOVES_ON = ("follow_up_offer", "ask_again", "confirm", "follow_up_message")
OF_PERFORMER = ("register_code", "send_summary", "notify_municipality", "assess_further",
                "follow_up_needs")
OF_EVENT = ("register_code", "follow_up_message", "assess_further", "follow_up_needs")
RECEIPTED = ("epicrisis", "outpatient_note", "dialogue", "plo", "edi")


def make_tasks(case):
    """Section 6: all tasks, in order."""
    tasks = []
    for here in case.points.values():
        tasks += register_code(case, here)  # whatever the status
        if case.status == "active" and not here.superseded:
            for rule in POINT_TASKS:
                tasks += rule(case, here)
    if case.status == "active":
        tasks += follow_up_message(case, None)
    return sorted(tasks, key=task_order)


def task_order(task):
    """Section 6, "Order"."""
    return task["due"], task["from"], task["point"] or 0, KINDS.index(task["kind"]), task["id"].encode()


def make_task(case, here, kind, start, due=None, row=None):
    """Section 6: a list of one task, from its unmoved dates (Reasons); `row` is the event it is about."""
    due = due or start
    if due.date < start.date:
        due = Reason("from", start.date)
    starts, dues = move(case, kind, start, due)
    owner = find_owner(case, here, kind, row)
    number = here.number if here else None
    event_id = row.id if kind in OF_EVENT else None
    task = {"id": "%d.%s" % (number or 0, kind) + ("." + event_id if event_id else ""), "kind": kind,
            "point": number, "from": starts[-1].date, "due": dues[-1].date, "state": None,
            "level": owner[0], "unit": owner[1], "role": owner[2], "optional": is_optional(case, kind, row),
            "blocked": blocked(case, kind), "event": event_id,
            "because": [r.entry("from") for r in starts] + [r.entry("due") for r in dues]}
    task["state"] = task_state(case, task)
    return [task]


def task_state(case, task):
    """Section 6, "State of a task", by the moved dates."""
    if case.as_of < task["from"]:
        return "waiting"
    return "late" if case.as_of > task["due"] else "active"


def move(case, kind, start, due):
    """Section 6, "Working days": the reasons of from, and those of due, the moves at their ends."""
    if case.policy["shift"] == "none" or kind in NO_MOVE:
        return [start], [due]
    if kind in MOVES_ON:
        return moved_to(start, "from", working_day_from(start.date, 1)), \
               moved_to(due, "due", working_day_from(due.date, 1))
    return [start], moved_to(due, "due", max(start.date, working_day_from(due.date, -1)))


def moved_to(reason, name, date):
    if date == reason.date:
        return [reason]
    return [reason, Reason(name, reason.date, days=(date - reason.date).days, rule="working_day",
                           source="ours")]


def find_owner(case, here, kind, row):
    """Section 6, "Responsible"; `row` is the performance for those that belong to who performed."""
    if here is None:
        return None, None, None
    if kind in OF_PERFORMER and performed_level(case, row) != here.level:
        return performed_level(case, row), None, None
    return here.level, here.unit, here.role


def is_optional(case, kind, row):
    """Section 6; the edition is the one planned under."""
    return kind == "notify_municipality" and case.edition is DRAFT and not has_follow_up_need(row)


def blocked(case, kind):
    """Section 6."""
    closed = kind == "notify_municipality" and not case.policy["municipality_messages"]
    return "no_agreement" if closed else None


def offer(case, here):
    if here.state != "none" or here.window.opens is None:
        return []
    opens = Reason("opens", here.window.opens.date)
    assigned = event_reason(here.assigned) if here.assigned else None
    if here.level == "specialist":
        base = later(opens, assigned)
        due = by_policy(case, base.anchor, base.date, "first_offer_days")
        return make_task(case, here, "offer", base, due)
    lead = by_policy(case, "opens", opens.date, "offer_lead_days", -1)
    start = later(later(lead, Reason("diagnosis.date", case.diagnosis_date)), assigned)
    due = opens
    if assigned:
        due = later(opens, by_policy(case, assigned.anchor, assigned.date, "first_offer_days"))
    return make_task(case, here, "offer", start, due)


def follow_up_offer(case, here):
    if here.state not in ("offered", "unanswered"):
        return []
    return make_task(case, here, "follow_up_offer", no_answer(case, here.setter))


def ask_again(case, here):
    if here.state not in ("declined", "deferred"):
        return []
    name, row = "event:" + here.setter.id, here.setter
    if here.state == "declined":
        start = by_policy(case, name, row.date, "ask_again_days")
    else:
        start = Reason(name, parse_date(row.data["until"]))
    following = case.points.get(here.number + 1)
    opens = date_of(following.window.opens) if following else None
    if opens is not None and opens <= start.date:
        return []
    return make_task(case, here, "ask_again", start)


def book(case, here):
    if here.state != "accepted":
        return []
    since = Reason("since", here.since.date)
    base = since
    if here.window.opens is not None:
        base = later(since, Reason("opens", here.window.opens.date))
    return make_task(case, here, "book", since, by_policy(case, base.anchor, base.date, "booking_days"))


def send_form(case, here):
    if here.state != "scheduled" or case.of_type("form_sent", point=here.number):
        return []
    due = by_policy(case, "event:" + here.setter.id, appointment_date(here.setter), "form_days", -1)
    return make_task(case, here, "send_form", event_reason(here.setter), due)


def hold(case, here):
    if here.state != "scheduled":
        return []
    return make_task(case, here, "hold", Reason("event:" + here.setter.id, appointment_date(here.setter)))


def confirm(case, here):
    if here.state != "unconfirmed":
        return []
    return make_task(case, here, "confirm", day_after_appointment(here.setter))


def window_closing(case, here):
    open_states = ("none", "offered", "unanswered", "accepted", "deferred")
    if here.window.closes is None or here.state not in open_states:
        return []
    closes = Reason("closes", here.window.closes.date)
    return make_task(case, here, "window_closing",
                     by_policy(case, "closes", closes.date, "closing_days", -1), closes)


def after_performance(case, here, kind, row, key):
    """From the date of a performance, due so many days later."""
    due = by_policy(case, "event:" + row.id, row.date, key)
    return make_task(case, here, kind, event_reason(row), due, row)


def register_code(case, here):
    missing, _ = match_codes(case, here)
    return [task for row in missing
            for task in after_performance(case, here, "register_code", row, "coding_days")]


def is_told(case, here, receiver):
    """Section 6: a message at the point or without one, on or after the representative performance."""
    return any(row.data["to"] == receiver and row.point in (None, here.number)
               and row.date >= here.representative.date for row in case.of_type("message"))


def send_summary(case, here):
    if not here.representative or is_told(case, here, "gp"):
        return []
    return after_performance(case, here, "send_summary", here.representative, "summary_days")


def is_specialist(case, here):
    return here.representative and performed_level(case, here.representative) == "specialist"


def notify_municipality(case, here):
    above = [p for p in case.points.values() if p.number > here.number]
    if not is_specialist(case, here) or any(is_specialist(case, p) for p in above):
        return []
    if is_told(case, here, "municipality"):
        return []
    return after_performance(case, here, "notify_municipality", here.representative, "summary_days")


def follow_up_message(case, here):
    """Section 6, both rows; `here` is None for messages without a point."""
    tasks = []
    for row in case.of_type("message"):
        start = message_reason(case, row)
        if row.point == (here.number if here else None) and start is not None:
            tasks += make_task(case, here, "follow_up_message", start, row=row)
    return tasks


def message_reason(case, row):
    """Section 6.  Read: the kinds named in the first row hold for the second one too."""
    if row.data["kind"] not in RECEIPTED:
        return None
    receipts = [r for r in case.of_type("receipt") if r.of == row.id]
    if not receipts:
        date = add_working_days(row.date, case.policy["receipt_working_days"])
        return Reason("event:" + row.id, row.date, days=(date - row.date).days,
                      rule="policy/receipt_working_days", source="ours")
    if receipts[-1].data["status"] == "rejected" and not is_sent_again(case, row):
        return event_reason(receipts[-1])
    return None


def is_sent_again(case, row):
    """Section 6: another message after it in order, of any kind, with the same `to` and point."""
    return any(case.is_before(row, other) and other.point == row.point
               and other.data["to"] == row.data["to"] for other in case.of_type("message"))


def distress_of(row):
    return row.data.get("assessment", {}).get("distress")


def topics_of(row):
    return row.data.get("assessment", {}).get("topics", [])


def has_follow_up_need(row):
    return any(topic["need"] == "follow_up" for topic in topics_of(row))


def is_followed_up(case, row):
    return any(f.of == row.id for f in case.of_type("followed_up"))


def performed_after(case, row):
    return [other for other in case.of_type("performed") if case.is_before(row, other)]


def is_distressed(case, row):
    distress = distress_of(row)
    return distress is not None and distress >= case.policy["distress_threshold"]


def assess_further(case, here):
    return [task for row in here.performances
            if is_distressed(case, row) and not is_followed_up(case, row)
            and not any(distress_of(other) is not None for other in performed_after(case, row))
            for task in after_performance(case, here, "assess_further", row, "assess_days")]


def follow_up_needs(case, here):
    return [task for row in here.performances
            if has_follow_up_need(row) and not is_followed_up(case, row)
            and not any(topics_of(other) for other in performed_after(case, row))
            for task in after_performance(case, here, "follow_up_needs", row, "needs_days")]


POINT_TASKS = (offer, follow_up_offer, ask_again, book, send_form, hold, confirm, window_closing,
               send_summary, notify_municipality, follow_up_message, assess_further, follow_up_needs)


# ---------------------------------------------------------------- section 7: findings

FINDINGS = ("wmfg10.missing wmfg10.not_performed wmfg10.municipal wmfg10.duplicate wmfg10.date "
            "code.unknown event.before_diagnosis event.after_end anchor.missing point.order "
            "performed.after_decline assessment.missing assessment.distress topic.not_in_edition "
            "need.no_responsible message.no_agreement").split()
SEVERITY = {"wmfg10.not_performed": "error", "wmfg10.municipal": "error", "wmfg10.duplicate": "error",
            "performed.after_decline": "info", "assessment.missing": "info",
            "assessment.distress": "info", "topic.not_in_edition": "info"}
CODE = "WMFG10"


def match_codes(case, here):
    """Section 7, "Matching": (performances left without a code, {code's id: the performance})."""
    waiting = [row for row in here.performances if performed_level(case, row) == "specialist"]
    codes = [row for row in case.of_type("coded", point=here.number) if row.data["code"] == CODE]
    taken = {}
    for same_date in (True, False):
        for row in list(waiting):
            free = [c for c in codes if c.id not in taken and (c.date == row.date or not same_date)]
            if free:
                taken[free[0].id] = row
                waiting.remove(row)
    return waiting, taken


def make_findings(case, tasks):
    """Section 7: all findings, in order."""
    found = []
    for rule in (missing_codes, wrong_codes, unknown_codes, before_diagnosis, after_end, anchor_missing,
                 point_order, after_decline, assessments, agreements):
        found += rule(case, tasks)
    return sorted(found, key=finding_order)


def finding_order(found):
    """Section 7, "Order"."""
    return found["point"] or 0, FINDINGS.index(found["id"]), (found["event"] or "").encode()


def finding(name, number, event_id, severity=None):
    return {"id": name, "severity": severity or SEVERITY.get(name, "warning"), "point": number,
            "event": event_id}


def about_event(name, row):
    return finding(name, row.point, row.id)


def missing_codes(case, tasks):
    late = {t["event"] for t in tasks if t["kind"] == "register_code" and t["state"] == "late"}
    return [finding("wmfg10.missing", here.number, row.id, "error" if row.id in late else "warning")
            for here in case.points.values() for row in match_codes(case, here)[0]]


def wrong_codes(case, _):
    """Section 7, findings 2 to 5."""
    found = []
    for row in case.of_type("coded"):
        if row.data["code"] == CODE:
            name = wrong_code(case, case.points[row.point], row)
            found += [about_event(name, row)] if name else []
    return found


def wrong_code(case, here, code):
    if not here.performances:
        return "wmfg10.not_performed"
    if all(performed_level(case, row) == "municipality" for row in here.performances):
        return "wmfg10.municipal"
    taken_by = match_codes(case, here)[1].get(code.id)
    if taken_by is None:
        return "wmfg10.duplicate"
    return "wmfg10.date" if taken_by.date != code.date else None


def unknown_codes(case, _):
    known = [CODE] + case.policy["extra_codes"]
    return [about_event("code.unknown", row) for row in case.of_type("coded")
            if row.data["code"] not in known]


def before_diagnosis(case, _):
    return [about_event("event.before_diagnosis", row) for row in case.events
            if row.date < case.diagnosis_date and row.type not in ("corrected", "withheld")]


def after_end(case, _):
    exempt = ("reopened", "coded", "message", "receipt", "corrected", "followed_up", "withheld")
    return [about_event("event.after_end", row) for row in case.events
            if row.type not in exempt and is_after_end(case, row)]


def is_after_end(case, row):
    """Section 7: after an `ended` of a lower date that no `reopened` between them undid."""
    return any(end.date < row.date and not any(
        case.is_before(end, r) and case.is_before(r, row) for r in case.of_type("reopened"))
        for end in case.of_type("ended"))


def anchor_missing(case, _):
    overdue = case.as_of > add_days(case.diagnosis_date, case.policy["anchor_days"])
    waiting = [here for here in case.points.values()
               if here.window.waiting_for == "treatment_started" and here.state != "performed"]
    if case.status != "active" or not overdue or not waiting:
        return []
    return [finding("anchor.missing", waiting[0].number, None)]


def point_order(case, _):
    done = [here for here in case.points.values() if here.representative]
    return [finding("point.order", here.number, here.representative.id) for here in done
            if any(low.number < here.number and here.representative.date < low.representative.date
                   for low in done)]


def after_decline(case, _):
    """Section 7.  Read: the event is the point's first performance."""
    found = []
    for here in case.points.values():
        first = next(iter(here.performances), None)
        answers = [a for a in case.of_type("accepted", "declined", point=here.number)
                   if first and case.is_before(a, first)]
        if answers and answers[-1].type == "declined":
            found.append(about_event("performed.after_decline", first))
    return found


def assessments(case, _):
    """Section 7: what the assessment of each performance says, or that it is not there."""
    found = []
    for row in case.of_type("performed"):
        names = {"assessment.missing": "assessment" not in row.data,
                 "assessment.distress": is_distressed(case, row),
                 "topic.not_in_edition": any(is_foreign(case, t["topic"]) for t in topics_of(row)),
                 "need.no_responsible": any(t["need"] == "follow_up" and "responsible" not in t
                                            for t in topics_of(row))}
        found += [about_event(name, row) for name, holds in names.items() if holds]
    return found


def is_foreign(case, topic):
    """Section 2: a local topic belongs to every edition."""
    return not topic.startswith("x_") and topic not in case.edition.topics


def agreements(case, _):
    if case.policy["municipality_messages"]:
        return []
    return [about_event("message.no_agreement", row) for row in case.of_type("message")
            if row.data["to"] == "municipality"]


# ---------------------------------------------------------------- section 10: the plan


def point_row(case, here, explain):
    """Section 10: one row of `points`."""
    done, meeting, window = here.representative, here.appointment, here.window
    row = {
        "point": here.number, "level": here.level, "unit": here.unit, "role": here.role,
        "opens": date_of(window.opens), "about": date_of(window.about), "closes": date_of(window.closes),
        "estimated": window.estimated, "waiting_for": window.waiting_for,
        "state": here.state, "since": date_of(here.since), "timing": here.timing,
        "appointment": meeting and {
            "event": meeting.id, "start": meeting.data["start"], "minutes": meeting.data.get("minutes"),
            "place": meeting.data.get("place")},
        "performed": done and {"event": done.id, "date": done.date, "level": performed_level(case, done)},
        "repeats": max(0, len(here.performances) - 1),
        "superseded": here.superseded, "maps_to": case.edition.points[here.number].maps_to}
    if explain:
        row["because"] = point_because(here)
    return row


def point_because(here):
    """Section 10.  Read: opens, about, closes and since; the dates inside other objects are facts."""
    dates = (("opens", here.window.opens), ("about", here.window.about), ("closes", here.window.closes),
             ("since", here.since))
    return [reason.entry(name) for name, reason in dates if reason is not None]


def task_row(task, explain):
    return {key: value for key, value in task.items() if explain or key != "because"}


def make_plan(pathway, policy, as_of, known_at=None, wanted=None, explain=False):
    """Section 10: the plan document."""
    case = Case(pathway, policy, planned_edition(pathway, wanted), as_of, known_at)
    make_points(case)
    tasks = make_tasks(case)
    return {
        "format": "pfh-plan/1", "pathway": pathway["id"], "edition": case.edition.name, "as_of": as_of,
        "known_at": known_at and write_timestamp(known_at), "status": case.status,
        "reason": case.reason, "child": case.child,
        "points": [point_row(case, here, explain) for here in case.points.values()],
        "tasks": [task_row(task, explain) for task in tasks],
        "findings": make_findings(case, tasks)}


# ---------------------------------------------------------------- the command


def parse_argument(parse, value, name):
    """A date or timestamp given beside a document: status `date`, at its name."""
    result = parse(value) if isinstance(value, str) else None
    if result is None:
        raise Refused("date", (name,))
    return result


def split_case(line):
    """A line of a case file to (pathway bytes, policy bytes or None, the other values)."""
    parser = Parser(decode(line, None), max_depth=100)
    tree = parser.document()
    return document_bytes(tree, parser, "pathway"), document_bytes(tree, parser, "policy"), tree


def document_bytes(tree, parser, name):
    if tree.has(name + "_text"):
        return tree.get(name + "_text").encode("utf-8", "surrogatepass")
    return parser.spans[name].encode("utf-8") if tree.get(name) is not None else None


def plan_of_case(line, options):
    document, policy_bytes, case = split_case(line)
    pathway = read_pathway(document)
    policy = read_policy(policy_bytes) if policy_bytes is not None else dict(POLICY_DEFAULTS)
    known_at = case.get("known_at")
    return make_plan(pathway, policy, parse_argument(parse_date, case.get("as_of"), "as_of"),
                     known_at and parse_argument(parse_timestamp, known_at, "known_at"),
                     case.get("edition"), options.explain)


def plan_of_line(line, options):
    return make_plan(read_pathway(line), options.policy, options.as_of, options.known_at,
                     options.edition, options.explain)


def canon_of_line(line, options):
    return read_pathway(split_case(line)[0] if options.cases else line)


def answer(make, line, options):
    """One line out for one line in."""
    try:
        result = make(line, options)
    except Refused as refused:
        result = {"error": refused.status, "where": refused.where}
    return write(result).encode("utf-8", "backslashreplace") + b"\n"


def read_arguments(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("command", choices=("plan", "canon"))
    for name in ("--as-of", "--known-at", "--policy", "--edition"):
        parser.add_argument(name)
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--cases", action="store_true")
    parser.add_argument("file", nargs="?")
    options = parser.parse_intermixed_args(arguments)
    if options.command == "plan" and not options.cases and options.as_of is None:
        parser.error("plan needs --as-of: nothing here reads a clock")
    return options


def prepare(options):
    """The arguments of `plan` that hold for every document."""
    if options.as_of is not None:
        options.as_of = parse_argument(parse_date, options.as_of, "as_of")
    if options.known_at is not None:
        options.known_at = parse_argument(parse_timestamp, options.known_at, "known_at")
    if options.policy is None:
        options.policy = dict(POLICY_DEFAULTS)
    else:
        with open(options.policy, "rb") as file:
            options.policy = read_policy(file.read())


def main(arguments):
    options = read_arguments(arguments)
    try:
        prepare(options)
    except Refused as refused:
        sys.stderr.write(write({"error": refused.status, "where": refused.where}) + "\n")
        return 2
    make = canon_of_line if options.command == "canon" else \
        plan_of_case if options.cases else plan_of_line
    source = open(options.file, "rb") if options.file else sys.stdin.buffer
    with source:
        for line in source.read().split(b"\n"):
            if line.strip(b" \t\r"):
                sys.stdout.buffer.write(answer(make, line, options))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
