"""Which of what a deal states as done counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import approving, stages
from enduse.casework.deals.checking import stated_verbs
from enduse.casework.deals.screened import unscreened
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import NotAllowed, Refused
from tests.builders import PERMIT, file_with
from tests.casework.cast import actor, held, imported
from tests.casework.deals.stories import CONCERN, later

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def screened(days_ago: dict[str, int | None]) -> list[dict[str, Any]]:
    today = clock.today()
    return [
        {"party": party, "result": "no_match", "lists": ["UN"], "reason": "read", "by": "anna"}
        | ({} if ago is None else {"date": (today - timedelta(days=ago)).isoformat()})
        for party, ago in days_ago.items()
    ]


def test_who_is_not_screened_yet() -> None:
    today = clock.today().isoformat()
    content = file_with(
        screening=[
            {"party": "Lakeside Telecom ", "result": "no_match", "date": today},
            {"party": "Nairobi Care Line", "result": "open", "date": today},
        ]
    )
    assert unscreened(content) == ["Nairobi Care Line"]
    assert unscreened({"parties": [{"role": "owner"}]}) == [""]
    assert unscreened({}) == []


@pytest.mark.parametrize(("ago", "counts"), [(0, True), (90, True), (91, False), (-1, False), (None, False)])
def test_a_result_counts_while_it_is_fresh_and_of_a_known_day(ago: int | None, counts: bool) -> None:
    content = file_with(screening=screened({"Lakeside Telecom": 0, "Nairobi Care Line": ago}))
    assert unscreened(content) == ([] if counts else ["Nairobi Care Line"])


def test_a_match_is_settled_however_old() -> None:
    content = file_with(screening=[{"party": name, "result": "match", "date": "2001-01-01"} for name in ("Lakeside Telecom", "Nairobi Care Line")])
    assert unscreened(content) == []


def test_one_party_screened_anew_makes_the_others_no_fresher(cast: Cast) -> None:
    deal = imported(cast["anna"], screening=screened({"Lakeside Telecom": 0, "Nairobi Care Line": 0})).deal.pk

    def screen(party: str) -> None:
        stages.screen(deal, by=cast["anna"], seen=held(deal).version.number, party=party, result="no_match", lists=["UN"], reason="read")

    with later(days=80):
        screen("Lakeside Telecom")
        assert held(deal).stale_checks == ()
    with later(days=91):
        assert "screening" in held(deal).stale_checks
        with pytest.raises(Refused, match=r"check\.by_party"):
            stages.renew_check(deal, by=cast["anna"], seen=2, word="screening", note="again")
        screen("Nairobi Care Line")
        assert "screening" not in held(deal).stale_checks


def test_what_a_file_answers_is_stood_for_by_somebody_with_the_power(cast: Cast) -> None:
    deal = imported(cast["gleb"], evidence=[CONCERN], permits=[PERMIT], notices=[{"from": "fstec", "written": "no"}]).deal.pk
    assert held(deal).unvouched == ("deal.indicate", "deal.notice", "deal.clauses", "deal.determine", "deal.permit")
    assert held(deal).unsigned
    with pytest.raises(NotAllowed):
        approving.vouch(deal, by=cast["gleb"], seen=1, note="I said so")
    with pytest.raises(Refused, match=r"deal\.reason"):
        approving.vouch(deal, by=cast["anna"], seen=1, note=" ")
    stages.indicate(deal, by=cast["anna"], seen=1, number="9", state="present")
    assert "deal.indicate" in held(deal).unvouched  # one answer looked at is not all of them
    approving.vouch(deal, by=cast["anna"], seen=2, note="compared with the questionnaire")
    assert held(deal).unvouched == ()
    assert held(deal).unsigned
    with pytest.raises(Refused, match=r"deal\.nothing_unvouched"):
        approving.vouch(deal, by=cast["anna"], seen=3, note="again")
    assert cast["anna"].person in held(deal).preparers


def test_what_is_answered_here_needs_no_other(cast: Cast) -> None:
    deal = imported(cast["gleb"], indicators=None, contract=None).deal.pk
    assert held(deal).unvouched == ("deal.determine",)
    stages.determine(deal, by=cast["anna"], seen=1, recipient_can_modify="yes", hardware="no", note="looked")
    assert held(deal).unvouched == ()
    stages.indicate(deal, by=cast["anna"], seen=2, number="9", state="absent")
    assert held(deal).unvouched == ()


def test_a_clearing_in_a_file_is_stood_for_too() -> None:
    assert stated_verbs(file_with(evidence=[{**CONCERN, "grade": "clearing"}])) == ("deal.indicate", "deal.clauses", "deal.determine", "deal.rebut")
    assert stated_verbs({}) == ()


def test_an_identification_is_signed_as_it_stands(cast: Cast) -> None:
    deal = imported(cast["gleb"]).deal.pk
    with pytest.raises(NotAllowed):
        stages.sign_identification(deal, by=cast["lev"], seen=1, note="compared")
    stages.sign_identification(deal, by=cast["anna"], seen=1, note="compared")
    assert not held(deal).unsigned
    assert held(deal).content["solution"]["identification"]["expert"] == cast["anna"].signature
    with pytest.raises(Refused, match=r"identification\.signed_already"):
        stages.sign_identification(deal, by=cast["anna"], seen=2, note="again")
    stages.intake(deal, by=cast["anna"], seen=2, changes={}, solution={"domains": ["speech", "vision"]})
    assert held(deal).unsigned
    stages.sign_identification(deal, by=actor("anna"), seen=3, note="looked at what is new")
    assert not held(deal).unsigned


@pytest.mark.parametrize(
    ("identification", "code"),
    [
        ({"result": "not_done", "comparison": None}, "identification.not_done"),
        ({"comparison": None}, "identification.unproved"),
        ({"conclusion": None}, "identification.no_conclusion"),
    ],
)
def test_what_is_not_enough_is_not_signed_not_even_by_the_expert_who_takes_it_in(cast: Cast, identification: dict[str, Any], code: str) -> None:
    deal = imported(cast["anna"], solution={"identification": identification}).deal.pk
    assert held(deal).unsigned == (code != "identification.not_done")
    with pytest.raises(Refused, match=code.replace(".", r"\.")):
        stages.sign_identification(deal, by=cast["anna"], seen=1, note="compared")


def test_screening_that_a_file_brought_counts_for_nobody_until_it_is_stood_for(cast: Cast) -> None:
    brought = screened({"Lakeside Telecom": 0, "Nairobi Care Line": 0})
    deal = imported(cast["gleb"], screening=brought).deal.pk
    stages.screen(deal, by=cast["anna"], seen=1, party="Lakeside Telecom", result="no_match", lists=["UN"], reason="read")
    assert "deal.screen" in held(deal).unvouched
    approving.vouch(deal, by=cast["anna"], seen=2, note="held the other against the lists too")
    assert held(deal).unvouched == ()
    assert "screening" not in held(deal).stale_checks


def test_whether_it_is_an_export_is_determined_by_who_may(cast: Cast) -> None:
    deal = imported(cast["gleb"], delivery={"form": "api", "recipient_can_modify": "no"}, checks=None, indicators=None, contract=None).deal.pk
    assert held(deal).decided.decision.outcome.name == "not_export"
    assert held(deal).unvouched == ("deal.determine",)
    with later(hours=1):
        stages.determine(deal, by=cast["anna"], seen=1, recipient_can_modify="no", hardware="no", note="hosted by us")
    assert held(deal).unvouched == ()
    delivery = {**held(deal).content["delivery"], "form": "saas"}
    with pytest.raises(NotAllowed):  # sales may not say otherwise any more, neither of the power nor of the form
        stages.intake(deal, by=cast["gleb"], seen=2, changes={"delivery": delivery})


def test_what_is_confirmed_or_brought_by_an_officer_is_not_changed_by_sales_either(cast: Cast) -> None:
    deal = imported(cast["gleb"]).deal.pk
    approving.vouch(deal, by=cast["anna"], seen=1, note="compared")
    with pytest.raises(NotAllowed):
        stages.intake(deal, by=cast["gleb"], seen=2, changes={"delivery": {"form": "api", "recipient_can_modify": "no"}})


def test_nobody_signs_by_taking_in_what_another_is_said_to_have_found(cast: Cast) -> None:
    deal = imported(cast["anna"], solution={"identification": {"expert": "Elena (elena@example.org)"}}).deal.pk
    assert held(deal).unsigned
    own = imported(cast["anna"], reference="D-2", solution={"identification": {"expert": "Anna (anna@example.org)"}}).deal.pk
    assert not held(own).unsigned


def test_a_day_that_never_comes_is_no_day_on_which_anything_is_due(cast: Cast) -> None:
    found = [{**row, "date": "9999-12-31"} for row in screened({"Lakeside Telecom": 0, "Nairobi Care Line": 0})]
    assert "screening" in imported(cast["anna"], screening=found).stale_checks
