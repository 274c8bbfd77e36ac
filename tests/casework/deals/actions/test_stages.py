"""The stages' own actions: each changes its part, under its rules."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import files, stages
from enduse.casework.deals.models import Check, Link
from enduse.casework.parties.records import change_party
from enduse.casework.people.actor import Actor
from enduse.casework.solutions.records import change_solution
from enduse.domain.refusals import NotAllowed
from enduse.formats.problems import BadInput
from tests.builders import file_with
from tests.casework.cast import actor, held, imported
from tests.casework.deals.stories import later
from tests.casework.tables import refused

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]
ROW = {"list": "1299", "entry": "1.4.1", "characteristic": "rate", "parameter": "1000", "verdict": "not_met"}


def identify(cast: Cast, deal: int, by: str = "elena", **changes: Any) -> Any:
    values: dict[str, Any] = {"seen": held(deal).version.number, "civil_only": "yes", "suitable_for": {}, "result": "not_listed", "entries": []}
    values |= {"comparison": [ROW], "conclusion": "not listed", "deeper_check": "no"}
    return stages.identify(deal, by=actor(by), **values | changes)


def handed(cast: Cast, **changes: Any) -> int:
    """A deal that Elena and Lev may see."""
    deal = imported(cast["anna"], **changes).deal.pk
    for name in ("elena", "lev"):
        files.hand_over(deal, by=cast["anna"], to=cast[name].who, stage="identification")
    return deal


def test_intake_puts_keys_and_takes_them_out_and_leaves_other_stages_alone(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    stages.intake(deal, by=cast["anna"], seen=1, changes={"title": None, "end_use": {"purpose": "calls"}}, solution={"version": "1.11"})
    content = held(deal).content
    assert "title" not in content
    assert content["end_use"] == {"purpose": "calls"}
    assert content["solution"] == {**file_with()["solution"], "version": "1.11"}
    for key in ("evidence", "checks", "reference", "indicators"):
        with pytest.raises(ValueError, match=key):
            stages.intake(deal, by=cast["anna"], seen=2, changes={key: []})
    with pytest.raises(ValueError, match="civil_only"):
        stages.intake(deal, by=cast["anna"], seen=2, changes={}, solution={"civil_only": "yes"})


def test_a_change_of_what_was_checked_drops_the_checks(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    parties = [{**file_with()["parties"][0], "address": "Quay 1"}, file_with()["parties"][1]]
    kept = stages.intake(deal, by=cast["anna"], seen=1, changes={"parties": parties})
    assert held(deal).content["checks"] == []
    assert not kept.decided.decision.released


def test_what_is_determined_is_reasoned(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    assert refused(lambda: stages.determine(deal, by=cast["anna"], seen=1, recipient_can_modify="no", hardware="no", note=" ")) == "deal.reason"
    stages.determine(deal, by=cast["anna"], seen=1, recipient_can_modify="unknown", hardware="yes", note="ask")
    assert (held(deal).content["delivery"]["recipient_can_modify"], held(deal).content["solution"]["hardware"]) == ("unknown", "yes")


def test_not_listed_takes_a_comparison_in_which_nothing_is_met(cast: Cast) -> None:
    deal = handed(cast)
    for comparison in ([], [{**ROW, "verdict": "met"}], [ROW, {**ROW, "verdict": "not_enough_data"}]):
        assert refused(partial(identify, cast, deal, comparison=comparison)) == "identification.unproved"
    assert refused(lambda: identify(cast, deal, result="listed")) == "identification.no_entry"
    assert refused(lambda: identify(cast, deal, conclusion=" ")) == "identification.no_conclusion"
    with pytest.raises(NotAllowed):
        identify(cast, deal, by="lev")
    identify(cast, deal)
    signed = held(deal).content["solution"]["identification"]
    assert (signed["expert"], signed["signed_on"], signed["comparison"]) == ("Elena (elena@example.org)", "2026-11-02", [ROW])
    identify(cast, deal, by="anna", result="not_done", comparison=[], conclusion="")
    assert "expert" not in held(deal).content["solution"]["identification"]


def screen(cast: Cast, deal: int, party: str, **changes: Any) -> Any:
    values: dict[str, Any] = {"by": cast["anna"], "seen": held(deal).version.number, "result": "no_match", "lists": ["UN"], "reason": "read"}
    return stages.screen(deal, party=party, **values | changes)


def test_screening_is_done_once_every_party_was_held_against_lists(cast: Cast) -> None:
    deal = imported(cast["anna"], checks=[]).deal.pk
    screen(cast, deal, "Lakeside Telecom")
    assert held(deal).content["checks"] == []
    screen(cast, deal, " Nairobi Care Line ", result="dismissed")
    assert held(deal).content["checks"] == ["screening"]
    assert [check.by_id for check in Check.objects.filter(check_word="screening")] == [cast["anna"].person]


def test_a_match_is_evidence(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    for changes, code in (
        ({"result": "maybe"}, "screening.result"),
        ({"lists": []}, "screening.unreasoned"),
        ({"reason": ""}, "screening.unreasoned"),
        ({"result": "match"}, "screening.match_without_evidence"),
    ):
        assert refused(partial(screen, cast, deal, "Lakeside Telecom", **changes)) == code
    assert refused(lambda: screen(cast, deal, "Somebody")) == "screening.no_party"
    kept = screen(cast, deal, "Lakeside Telecom", result="match", purpose="terrorism", grade="concern")
    assert not kept.decided.decision.released
    (row,) = held(deal).content["evidence"]
    assert (row["purpose"], row["grade"], row["party"], row["source"]) == ("terrorism", "concern", "Lakeside Telecom", "UN: read")
    screen(cast, deal, "Lakeside Telecom", result="dismissed", reason="another")
    assert [item["result"] for item in held(deal).content["screening"]] == ["match", "dismissed"]


def test_a_check_is_one_of_the_editions_and_made_once(cast: Cast) -> None:
    deal = imported(cast["anna"], checks=[]).deal.pk
    for word in ("anything", "screening"):
        assert refused(partial(stages.check, deal, by=cast["anna"], seen=1, word=word, note="n")) == "check.word"
    assert refused(lambda: stages.check(deal, by=cast["anna"], seen=1, word="wmd", note="")) == "deal.reason"
    stages.check(deal, by=cast["anna"], seen=1, word="wmd", note="read")
    assert refused(lambda: stages.check(deal, by=cast["anna"], seen=2, word="wmd", note="again")) == "deal.unchanged"
    made = Check.objects.get(check_word="wmd")
    assert (made.note, made.by_id) == ("read", cast["anna"].person)


def test_a_check_is_made_again_once_it_no_longer_counts(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    assert refused(lambda: stages.renew_check(deal, by=cast["anna"], seen=1, word="wmd", note="n")) == "check.fresh"
    with later(days=91):
        assert set(held(deal).stale_checks) == set(file_with()["checks"])
        stages.renew_check(deal, by=cast["anna"], seen=1, word="wmd", note="again")
        assert "wmd" not in held(deal).stale_checks
        assert (held(deal).version.number, held(deal).content) == (2, file_with(date=None))


def test_an_indicator_is_answered_under_a_name(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    assert refused(lambda: stages.indicate(deal, by=cast["anna"], seen=1, number="23", state="absent")) == "indicator.number"
    stages.indicate(deal, by=cast["anna"], seen=1, number="9", state="present")
    assert refused(lambda: stages.indicate(deal, by=cast["anna"], seen=2, number="9", state="absent")) == "deal.indicator_kept"
    with pytest.raises(BadInput):
        stages.indicate(deal, by=cast["anna"], seen=2, number="9", state="explained")
    stages.indicate(deal, by=cast["anna"], seen=2, number="9", state="explained", reason="the norm there")
    assert held(deal).content["indicators"]["9"] == {"state": "explained", "reason": "the norm there", "by": "Anna (anna@example.org)"}
    assert refused(lambda: stages.indicate(deal, by=cast["anna"], seen=3, number="9", state="absent")) == "deal.indicator_kept"


def test_leaving_the_clauses_out_takes_a_reason(cast: Cast) -> None:
    deal = imported(cast["anna"], contract={"clauses": "unknown"}).deal.pk
    assert refused(lambda: stages.settle_clauses(deal, by=cast["anna"], seen=1, state="excused")) == "deal.reason"
    assert stages.settle_clauses(deal, by=cast["anna"], seen=1, state="excused", reason="a public tender").decided.decision.released


def test_a_risk_stays_and_leads_to_one_of_two(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    assert not stages.identify_risk(deal, by=cast["anna"], seen=1, reason="odd").decided.decision.released
    assert refused(lambda: stages.choose(deal, by=cast["anna"], seen=2, choice="refuse", reason="")) == "deal.reason"
    with pytest.raises(BadInput):
        stages.choose(deal, by=cast["anna"], seen=2, choice="proceed", reason="why not")
    assert stages.choose(deal, by=cast["anna"], seen=2, choice="refuse", reason="odd").decided.decision.outcome.name == "refuse"


def test_a_departure_changes_no_outcome_and_stays(cast: Cast) -> None:
    deal = imported(cast["anna"])
    kept = stages.depart(deal.deal.pk, by=cast["anna"], seen=1, clause="3.2", text="later", reason="urgent")
    assert kept.decided.decision.outcome.name == deal.deal.outcome
    assert held(deal.deal.pk).content["departures"][0]["by"] == "Anna (anna@example.org)"
    assert refused(lambda: stages.depart(deal.deal.pk, by=cast["anna"], seen=2, clause="3.2", text="", reason="r")) == "deal.reason"


def test_documents_or_why_there_are_none(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    stages.document(deal, by=cast["anna"], seen=1, documents=[], excused="a pilot")
    assert "documents" not in held(deal).content
    assert held(deal).content["record"] == {"excused": "a pilot"}


def test_a_newer_record_is_taken_into_the_deal(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal
    party, solution = deal.links.get(role="end_user"), deal.links.get(role="solution")
    assert party.party
    assert solution.solution
    newer = {"name": "Nairobi Care Line", "kind": "company", "country": "KE", "address": "Quay 1"}
    change_party(party.party.pk, content=newer, reason="moved", seen=1, by=cast["oleg"])
    change_solution(solution.solution.pk, content={**file_with()["solution"], "version": "1.11"}, reason="newer", seen=1, by=cast["elena"])
    assert {(role, name, was, now) for role, name, was, now in held(deal.pk).moved_on} == {
        ("end_user", "Nairobi Care Line", 1, 2),
        ("solution", "Slovo", 1, 2),
    }
    stages.refresh(deal.pk, by=cast["anna"], seen=1, link=party.pk)
    stages.refresh(deal.pk, by=cast["anna"], seen=2, link=solution.pk)
    stands = held(deal.pk)
    assert stands.moved_on == []
    assert stands.content["parties"][1] == {"role": "end_user", **newer}
    assert stands.content["solution"]["version"] == "1.11"
    assert {cast["oleg"].person, cast["elena"].person} <= stands.preparers
    assert refused(lambda: stages.refresh(deal.pk, by=cast["anna"], seen=3, link=10_000)) == "deal.no_link"
    assert Link.objects.filter(deal=deal).count() == 3


def test_a_link_of_another_deal_is_none_of_this_ones(cast: Cast) -> None:
    deal, other = imported(cast["anna"]).deal, imported(cast["anna"], reference="D-2").deal
    link = other.links.get(role="end_user")
    assert refused(lambda: stages.refresh(deal.pk, by=cast["anna"], seen=1, link=link.pk)) == "deal.no_link"


def test_the_clock_of_the_installation_dates_what_is_recorded(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    with later(hours=15):  # past midnight in Moscow
        screen(cast, deal, "Lakeside Telecom")
        assert clock.today() - timedelta(days=1) < clock.today()
    assert held(deal).content["screening"][0]["date"] == "2026-11-03"
