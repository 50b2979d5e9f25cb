"""libpfh: the rules of Pakkeforløp hjem for cancer patients.

Give it what has happened to a patient, local practice, and a day; it answers where the pathway stands and
what is to be done.

    >>> import datetime, pfh
    >>> pathway = pfh.Pathway({"id": "p1", "edition": "hdir-2022",
    ...                        "diagnosis": {"code": "C50.9", "date": datetime.date(2026, 1, 31)}})
    >>> plan = pathway.plan(datetime.date(2026, 4, 20))
    >>> [(task.id, str(task.state)) for task in plan.tasks][:2]
    [('1.offer', 'late'), ('2.offer', 'active')]
"""

from ._base import Object, Text
from ._calendar import (
    Feed,
    IcalOptions,
    Proposal,
    lint_ical,
    lint_rules,
    plans_to_ical,
    read_ical,
    update_ical,
)
from ._errors import (
    PfhAgreementError,
    PfhArgumentError,
    PfhConflictError,
    PfhDateError,
    PfhDuplicateError,
    PfhEditionError,
    PfhError,
    PfhKeyError,
    PfhMemoryError,
    PfhPrivacyError,
    PfhReferenceError,
    PfhSyntaxError,
    PfhTypeError,
    PfhValueError,
)
from ._national import (
    DATE_MAX,
    DATE_MIN,
    Edition,
    add_months,
    add_working_days,
    classify_number,
    easter,
    handover_rules,
    holds_person_number,
    is_her_id,
    is_holiday,
    is_hpr_number,
    is_municipality_number,
    is_organisation_number,
    is_working_day,
    status_text,
    text,
    text_ids,
    timestamp_to_utc,
    version,
)
from ._pathway import (
    Diff,
    Events,
    Line,
    MergeOptions,
    Pathway,
    plan_many,
    plan_many_dicts,
    plan_many_json,
    read_caseload,
)
from ._plan import Needs, Plan, Worklist, checklist_json, checklist_text, needs_text_min
from ._policy import Policy
from ._record import Fact, Record
from ._values import *  # the enums and the values
from ._values import VERSION as __version__
