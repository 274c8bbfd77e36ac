"""Release: each guard alone, what a release binds, which versions it covers, and what may be delivered."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enduse.domain import release as law
from enduse.domain.approval import Signature
from enduse.domain.release import GUARDS, POLICIES, READY, SIGNED, STANDS, Bound, Case, Policy, covers_version, delivery_refusals, refusals
from enduse.domain.rules import Effect

ASKED = Signature("now", frozenset({1}), order=1)
SIGNED_BY = Signature("now", frozenset({2}), ("Boris",), order=2)
GOOD = Case(
    reference="D-1",
    closed="",
    stands="now",
    outcome=Effect.proceed,
    today=Effect.proceed,
    preparers=frozenset({1}),
    recorders=("Anna",),
    stale_checks=(),
    holds=(),
    submission=ASKED,
    approval=SIGNED_BY,
    rejected=False,
    live=False,
)


def case(**changes: Any) -> Case:
    """A case in which all is well but for what is changed."""
    return replace(GOOD, **changes)


BAD: list[tuple[law.Guard, dict[str, Any], str]] = [
    (law.is_open, {"closed": "refused"}, "release.closed"),
    (law.is_decided, {"outcome": Effect.hold}, "release.outcome"),
    (law.is_decided, {"outcome": Effect.incomplete}, "release.outcome"),
    (law.is_decided_today, {"today": Effect.refuse}, "release.outcome_today"),
    (law.is_checked, {"stale_checks": ("wmd", "notice")}, "release.stale_checks"),
    (law.is_screened, {"unscreened": ("Lakeside Telecom",)}, "release.unscreened"),
    (law.is_identified, {"unsigned": True}, "release.unsigned_identification"),
    (law.is_vouched, {"unvouched": ("deal.indicate",)}, "release.unvouched"),
    (law.is_not_held, {"holds": (4,)}, "release.held"),
    (law.is_attached, {"unattached": ("sha256:f",)}, "release.unattached"),
    (law.is_submitted, {"submission": None}, "release.not_submitted"),
    (law.is_submitted, {"submission": replace(ASKED, fingerprint="before")}, "release.stale_submission"),
    (law.is_approved, {"approval": None}, "release.not_approved"),
    (law.is_approved, {"rejected": True}, "release.rejected"),
    (law.is_approved, {"submission": replace(ASKED, order=3)}, "release.not_approved"),
    (law.is_approved, {"approval": replace(SIGNED_BY, held_role=False)}, "release.no_role"),
    (law.is_current, {"approval": replace(SIGNED_BY, fingerprint="before")}, "release.stale_approval"),
    (law.is_by_others, {"preparers": frozenset({1, 2})}, "approval.same_hands"),
    (law.is_by_others, {"recorders": ("Anna", "BORIS")}, "approval.named_in_deal"),
    (law.is_new, {"live": True}, "release.already"),
]


def test_where_all_is_well_nobody_objects() -> None:
    assert refusals(GOOD, GUARDS) == ()
    assert refusals(case(outcome=Effect.not_export, today=Effect.not_export), GUARDS) == ()


@pytest.mark.parametrize(("guard", "changes", "code"), BAD, ids=[code for _, _, code in BAD])
def test_each_guard_objects_alone(guard: law.Guard, changes: dict[str, Any], code: str) -> None:
    answer = guard(case(**changes))
    assert answer
    assert answer.code == code
    assert [one.code for one in refusals(case(**changes), GUARDS)] == [code]
    assert refusals(case(**changes), [other for other in GUARDS if other is not guard]) == ()


def test_every_guard_has_a_case_here_and_the_door_asks_all_of_them() -> None:
    assert {guard for guard, _, _ in BAD} == set(GUARDS)
    assert set(STANDS) == set(READY) | set(SIGNED) == set(GUARDS) - {law.is_new}
    assert len(set(GUARDS)) == len(GUARDS)


@pytest.mark.parametrize("effect", list(Effect))
def test_only_what_releases_is_released(effect: Effect) -> None:
    assert (law.is_decided(case(outcome=effect)) is None) == (effect in (Effect.proceed, Effect.not_export))
    assert (law.is_decided_today(case(today=effect)) is None) == (effect in (Effect.proceed, Effect.not_export))


def test_all_objections_are_told_in_the_order_of_the_guards() -> None:
    everything: dict[str, Any] = {}
    for _, changes, _ in reversed(BAD):
        everything |= changes
    codes = [one.code for one in refusals(case(**everything), GUARDS)]
    assert codes[:4] == ["release.closed", "release.outcome", "release.outcome_today", "release.stale_checks"]
    assert codes[4:8] == ["release.unscreened", "release.unsigned_identification", "release.unvouched", "release.held"]
    assert codes[-1] == "release.already"


def test_a_refusal_says_what_it_is_about() -> None:
    assert dict(refusals(case(holds=(4, 7)), GUARDS)[0].values) == {"holds": "4, 7"}
    assert dict(refusals(case(stale_checks=("wmd", "notice")), GUARDS)[0].values) == {"checks": "wmd, notice"}
    assert dict(refusals(case(unscreened=("A", "")), GUARDS)[0].values) == {"parties": "A; —"}
    for lang in ("ru", "en"):
        for _, changes, _ in BAD:
            assert refusals(case(**changes), GUARDS)[0].text(lang)


# versions


def covered(bound: str, version: str, policy: Policy) -> bool:
    """The slow oracle: what the docstring says, in words."""
    if bound.strip() == version.strip():
        return True
    if policy == "exact":
        return False
    numbers = []
    for text in (bound, version):
        pieces = text.strip().split(".")
        for piece in pieces:
            if not piece or any(letter not in "0123456789" for letter in piece):
                return False
        numbers.append([int(piece) for piece in pieces])
    ours, theirs = numbers
    fixed = 1 if policy == "minor" else 2
    for place in range(fixed):
        if place < len(ours) and (place >= len(theirs) or ours[place] != theirs[place]):
            return False
        if place >= len(ours) and place < len(theirs):
            return False  # 3 under `patch` says nothing of 3.1
    for place in range(max(len(ours), len(theirs))):
        our = ours[place] if place < len(ours) else -1
        their = theirs[place] if place < len(theirs) else -1
        if our != their:
            return their > our
    return True


PIECES = st.sampled_from(["0", "1", "2", "3", "9", "10", "01", "", "x", "-1", "²", "٣"])
VERSIONS = st.lists(PIECES, min_size=1, max_size=4).map(".".join)


@given(bound=VERSIONS, version=VERSIONS, policy=st.sampled_from(POLICIES))
@example(bound="3.2", version="3.2.1", policy="patch")
@example(bound="3", version="3.1", policy="patch")
@example(bound="3", version="3", policy="patch")
def test_a_version_is_covered_as_the_slow_oracle_says(bound: str, version: str, policy: Policy) -> None:
    assert covers_version(bound, version, policy) == covered(bound, version, policy)


@given(bound=VERSIONS, version=VERSIONS)
def test_a_looser_policy_covers_all_that_a_stricter_one_does(bound: str, version: str) -> None:
    exact, patch, minor = (covers_version(bound, version, policy) for policy in POLICIES)
    assert exact <= patch <= minor


@pytest.mark.parametrize(
    ("bound", "version", "policy", "expected"),
    [
        ("3.2", "3.2", "exact", True),
        ("3.2", " 3.2 ", "exact", True),
        ("3.2", "3.2.0", "exact", False),
        ("3.2", "3.2.7", "patch", True),
        ("3.2.4", "3.2.7", "patch", True),
        ("3.2.4", "3.2.3", "patch", False),
        ("3.2.4", "3.2", "patch", False),
        ("3.2", "3.3", "patch", False),
        ("3.2", "3.20", "patch", False),
        ("3.2", "3.3", "minor", True),
        ("3.2", "3.10", "minor", True),
        ("3.2", "3.1", "minor", False),
        ("3.2", "4.0", "minor", False),
        ("3", "3.5", "minor", True),
        ("2026-11", "2026-11.1", "minor", False),
        ("3.2", "3.2b", "minor", False),
        ("", "", "exact", True),
        ("", "1", "minor", False),
    ],
)
def test_versions_that_people_would_ask_about(bound: str, version: str, policy: Policy, expected: bool) -> None:
    assert covers_version(bound, version, policy) is expected


def test_a_version_may_be_as_long_as_it_likes() -> None:
    long = "9" * 5_000  # more digits than Python makes a number of
    for version, expected in ((f"3.2.{long}", True), (f"3.{long}", False), (f"3.2.{'0' * 5_000}1", True), (f"{'0' * 5_000}3.2", True)):
        assert covers_version("3.2", version, "patch") is expected
    assert covers_version(f"3.2.{long}", f"3.2.1{long}", "patch")
    assert not covers_version(f"3.2.1{long}", f"3.2.{long}", "patch")


# deliveries

BOUND = Bound(
    solution="Slovo",
    version="3.2",
    policy="patch",
    parties=(("end_user", "Nairobi Care Line", "KE"), ("payer", "Payer Ltd", "AE")),
    units=Decimal(10),
    of="seats",
    purpose="calls",
    country="KE",
    contract="7/26",
)


def why_not(**changes: Any) -> list[str]:
    asked: dict[str, Any] = {"version": "3.2", "units": Decimal(4), "recipient": "Nairobi Care Line", "used": Decimal(6)}
    return [refusal.code for refusal in delivery_refusals(BOUND, **asked | changes)]


def test_a_delivery_draws_on_what_is_left() -> None:
    assert why_not() == []
    assert why_not(units=Decimal("4.0001")) == ["delivery.quantity"]
    assert why_not(used=Decimal(10), units=Decimal("0.0001")) == ["delivery.quantity"]


@pytest.mark.parametrize("units", ["0", "-1", "NaN", "sNaN", "Infinity", "-Infinity", "0.00009", "1.00005", "1E-40", "-0", "1E+16", "1E+999999"])
def test_a_delivery_is_of_something(units: str) -> None:
    assert why_not(units=Decimal(units)) == ["delivery.units"]


def test_no_delivery_is_so_small_that_it_counts_as_none() -> None:
    assert why_not(units=Decimal("0.0001")) == []
    assert why_not(used=Decimal(10), units=Decimal("1E-30")) == ["delivery.units"]


def test_a_delivery_goes_to_a_party_that_is_no_mere_payer() -> None:
    assert why_not(recipient=" Nairobi Care Line\u200b") == []
    for recipient in ("Payer Ltd", "nairobi care line", "", "Somebody"):
        assert why_not(recipient=recipient) == ["delivery.recipient"]


def test_a_delivery_is_of_a_version_that_is_covered() -> None:
    assert why_not(version="3.2.9") == []
    assert why_not(version="3.3") == ["delivery.version"]
    assert why_not(version="3.3", units=Decimal(0), recipient="x") == ["delivery.version", "delivery.units", "delivery.recipient"]


def test_what_a_release_binds_comes_back_from_its_row() -> None:
    assert Bound.from_data(BOUND.as_data()) == BOUND
    assert BOUND.as_data()["units"] == "10"
    with pytest.raises(ValueError, match="tuple"):
        Bound.from_data(BOUND.as_data() | {"policy": "anything"})
    with pytest.raises(KeyError):
        Bound.from_data({})
