"""Release: what a deal must fulfil to go, what a release binds, and what a delivery may draw on it (5.2, 5.3, readings 9, 15).

`GUARDS` is the whole law of the door: each looks at one thing and says why not. Nothing is released unless all are silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from enduse.domain.approval import Signature, same_hands
from enduse.domain.deal import visible
from enduse.domain.refusals import Refusal
from enduse.domain.rules import Effect

Policy = Literal["exact", "patch", "minor"]
POLICIES: tuple[Policy, ...] = ("exact", "patch", "minor")
RECEIVES = ("counterparty", "end_user", "intermediary", "consignee")  # neither who only pays nor who only owns
UNSTATED_UNITS = Decimal(1)  # a deal that states no quantity is for one
SMALLEST_UNITS, MOST_DIGITS = Decimal("0.0001"), 16  # of what one delivery may draw


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that the door looks at, as it stands at this moment."""

    reference: str
    closed: str  # refused | withdrawn; empty while the deal is open
    stands: str  # the fingerprint of what stands now
    outcome: Effect  # for the day that the deal names
    today: Effect  # for today
    preparers: frozenset[int]
    recorders: tuple[str, ...]
    stale_checks: tuple[str, ...]
    holds: tuple[int, ...]
    submission: Signature | None
    approval: Signature | None
    rejected: bool
    live: bool  # a release stands already
    unsigned: bool = False  # an identification is stated that no expert signed here as it stands
    unvouched: tuple[str, ...] = ()  # the verbs of stages that a file answered and nobody with that power stands for
    unattached: tuple[str, ...] = ()  # attachments named by the deal that are not there
    unscreened: tuple[str, ...] = ()  # parties, also of before, that are not searched for as is demanded, or of which a hit is open


Guard = Callable[[Case], Refusal | None]


def is_open(case: Case) -> Refusal | None:
    """A deal that was refused or withdrawn stays so."""
    return Refusal("release.closed", {"reference": case.reference, "how": case.closed}) if case.closed else None


def is_decided(case: Case) -> Refusal | None:
    """The decision for the deal's own day releases."""
    return None if case.outcome.releases else Refusal("release.outcome", {"outcome": case.outcome.name})


def is_decided_today(case: Case) -> Refusal | None:
    """The decision for today releases: permits are in force, nothing has come up."""
    return None if case.today.releases else Refusal("release.outcome_today", {"outcome": case.today.name})


def is_checked(case: Case) -> Refusal | None:
    """Every check was made of what stands, and not too long ago."""
    return Refusal("release.stale_checks", {"checks": ", ".join(case.stale_checks)}) if case.stale_checks else None


def is_screened(case: Case) -> Refusal | None:
    """Where searches are demanded every party was searched for and no hit is open, whatever the outcome and whatever is stated."""
    return Refusal("release.unscreened", {"parties": "; ".join(name or "—" for name in case.unscreened)}) if case.unscreened else None


def is_identified(case: Case) -> Refusal | None:
    """What identification found was signed here by an expert, of the solution as it stands."""
    return Refusal("release.unsigned_identification") if case.unsigned else None


def is_vouched(case: Case) -> Refusal | None:
    """Somebody with the power of each stage stands for what a file answered in it."""
    return Refusal("release.unvouched", {"verb": ", ".join(case.unvouched)}) if case.unvouched else None


def is_not_held(case: Case) -> Refusal | None:
    """No hold is open."""
    return Refusal("release.held", {"holds": ", ".join(map(str, case.holds))}) if case.holds else None


def is_attached(case: Case) -> Refusal | None:
    """Every file that evidence names is kept with the deal."""
    return Refusal("release.unattached", {"files": ", ".join(case.unattached)}) if case.unattached else None


def is_submitted(case: Case) -> Refusal | None:
    """What stands was put forward by a first person."""
    if case.submission is None:
        return Refusal("release.not_submitted")
    return None if case.submission.fingerprint == case.stands else Refusal("release.stale_submission")


def is_approved(case: Case) -> Refusal | None:
    """An approver's last word is yes, given after the deal was last put forward."""
    if case.rejected:
        return Refusal("release.rejected")
    if case.approval is None or (case.submission is not None and case.approval.order < case.submission.order):
        return Refusal("release.not_approved")
    return None if case.approval.held_role else Refusal("release.no_role")


def is_current(case: Case) -> Refusal | None:
    """The approval signs what stands."""
    if case.approval is None or case.approval.fingerprint == case.stands:
        return None
    return Refusal("release.stale_approval")


def is_by_others(case: Case) -> Refusal | None:
    """The approver is none of those who prepared the deal, by whatever account, substitute or role."""
    if case.approval is None:
        return None
    return same_hands(case.approval.hands, case.approval.names, case.preparers, case.recorders)


