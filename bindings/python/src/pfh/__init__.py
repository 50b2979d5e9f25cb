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

from ._base import Object as Object, Text as Text
from ._calendar import (
    Feed as Feed,
    IcalOptions as IcalOptions,
    Proposal as Proposal,
    lint_calendar as lint_calendar,
    lint_rules as lint_rules,
    plans_to_ical as plans_to_ical,
    read_ical as read_ical,
    update_ical as update_ical,
)
from ._errors import (
    PfhAgreementError as PfhAgreementError,
    PfhArgumentError as PfhArgumentError,
    PfhConflictError as PfhConflictError,
    PfhDateError as PfhDateError,
    PfhDuplicateError as PfhDuplicateError,
    PfhEditionError as PfhEditionError,
    PfhError as PfhError,
    PfhKeyError as PfhKeyError,
    PfhMemoryError as PfhMemoryError,
    PfhPrivacyError as PfhPrivacyError,
    PfhReferenceError as PfhReferenceError,
    PfhSyntaxError as PfhSyntaxError,
    PfhTypeError as PfhTypeError,
    PfhValueError as PfhValueError,
)
from ._national import (
    DATE_MAX as DATE_MAX,
    DATE_MIN as DATE_MIN,
    Edition as Edition,
    add_months as add_months,
    add_working_days as add_working_days,
    classify_number as classify_number,
    easter as easter,
    handover_rules as handover_rules,
    holds_person_number as holds_person_number,
    is_her_id as is_her_id,
    is_holiday as is_holiday,
    is_hpr_number as is_hpr_number,
    is_municipality_number as is_municipality_number,
    is_organisation_number as is_organisation_number,
    is_working_day as is_working_day,
    text as text,
    text_ids as text_ids,
    timestamp_to_utc as timestamp_to_utc,
    version as version,
)
from ._pathway import (
    Diff as Diff,
    Events as Events,
    Line as Line,
    MergeOptions as MergeOptions,
    Pathway as Pathway,
    plan_many as plan_many,
    plan_many_dicts as plan_many_dicts,
    plan_many_json as plan_many_json,
    read_caseload as read_caseload,
)
from ._plan import (
    Needs as Needs,
    Plan as Plan,
    Worklist as Worklist,
    checklist_json as checklist_json,
    checklist_text as checklist_text,
    needs_text_min as needs_text_min,
)
from ._policy import Policy as Policy
from ._record import Facts as Facts, Record as Record
from ._values import *  # the enums and the values
from ._values import VERSION as _VERSION

__version__ = _VERSION

for _name, _object in list(globals().items()):  # where users find them: in help(), tracebacks and pickles
    if not _name.startswith("_") and str(getattr(_object, "__module__", "")).startswith("pfh."):
        _object.__module__ = "pfh"
