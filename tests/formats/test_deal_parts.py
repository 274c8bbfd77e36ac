"""What a deal's plain data says of one thing; above all what may not be taken out of it again."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from enduse.formats.deal_parts import (
    SUBJECTS,
    Content,
    bound_of,
    items,
    next_id,
    part,
    party_key,
    permits,
    recorders,
    subject,
    taken_away,
    text,
)
from tests.builders import PERMIT, file_with

EVIDENCE = {"id": "e1", "purpose": "military", "grade": "alleged", "source": "press", "recorded_by": "anna"}
CLEARING = {"id": "e2", "purpose": "military", "grade": "clearing", "rebuts": ["e1"], "source": "visit", "recorded_by": "boris"}
NOTICE = {"from": "fstec", "written": "yes", "number": "240/1", "date": "2026-10-20"}
MATCH = {"party": "Lakeside Telecom", "result": "match", "lists": ["UN"], "reason": "same", "by": "anna", "date": "2026-11-01"}
DEPARTURE = {"clause": "3.2", "text": "later", "reason": "urgent", "by": "anna", "date": "2026-11-01"}
EXPLAINED = {"state": "explained", "reason": "the norm", "by": "anna"}
FULL: Content = file_with(
    evidence=[EVIDENCE, CLEARING],
    notices=[NOTICE, {"from": "fstec", "written": "no"}],
    permits=[{**PERMIT, "status": "denied"}, {**PERMIT, "status": "pending", "number": "0413"}],
    indicators={"9": "present", "8": {"state": "present", "reason": "seen", "by": "anna"}, "7": EXPLAINED},
    risk="identified",
    solution={"identification": {"deeper_check": "yes"}},
    contract={"clauses": "rejected"},
    screening=[MATCH],
    departures=[DEPARTURE],
)


def codes(change: Callable[[Content], object], old: Content = FULL) -> list[str]:
    """What is said to be lost when the content is changed so."""
    new = copy.deepcopy(old)
    change(new)
    return [refusal.code for refusal in taken_away(old, new)]


def test_nothing_is_lost_where_nothing_changes() -> None:
    assert taken_away(FULL, copy.deepcopy(FULL)) == ()
    assert taken_away({}, FULL)[-1].code == "deal.reference_kept"
    assert taken_away(file_with(), FULL) == ()


LOST: list[tuple[str, str, Callable[[Content], object]]] = [
    ("evidence taken out", "deal.evidence_kept", lambda new: new["evidence"].pop(0)),
    ("all evidence taken out", "deal.evidence_kept", lambda new: new.pop("evidence")),
    ("a rebuttal taken out", "deal.evidence_kept", lambda new: new["evidence"].pop(1)),
    ("evidence softened", "deal.evidence_kept", lambda new: new["evidence"][0].update(grade="clearing")),
    ("evidence of another purpose", "deal.evidence_kept", lambda new: new["evidence"][0].update(purpose="other_harm")),
    ("evidence under another name", "deal.evidence_kept", lambda new: new["evidence"][0].update(recorded_by="somebody")),
    ("evidence of another id", "deal.evidence_kept", lambda new: new["evidence"][0].update(id="e9")),
    ("ids exchanged", "deal.evidence_kept", lambda new: (new["evidence"][0].update(id="e2"), new["evidence"][1].update(id="e1"))),
    ("evidence that is none any more", "deal.evidence_kept", lambda new: new.update(evidence="none")),
    ("a notice taken out", "deal.notice_kept", lambda new: new["notices"].pop()),
    ("notices exchanged", "deal.notice_kept", lambda new: new["notices"].reverse()),
    ("a notice of another number", "deal.notice_kept", lambda new: new["notices"][0].update(number="1")),
    ("a notice of another day", "deal.notice_kept", lambda new: new["notices"][0].update(date="2027-01-01")),
    ("an oral notice", "deal.notice_kept", lambda new: new["notices"][0].update(written="no")),
    ("a denial taken out", "deal.permit_kept", lambda new: new["permits"].pop(0)),
    ("a denial that was none", "deal.permit_kept", lambda new: new["permits"][0].update(status="granted")),
    ("a denial by somebody else", "deal.permit_kept", lambda new: new["permits"][0].update(authority="other")),
    ("a denial of another number", "deal.permit_kept", lambda new: new["permits"][0].update(number="1")),
    ("an application taken out", "deal.permit_kept", lambda new: new["permits"].pop()),
    ("permits exchanged", "deal.permit_kept", lambda new: new["permits"].reverse()),
    ("permits taken out", "deal.permit_kept", lambda new: new.pop("permits")),
    ("an indicator absent", "deal.indicator_kept", lambda new: new["indicators"].update({"9": "absent"})),
    ("an indicator unknown", "deal.indicator_kept", lambda new: new["indicators"].update({"8": {"state": "unknown"}})),
    ("an indicator excused", "deal.indicator_kept", lambda new: new["indicators"].update({"8": {"state": "excused", "reason": "r", "by": "b"}})),
    ("an indicator taken out", "deal.indicator_kept", lambda new: new["indicators"].pop("9")),
    ("all indicators taken out", "deal.indicator_kept", lambda new: new.pop("indicators")),
    ("an explained indicator absent", "deal.indicator_kept", lambda new: new["indicators"].update({"7": "absent"})),
    ("an explained indicator taken out", "deal.indicator_kept", lambda new: new["indicators"].pop("7")),
    ("a risk that was none", "deal.risk_kept", lambda new: new.update(risk="none")),
    ("a risk taken out", "deal.risk_kept", lambda new: new.pop("risk")),
    ("no deeper check", "deal.deeper_check_kept", lambda new: new["solution"]["identification"].update(deeper_check="no")),
    ("no identification", "deal.deeper_check_kept", lambda new: new["solution"].pop("identification")),
    ("no solution", "deal.deeper_check_kept", lambda new: new.pop("solution")),
    ("clauses unknown", "deal.clauses_kept", lambda new: new["contract"].update(clauses="unknown")),
    ("clauses excused", "deal.clauses_kept", lambda new: new["contract"].update(clauses={"state": "excused", "reason": "r", "by": "b"})),
    ("no contract", "deal.clauses_kept", lambda new: new.pop("contract")),
    ("a match taken out", "deal.screening_kept", lambda new: new.pop("screening")),
    ("a match dismissed", "deal.screening_kept", lambda new: new["screening"][0].update(result="dismissed")),
    ("a match of somebody else", "deal.screening_kept", lambda new: new["screening"][0].update(party="Another")),
    ("a departure taken out", "deal.departure_kept", lambda new: new.pop("departures")),
    ("a departure rewritten", "deal.departure_kept", lambda new: new["departures"][0].update(reason="none")),
    ("another reference", "deal.reference_kept", lambda new: new.update(reference="D-2")),
]


@pytest.mark.parametrize(("code", "change"), [(code, change) for _, code, change in LOST], ids=[said for said, _, _ in LOST])
def test_nothing_adverse_is_taken_away_or_softened(code: str, change: Callable[[Content], object]) -> None:
    assert set(codes(change)) == {code}


KEPT: list[tuple[str, Callable[[Content], object]]] = [
    ("evidence in another order", lambda new: new["evidence"].reverse()),
    ("more evidence", lambda new: new["evidence"].append({**EVIDENCE, "id": "e3"})),
    ("a notice withdrawn", lambda new: new["notices"][0].update(withdrawn={"number": "1", "date": "2026-11-01"})),
    ("what was left out of a notice", lambda new: new["notices"][1].update(number="7", date="2026-10-21")),
    ("another notice", lambda new: new["notices"].append(NOTICE)),
    ("an application granted", lambda new: new["permits"][1].update(status="granted", valid_from="2026-11-01")),
    ("an application denied", lambda new: new["permits"][1].update(status="denied")),
    ("another permit", lambda new: new["permits"].append(PERMIT)),
    ("an indicator explained", lambda new: new["indicators"].update({"9": {"state": "explained", "reason": "the norm", "by": "boris"}})),
    ("an indicator with a reason", lambda new: new["indicators"].update({"9": {"state": "present", "reason": "seen", "by": "boris"}})),
    ("an explanation taken back", lambda new: new["indicators"].update({"7": "present"})),
    ("another explanation", lambda new: new["indicators"].update({"7": {**EXPLAINED, "reason": "another"}})),
    ("clauses agreed", lambda new: new["contract"].update(clauses="agreed")),
    ("another match", lambda new: new["screening"].append({**MATCH, "party": "Nairobi Care Line"})),
    ("another departure", lambda new: new["departures"].insert(0, {**DEPARTURE, "clause": "5.3"})),
    ("what nothing adverse rests on", lambda new: (new.update(title="x", date="2026-11-03"), new["parties"].pop())),
]


@pytest.mark.parametrize("change", [change for _, change in KEPT], ids=[said for said, _ in KEPT])
def test_what_is_added_or_moves_on_is_no_loss(change: Callable[[Content], object]) -> None:
    assert codes(change) == []


def test_several_losses_are_all_told() -> None:
    found = codes(lambda new: (new.pop("evidence"), new.pop("risk"), new["notices"].clear()))
    assert found == ["deal.evidence_kept"] * 2 + ["deal.notice_kept"] * 2 + ["deal.risk_kept"]


STATUSES = ("granted", "pending", "denied", "suspended", "revoked", "")
MAY_FOLLOW = {("pending", "granted"), ("pending", "denied"), ("granted", "suspended"), ("granted", "revoked")}
MAY_FOLLOW |= {("suspended", "granted"), ("suspended", "revoked")}


@pytest.mark.parametrize(("was", "then"), list(itertools.product(STATUSES, STATUSES)))
@pytest.mark.parametrize("spelt", ["permit", "permits", "permit to permits", "permits to permit"])
def test_what_becomes_of_a_permit_however_the_file_has_it(was: str, then: str, spelt: str) -> None:
    one, other = (spelt.split(" to ") * 2)[:2]
    old, new = ({key: permit if key == "permit" else [permit]} for key, permit in ((one, with_status(was)), (other, with_status(then))))
    lost = [refusal.code for refusal in taken_away(old, new)]
    assert (lost == []) == (was == then or not was or (was, then) in MAY_FOLLOW), (was, then)


def with_status(status: str) -> Content:
    return {**PERMIT, "status": status} if status else {key: value for key, value in PERMIT.items() if key != "status"}


def test_a_granted_permit_that_is_gone_is_a_loss_too() -> None:
    assert [one.code for one in taken_away({"permit": PERMIT}, {})] == ["deal.permit_kept"]


# what a check covers

CHANGES: dict[str, Callable[[Content], object]] = {
    "parties": lambda new: new["parties"][0].update(address="Quay 1"),
    "end_use": lambda new: new.update(end_use={"purpose": "calls"}),
    "shipment": lambda new: new.update(shipment={"route": ["RU", "KE"]}),
    "delivery": lambda new: new["delivery"].update(form="saas"),
    "solution.name": lambda new: new["solution"].update(name="Another"),
    "solution.version": lambda new: new["solution"].update(version="9"),
    "quantity": lambda new: new.update(quantity={"units": 3}),
    "payment": lambda new: new.update(payment={"method": "cash"}),
    "title": lambda new: new.update(title="another"),
    "evidence": lambda new: new.update(evidence=[EVIDENCE]),
    "notices": lambda new: new.update(notices=[NOTICE]),
    "checks": lambda new: new.update(checks=[]),
    "contract": lambda new: new["contract"].update(clauses="unknown"),
    "identification": lambda new: new["solution"]["identification"].update(result="listed"),
}


@pytest.mark.parametrize("check", SUBJECTS)
def test_a_check_covers_the_keys_it_names_and_no_other(check: str) -> None:
    before = subject(file_with(), check)
    for key, change in CHANGES.items():
        new = file_with()
        change(new)
        assert (subject(new, check) != before) == (key in SUBJECTS[check]), key


def test_every_check_covers_the_parties_and_one_that_nobody_knows_covers_more() -> None:
    assert all("parties" in keys for keys in SUBJECTS.values())
    assert {key for keys in SUBJECTS.values() for key in keys} <= set(CHANGES)
    for key in ("parties", "end_use", "shipment", "delivery", "solution.name", "solution.version", "quantity", "payment", "identification"):
        new = file_with()
        CHANGES[key](new)
        assert subject(new, "of_an_act") != subject(file_with(), "of_an_act"), key


# who recorded


def test_everybody_whom_the_deal_names_is_a_recorder() -> None:
    content = file_with(
        evidence=[EVIDENCE, CLEARING, {"id": "e3"}],
        indicators={"9": {"state": "explained", "reason": "r", "by": "carla"}, "8": "present"},
        screening=[{**MATCH, "by": "dora"}],
        departures=[{**DEPARTURE, "by": "ella"}],
        contract={"clauses": {"state": "excused", "reason": "r", "by": "fred"}},
        choice={"state": "refuse", "reason": "r", "by": "greta"},
        solution={"identification": {"expert": "hugo"}},
    )
    assert recorders(content) == ("anna", "boris", "carla", "dora", "ella", "fred", "greta", "hugo")


def test_a_recorder_is_named_once_and_nobody_is_no_recorder() -> None:
    assert recorders(
        file_with(evidence=[EVIDENCE, {**EVIDENCE, "id": "e2"}, {"id": "e3", "recorded_by": " \u200b"}, {"id": "e4", "recorded_by": 7}])
    ) == ("anna",)
    assert recorders({}) == ()
    assert recorders({"evidence": "none", "indicators": [], "contract": None, "solution": 1, "choice": "refuse"}) == ()


# what a release binds


def test_a_release_is_bound_to_what_the_deal_says() -> None:
    content = file_with(
        quantity={"units": 400, "of": "video_channels"},
        end_use={"purpose": "passenger flow"},
        shipment={"final_destination": {"country": "UG"}},
        documents=[{"kind": "letter", "number": "1"}, {"kind": "Contract", "number": "7/26", "date": "2026-10-01"}],
    )
    bound = bound_of(content, "patch")
    assert (bound.solution, bound.version, bound.policy, bound.units, bound.of) == ("Slovo", "1.10", "patch", Decimal(400), "video_channels")
    assert bound.parties == (("counterparty", "Lakeside Telecom", "KE"), ("end_user", "Nairobi Care Line", "KE"))
    assert (bound.purpose, bound.country, bound.contract) == ("passenger flow", "UG", "7/26 2026-10-01")


def test_what_a_deal_leaves_out_binds_to_the_least() -> None:
    bound = bound_of({}, "minor")
    assert (bound.units, bound.parties, bound.country, bound.contract, bound.policy) == (Decimal(1), (), "", "", "minor")
    assert bound_of(file_with(quantity={"units": "many"}), "exact").units == 1
    assert bound_of(file_with(contract={"end_use_purpose": "calls"}), "exact").purpose == "calls"
    assert bound_of(file_with(), "exact").country == "KE"


@pytest.mark.parametrize("held", [{"permit": PERMIT}, {"permits": [PERMIT]}])
def test_where_a_permit_carries_it_only_its_very_version_goes(held: Content) -> None:
    assert bound_of(file_with(**held), "minor").policy == "exact"


def test_any_change_of_what_is_bound_makes_another_bound() -> None:
    before = bound_of(file_with(), "patch")
    for key in ("parties", "end_use", "solution.name", "solution.version", "quantity"):
        new = file_with()
        if key == "parties":
            new["parties"][0]["name"] = "Another"
        else:
            CHANGES[key](new)
        assert bound_of(new, "patch") != before, key
    assert bound_of(file_with(parties=list(reversed(file_with()["parties"]))), "patch") == before


# small parts


def test_what_is_no_list_and_no_mapping_is_empty() -> None:
    assert items({"a": [1, {"b": 2}, None]}, "a") == [{"b": 2}]
    assert items({"a": {"b": 2}}, "a") == items({}, "a") == []
    assert part({"a": {"b": {"c": 1}}}, "a", "b") == {"c": 1}
    assert part({"a": 1}, "a", "b") == part({}, "a") == {}
    assert text({"a": {"b": " x\u200b "}}, "a", "b") == "x"
    assert text({"a": {"b": 1}}, "a", "b") == text({}, "a") == ""
    assert permits({"permit": {"number": "1"}}) == permits({"permits": [{"number": "1"}]}) == [{"number": "1"}]
    assert permits({"permit": None, "permits": None}) == []


def test_a_party_is_known_by_role_name_and_country() -> None:
    assert party_key({"role": "owner", "name": " A\u200b ", "country": "KE"}) == ("owner", "A", "KE")
    assert party_key({"role": "owner", "name": "A", "citizenship": ["RU", "KE"], "country": "XX"}) == ("owner", "A", "RU/KE")
    assert party_key({}) == ("", "", "")


def test_the_next_id_is_free() -> None:
    assert next_id({}) == "e1"
    assert next_id({"evidence": [{"id": "e1"}, {"id": "e3"}]}) == "e2"
    assert next_id({"evidence": [{"id": " e1 "}, {"id": 2}, {"id": "e2"}]}) == "e3"


def test_the_content_itself_is_left_as_it_was() -> None:
    before: Any = copy.deepcopy(FULL)
    for word in SUBJECTS:
        subject(FULL, word)
    recorders(FULL), bound_of(FULL, "patch"), taken_away(FULL, {})
    assert before == FULL