def is_new(case: Case) -> Refusal | None:
    """There is no release already."""
    return Refusal("release.already", {"reference": case.reference}) if case.live else None


# what must hold before anybody is asked to approve; what the approval must be; and both, for the door
READY: tuple[Guard, ...] = (is_open, is_decided, is_decided_today, is_checked, is_screened, is_identified, is_vouched, is_not_held, is_attached)
SIGNED: tuple[Guard, ...] = (is_submitted, is_approved, is_current, is_by_others)
GUARDS: tuple[Guard, ...] = (*READY, *SIGNED, is_new)
STANDS: tuple[Guard, ...] = (*READY, *SIGNED)


def refusals(case: Case, guards: Iterable[Guard]) -> tuple[Refusal, ...]:
    """Why not: the answer of every guard that objects, in their order; empty where none does."""
    return tuple(refusal for guard in guards if (refusal := guard(case)) is not None)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a release is bound to: a change of any of it reopens the deal (reading 9)."""

    solution: str
    version: str
    policy: Policy
    parties: tuple[tuple[str, str, str], ...]  # role, name, country or citizenships
    units: Decimal
    of: str
    purpose: str
    country: str
    contract: str

    def as_data(self) -> dict[str, object]:
        """Plain data, for a row and for a fingerprint."""
        return {
            "solution": self.solution,
            "version": self.version,
            "policy": self.policy,
            "parties": [list(party) for party in self.parties],
            "units": format(self.units, "f"),
            "of": self.of,
            "purpose": self.purpose,
            "country": self.country,
            "contract": self.contract,
        }

    @staticmethod
    def from_data(data: Mapping[str, object]) -> Bound:
        """The value of `as_data` again. Raises KeyError or ValueError where it is not one."""
        parties = data["parties"]
        assert isinstance(parties, list)
        policy = str(data["policy"])
        return Bound(
            solution=str(data["solution"]),
            version=str(data["version"]),
            policy=POLICIES[POLICIES.index(policy)],
            parties=tuple((str(role), str(name), str(country)) for role, name, country in parties),
            units=Decimal(str(data["units"])),
            of=str(data["of"]),
            purpose=str(data["purpose"]),
            country=str(data["country"]),
            contract=str(data["contract"]),
        )


def covers_version(bound: str, version: str, policy: Policy) -> bool:
    """Whether a release for `bound` covers `version`: the same text, or under `patch` and `minor` a later part of it may differ.

    `patch`: 3.2 covers 3.2 and 3.2.x. `minor`: 3.2 covers 3.x. Versions that are no dotted numbers are covered only exactly.
    """
    one, other = visible(bound), visible(version)
    if one == other:
        return True
    parts, others = one.split("."), other.split(".")
    if policy == "exact" or not all(part.isascii() and part.isdigit() for part in (*parts, *others)):
        return False
    kept = 2 if policy == "patch" else 1
    # INVARIANT: numbers compare as numbers, and nothing before the release's own version is covered
    wanted, offered = [_number(part) for part in parts], [_number(part) for part in others]
    return wanted[:kept] == offered[:kept] and len(offered) >= min(kept, len(wanted)) and offered >= wanted


def _number(digits: str) -> tuple[int, str]:
    """A whole number as compared, however long it is."""
    plain = digits.lstrip("0")
    return len(plain), plain


def _countable(units: Decimal) -> bool:
    """Whether a quantity is above zero and can be kept as it is: nothing so small that it would be rounded away."""
    return units.is_finite() and units > 0 and SMALLEST_UNITS.adjusted() <= int(units.as_tuple().exponent) and units.adjusted() < MOST_DIGITS


def delivery_refusals(bound: Bound, *, version: str, units: Decimal, recipient: str, used: Decimal) -> tuple[Refusal, ...]:
    """Why a delivery may not draw on a release: another version, more than is left, somebody else."""
    found = []
    if not covers_version(bound.version, version, bound.policy):
        found.append(Refusal("delivery.version", {"version": version, "bound": bound.version, "policy": bound.policy}))
    if not _countable(units):
        found.append(Refusal("delivery.units", {"units": str(units)}))
    elif used + units > bound.units:
        found.append(
            Refusal("delivery.quantity", {"units": format(units, "f"), "left": format(bound.units - used, "f"), "bound": format(bound.units, "f")})
        )
    if visible(recipient) not in {visible(name) for role, name, _ in bound.parties if role in RECEIVES}:
        found.append(Refusal("delivery.recipient", {"recipient": recipient}))
    return tuple(found)
