"""A deal as the engine sees it: parties, solution, evidence, notices, permits and what was stated. All frozen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

YesNoUnknown = Literal["yes", "no", "unknown"]
YesNo = Literal["yes", "no"]
Role = Literal["counterparty", "end_user", "intermediary", "consignee", "payer", "owner"]
Kind = Literal["company", "person", "state"]
Form = Literal["saas", "api", "on_premises", "device", "weights", "source_code", "ip_rights", "development", "other"]
Purpose = Literal["wmd", "terrorism", "military", "other_harm"]
Grade = Literal["alleged", "concern", "confirmed", "clearing"]
Listing = Literal["not_listed", "listed", "not_done"]
PermitStatus = Literal["granted", "pending", "denied", "suspended", "revoked"]
Trigger = Literal["wmd", "terrorism", "military", "notice", "deeper_check", "risk", "indicator_8"]
IndicatorState = Literal["absent", "present", "explained", "excused", "unknown"]
ClausesState = Literal["agreed", "rejected", "unknown", "excused"]
Risk = Literal["none", "identified"]
Choice = Literal["section_4", "refuse"]
Suitability = Literal["nuclear", "missile", "chemical_biological", "military_intelligence"]


# what takes no room on paper: controls, marks that turn or join text, fillers
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """The text without what cannot be seen, and without spaces around it: nothing hidden makes two texts of one, or a text of none."""
    text = text.strip()
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text).strip()


def given(text: str | None) -> str | None:
    """The text without spaces around it; None where nothing that can be seen is left."""
    if text is None:
        return None
    text = text.strip()
    return text if visible(text) else None


@dataclass(frozen=True, slots=True)
class Party:
    """A named participant. A company's or state's `country`, a person's `citizenship` (empty: stateless); None is unknown."""

    role: Role
    name: str | None = None
    kind: Kind | None = None
    country: str | None = None
    citizenship: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ControlListEntry:
    """An entry of a control list: the list's number and the entry's."""

    list: str
    entry: str


@dataclass(frozen=True, slots=True)
class Identification:
    """The signed comparison of the solution with the control lists (1.3)."""

    result: Listing = "not_done"
    entries: tuple[ControlListEntry, ...] = ()
    deeper_check: YesNo = "no"


@dataclass(frozen=True, slots=True)
class Solution:
    """The AI solution that is to go."""

    name: str | None = None
    version: str | None = None
    civil_only: YesNoUnknown = "unknown"
    hardware: YesNoUnknown = "unknown"
    suitable_for: Mapping[Suitability, YesNoUnknown] = field(default_factory=dict)
    identification: Identification = Identification()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item of what is known of a purpose; `rebuts` names the items that a clearing one answers."""

    id: str
    purpose: Purpose
    grade: Grade
    party: str | None = None
    source: str | None = None
    recorded_by: str | None = None
    rebuts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The withdrawal of a notice; both are needed for it to count."""

    number: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What FSTEC said of the deal, in writing or orally (4.3)."""

    written: bool
    number: str | None = None
    date: dt.date | None = None
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a permit, and whether it is met."""

    text: str | None
    met: bool


@dataclass(frozen=True, slots=True)
class Permit:
    """A permit, an application or a denial, as recorded."""

    authority: str | None = None
    status: PermitStatus | None = None
    number: str | None = None
    date: dt.date | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    parties: tuple[str, ...] = ()
    solution: str | None = None
    version: str | None = None
    covers: frozenset[str] = frozenset()
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person stated of an indicator or of the contract clauses, with reason and name where it needs them."""

    state: str
    reason: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the deal rests on (5.3)."""

    kind: str | None = None
    number: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """Everything a decision is made of. What is left out is unknown or not done, never fine."""

    reference: str
    solution: Solution = Solution()
    form: Form = "other"
    recipient_can_modify: YesNoUnknown = "unknown"
    parties: tuple[Party, ...] = ()
    checks: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    notices: tuple[Notice, ...] = ()
    permits: tuple[Permit, ...] = ()
    indicators: Mapping[str, Stated] = field(default_factory=dict)
    risk: Risk = "none"
    choice: Choice = "section_4"
    clauses: Stated = Stated("unknown")
    documents: tuple[Document, ...] = ()
    record_excuse: str | None = None
    title: str | None = None
    date: dt.date | None = None
    digest: str = ""  # of everything the deal file says, also of what no rule reads
