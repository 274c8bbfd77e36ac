"""Keeping a deal: every change a version that is decided at once, with all that follows from it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from enduse.casework.deals.actions import approving, files, filing, releasing, stages
from enduse.casework.deals.keeping import STAGES, about, reasoned
from enduse.casework.deals.models import Check, Decision, Link, Version
from enduse.casework.ledger.models import Record
from enduse.casework.parties.models import Party
from enduse.casework.people.actor import Actor
from enduse.casework.solutions.models import Solution
from enduse.domain.refusals import Refused, Stale
from enduse.formats.problems import BadInput
from enduse.stores.editions import load_edition
from tests.builders import PERMIT, file_with
from tests.casework.calls import released
from tests.casework.cast import held, imported
from tests.casework.deals.stories import CONCERN, later, ready, submit
from tests.casework.tables import changed, dump

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def test_every_change_is_a_version_that_is_decided(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    for number, title in enumerate(("two", "three"), 2):
        kept = stages.intake(deal, by=cast["anna"], seen=number - 1, changes={"title": title})
        assert kept.version == number
    assert list(Version.objects.filter(deal=deal).order_by("number").values_list("number", "kind")) == [
        (1, "deal.imported"),
        (2, "deal.intake_saved"),
        (3, "deal.intake_saved"),
    ]
    assert Decision.objects.filter(deal=deal).count() == 3
    last = Decision.objects.latest("pk")
    assert (last.version.number, last.signed, last.outcome) == (3, held(deal).decided.signed, "proceed")
    assert Version.objects.get(number=1).content == file_with(date=None)


def test_what_is_no_deal_any_more_is_not_kept(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    before = dump()
    with pytest.raises(BadInput):
        stages.intake(deal, by=cast["anna"], seen=1, changes={"parties": "none"})
    with pytest.raises(Refused, match=r"deal\.unchanged"):
        stages.intake(deal, by=cast["anna"], seen=1, changes={"title": file_with()["title"]})
    for seen in (0, 2):
        with pytest.raises(Stale, match=r"deal\.stale"):
            stages.intake(deal, by=cast["anna"], seen=seen, changes={"title": "x"})
    assert changed(before, dump()) == []


def test_parties_and_solution_are_tied_to_their_records(cast: Cast) -> None:
    one, other = imported(cast["anna"]).deal, imported(cast["anna"], reference="D-2").deal
    assert (Party.objects.count(), Solution.objects.count(), Link.objects.count()) == (2, 1, 6)
    parties = [file_with()["parties"][0], {"role": "end_user", "name": "Kisumu Line", "kind": "company", "country": "KE"}]
    stages.intake(one.pk, by=cast["anna"], seen=1, changes={"parties": parties}, solution={"name": "Glas"})
    assert set(Link.objects.filter(deal=one).values_list("role", "name_key")) == {
        ("counterparty", "Lakeside Telecom · KE"),
        ("end_user", "Kisumu Line · KE"),
        ("solution", "Glas"),
    }
    assert Link.objects.filter(deal=other).count() == 3
    assert (Party.objects.count(), Solution.objects.count()) == (3, 2)


def test_a_party_that_comes_drops_the_checks_and_what_screening_found_of_parties_that_changed(cast: Cast) -> None:
    found = [
        {"party": name, "result": "no_match", "lists": ["UN"], "reason": "read", "by": "anna", "date": "2026-11-01"}
        for name in ("Lakeside Telecom", "Nairobi Care Line")
    ]
    deal = imported(cast["anna"], screening=found).deal.pk
    parties = [{**file_with()["parties"][0], "address": "Quay 1"}, file_with()["parties"][1]]
    stages.intake(deal, by=cast["anna"], seen=1, changes={"parties": parties})
    content = held(deal).content
    assert content["checks"] == []
    assert [row["party"] for row in content["screening"]] == ["Nairobi Care Line"]
    assert Check.objects.filter(deal=deal, check_word__in=file_with()["checks"]).count() == 7  # that they were made stays on record


def test_only_the_checks_that_looked_at_it_are_dropped(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    stages.intake(deal, by=cast["anna"], seen=1, changes={"payment": {"method": "cash"}})
    assert set(file_with()["checks"]) - set(held(deal).content["checks"]) == {"risk_assessment"}
    stages.intake(deal, by=cast["anna"], seen=2, changes={"title": "two"})
    assert len(held(deal).content["checks"]) == 6


def test_the_row_shows_what_stands(cast: Cast) -> None:
    deal = imported(cast["anna"], title="Голос для «Ромашки»").deal
    assert (deal.counterparty, deal.country, deal.solution, deal.version, deal.missing) == ("Lakeside Telecom", "KE", "Slovo 1.10", 1, 0)
    assert "голос для «ромашки»" in deal.search
    assert "nairobi care line" in deal.search


def test_status_and_stage_along_the_road(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk

    def stands() -> tuple[str, str]:
        row = held(deal).deal
        return row.status, row.stage

    seen = [stands()]
    submit(cast, deal)
    seen.append(stands())
    approving.approve(deal, by=cast["boris"], seen=held(deal).decided.signed)
    seen.append(stands())
    releasing.release(deal, by=cast["anna"])
    seen.append(stands())
    releasing.stop_deliveries(deal, by=cast["anna"], reason="odd")
    seen.append(stands())
    assert seen == [("open", "approval"), ("submitted", "approval"), ("approved", "release"), ("released", "monitoring"), ("stopped", "monitoring")]


def test_the_stage_is_the_first_that_still_asks(cast: Cast) -> None:
    facts = load_edition().facts
    assert {fact.stage for fact in facts.values() if fact.stage} <= set(STAGES)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"delivery": {"recipient_can_modify": "unknown"}}, "determination"),
        ({"solution": {"identification": {"result": "not_done"}}}, "identification"),
        ({"indicators": {"8": "unknown"}}, "indicators"),
        ({"contract": {"clauses": "unknown"}}, "clauses"),
        ({"evidence": [CONCERN]}, "decision"),
    )
    for number, (changes, stage) in enumerate(cases):
        assert imported(cast["anna"], reference=f"S-{number}", **changes).deal.stage == stage, changes


def test_a_closed_deal_is_in_the_register(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    filing.refuse_deal(deal, by=cast["anna"], seen=1, reason="vague")
    assert (held(deal).deal.status, held(deal).deal.stage) == ("refused", "register")


def test_the_day_on_which_time_may_change_something_is_due(cast: Cast) -> None:
    assert str(imported(cast["anna"]).deal.due) == "2027-02-01"  # the checks, after ninety days
    today = {**PERMIT, "valid_from": "2026-11-02", "valid_until": "2026-11-20"}
    assert str(imported(cast["anna"], reference="D-2", permits=[today]).deal.due) == "2026-11-21"
    ahead = {**PERMIT, "valid_from": "2026-11-10", "valid_until": "2026-11-20"}
    assert str(imported(cast["anna"], reference="D-3", permits=[ahead]).deal.due) == "2026-11-10"
    assert imported(cast["anna"], reference="D-4", checks=[]).deal.due is None


def test_a_permit_without_an_end_is_never_due(cast: Cast) -> None:
    for_ever = {**PERMIT, "valid_from": "2026-11-02", "valid_until": "9999-12-31"}
    assert imported(cast["anna"], checks=[], permits=[for_ever]).deal.due is None


def test_a_notice_whose_end_lies_ahead_is_due_then(cast: Cast) -> None:
    notice = {"from": "fstec", "written": "yes", "withdrawn": {"number": "2", "date": "2026-11-09"}}
    assert str(imported(cast["anna"], checks=[], notices=[notice]).deal.due) == "2026-11-09"


def test_what_is_due_is_due_on_a_day_here(cast: Cast) -> None:
    with later(hours=13):  # an hour after midnight in Moscow, still yesterday in Greenwich
        deal = imported(cast["anna"]).deal
    assert str(deal.due) == "2027-02-02"


def test_a_name_in_two_roles_is_screened_as_both(cast: Cast) -> None:
    twice = [{**file_with()["parties"][0], "role": role} for role in ("counterparty", "payer")]
    found = {"party": "Lakeside Telecom", "result": "no_match", "lists": ["UN"], "reason": "read", "by": "anna", "date": "2026-11-01"}
    deal = imported(cast["anna"], parties=twice, screening=[found]).deal.pk
    stages.intake(deal, by=cast["anna"], seen=1, changes={"parties": [{**twice[0], "country": "UG"}, twice[1]]})
    assert held(deal).content["screening"] == []


def test_a_name_with_what_cannot_be_seen_is_the_name(cast: Cast) -> None:
    hidden = [{**party, "name": f"{party['name']}\u200b"} for party in file_with()["parties"]]
    deal = imported(cast["anna"], parties=hidden, checks=[]).deal.pk
    for seen, name in enumerate(("Lakeside Telecom", "Nairobi Care Line\u200b"), 1):
        stages.screen(deal, by=cast["anna"], seen=seen, party=name, result="no_match", lists=["UN"], reason="read")
    assert held(deal).content["checks"] == ["screening"]
    hidden[0]["address"] = "Quay 1"
    stages.intake(deal, by=cast["anna"], seen=3, changes={"parties": hidden})
    assert [row["party"] for row in held(deal).content["screening"]] == ["Nairobi Care Line"]


def test_what_screening_found_under_a_name_with_what_cannot_be_seen_goes_with_its_party(cast: Cast) -> None:
    parties, row = file_with()["parties"], {"result": "no_match", "lists": ["UN"], "reason": "read", "by": "anna", "date": "2026-11-01"}
    rows = [{**row, "party": f"{party['name']}\u200b"} for party in parties]
    deal = imported(cast["anna"], screening=rows).deal.pk
    stages.intake(deal, by=cast["anna"], seen=1, changes={"parties": [{**parties[0], "address": "Quay 1"}, parties[1]]})
    assert held(deal).content["screening"] == [rows[1]]


def test_a_suspension_is_written_once(cast: Cast) -> None:
    deal = released(cast).deal.pk
    for number, title in enumerate(("two", "three"), 1):
        stages.intake(deal, by=cast["anna"], seen=number, changes={"title": title})
    files.comment(deal, by=cast["anna"], text="hm")
    assert [event.kind for event in held(deal).events] == ["suspended"]


def test_the_record_says_what_changed(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    stages.intake(deal, by=cast["anna"], seen=1, changes={"title": "two", "payment": {"method": "cash"}})
    body = Record.objects.latest("index").body or ""
    for part in ('"changed":["title","checks","payment"]', '"checks_dropped":["risk_assessment"]', '"version":2', '"outcome":"incomplete"'):
        assert part in body, body


def test_every_order_of_two_edits_gives_the_same(cast: Cast) -> None:
    edits: tuple[dict[str, Any], ...] = ({"title": "two"}, {"payment": {"method": "cash"}})
    digests = set()
    for number, order in enumerate(itertools.permutations(edits)):
        deal = imported(cast["anna"], reference=f"O-{number}").deal.pk
        for seen, changes in enumerate(order, 1):
            stages.intake(deal, by=cast["anna"], seen=seen, changes=changes)
        content = dict(held(deal).content)
        content.pop("reference")
        digests.add(str(sorted(content.items(), key=str)))
    assert len(digests) == 1


def test_words_of_keeping() -> None:
    assert about(7) == "deal:7"
    assert reasoned(" why ") == "why"
    for nothing in ("\n", "\u200b", " \u3164 "):
        with pytest.raises(Refused, match=r"deal\.reason"):
            reasoned(nothing)


def test_an_approved_deal_that_waits_too_long_is_no_longer_ready(cast: Cast) -> None:
    deal = ready(cast).deal.pk
    with later(days=100):
        assert [one.code for one in held(deal).objections] == ["release.stale_checks"]
