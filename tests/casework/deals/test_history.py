"""Reading what became of a deal: versions, decisions, checks, and the ledger's records with the outcome before each."""

from __future__ import annotations

import pytest

from enduse.casework.deals import history
from enduse.casework.deals.actions import approving, evidence, files, stages
from enduse.casework.people.actor import Actor
from tests.casework.cast import held, imported

pytestmark = pytest.mark.django_db


def test_what_changed_since_a_version_is_told_by_whom(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal.pk
    stages.identify_risk(deal, by=cast["anna"], seen=1, reason="fronts")
    stages.depart(deal, by=cast["oleg"], seen=2, clause="5.2", text="t", reason="r")
    assert [(change.number, change.by, change.keys) for change in history.changed_since(held(deal), 1)] == [
        (2, "Anna", ("risk",)),
        (3, "Oleg", ("departures",)),
    ]
    assert history.changed_since(held(deal), 3) == []


def test_the_version_that_was_signed_last_is_found_where_it_is_another(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"])
    assert history.signed_before(deal) is None
    approving.submit(deal.deal.pk, by=cast["anna"], seen=deal.decided.signed)
    assert history.signed_before(held(deal.deal.pk)) is None
    stages.identify_risk(deal.deal.pk, by=cast["anna"], seen=1, reason="fronts")
    before = history.signed_before(held(deal.deal.pk))
    assert before is not None
    assert before.number == 1


def test_checks_are_done_stale_or_not_done(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"], checks=["wmd", "notice"])
    states = {check.word: (check.state, check.stage) for check in history.checks(deal)}
    assert states["wmd"] == ("done", "evidence")
    assert states["screening"] == ("not_done", "screening")


def test_records_name_the_outcome_before_also_across_pages(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal.pk
    for number in range(4):
        files.comment(deal, by=cast["anna"], text=str(number))
    evidence.record_evidence(deal, by=cast["anna"], seen=1, purpose="military", grade="concern", source="press")
    found, older = history.events(deal, size=2)
    assert older
    assert [(event.kind, event.was, event.outcome) for event in found] == [
        ("deal.evidence_recorded", "proceed", "hold"),
        ("deal.commented", "", ""),
    ]
    rest, older = history.events(deal, before=found[-1].index)
    assert [event.kind for event in rest] == ["deal.commented"] * 3 + ["deal.imported"]
    assert not older


def test_whoever_acted_is_named_and_a_hand_over_names_to_whom(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal.pk
    files.hand_over(deal, by=cast["anna"], to=cast["elena"].person or 0)
    event = history.events(deal)[0][0]
    assert (event.by, (event.body or {})["to"]) == ("Anna", "Elena")


def test_holds_lifted_ones_too_and_nothing_delivered_yet(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal.pk
    hold = approving.hold(deal, by=cast["anna"], reason="r", ends_when="e")
    approving.lift_hold(deal, by=cast["boris"], hold=hold.pk, evidence="minutes")
    assert [row.lift.evidence for row in history.holds(held(deal))] == ["minutes"]
    assert not (history.deliveries(held(deal)) or history.entries(held(deal)) or history.outdated(held(deal)))
    assert history.used(held(deal)) == 0
    assert [decision.outcome for decision in history.decisions(held(deal))] == ["proceed"]
