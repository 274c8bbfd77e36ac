"""Reading deals: who sees which, and what stands of one."""

from __future__ import annotations

from functools import partial

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import approving, files, filing, releasing, stages
from enduse.casework.deals.models import Deal
from enduse.casework.deals.queries import deal_for, deal_named, visible
from enduse.casework.people.actions import persons
from enduse.casework.people.actor import SYSTEM, Actor
from enduse.domain.refusals import NotAllowed
from enduse.domain.rules import Effect
from tests.builders import file_with
from tests.casework.busy import FILE
from tests.casework.calls import released
from tests.casework.cast import actor, held, imported
from tests.casework.deals.stories import later, ready, sign

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def sees(name: str, deal: int) -> bool:
    """Whether somebody sees a deal; the three ways of asking agree."""
    who = actor(name)
    found = visible(who).filter(pk=deal).exists()
    reference = Deal.objects.get(pk=deal).reference
    for ask in (partial(deal_for, who, deal), partial(deal_named, who, reference)):
        try:
            assert ask().pk == deal
            assert found
        except NotAllowed as refused:
            assert not found
            assert refused.refusals[0].code == "deal.absent"
    return found


def test_who_sees_a_deal(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    expected = {"anna", "oleg", "dina", "boris", "petr", "vera"}
    assert {name for name in cast if sees(name, deal)} == expected
    files.hand_over(deal, by=cast["anna"], to=cast["gleb"].who, stage="intake")
    assert {name for name in cast if sees(name, deal)} == expected | {"gleb"}
    assert not visible(SYSTEM).exists()


def test_an_initiator_sees_what_they_filed_and_whoever_stands_in_for_them_does(cast: Cast) -> None:
    deal = filing.file_deal(file_with(reference="G-1"), by=cast["gleb"]).deal.pk
    assert sees("gleb", deal)
    assert not sees("ivan", deal)
    today = clock.today()
    persons.substitute(by=cast["gleb"], absent=cast["gleb"].who, substitute=cast["ivan"].who, since=today, until=today, reason="ill")
    assert sees("ivan", deal)
    with later(days=1):
        assert not sees("ivan", deal)


def test_a_deal_that_is_not_there_is_answered_as_one_that_is_not_theirs(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    answers = []
    for pk in (deal, 10_000):
        with pytest.raises(NotAllowed) as refused:
            deal_for(cast["gleb"], pk)
        answers.append([(one.code, set(one.values)) for one in refused.value.refusals])
    assert answers[0] == answers[1]


def test_the_version_that_stands_is_the_highest_whatever_the_row_shows(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    stages.intake(deal, by=cast["anna"], seen=1, changes={"title": "two"})
    stands = held(deal)
    stands.deal.version = 1
    assert (stands.version.number, stands.content["title"]) == (2, "two")


def test_preparers_are_all_who_had_a_hand_in_it(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    stages.intake(deal, by=cast["oleg"], seen=1, changes={"title": "two"})
    files.attach(deal, by=cast["dina"], seen=2, stage="evidence", **FILE)  # type: ignore[arg-type]
    files.comment(deal, by=cast["petr"], text="a comment prepares nothing")
    approving.lift_hold(deal, by=cast["boris"], hold=approving.hold(deal, by=cast["petr"], reason="r", ends_when="e").pk, evidence="e")
    assert held(deal).preparers == {cast[name].person for name in ("anna", "oleg", "dina")}


def test_a_check_counts_for_as_long_as_is_settled(cast: Cast) -> None:
    deal = imported(cast["anna"])
    assert deal.stale_checks == ()
    with later(days=90):
        assert held(deal.deal.pk).stale_checks == ()
    with later(days=90, seconds=1):
        assert set(held(deal.deal.pk).stale_checks) == set(file_with()["checks"])


def test_the_case_of_a_released_deal_is_live_until_something_changes(cast: Cast) -> None:
    deal = released(cast).deal.pk
    case = held(deal).case
    assert (case.live, case.closed, case.outcome, case.today, case.holds, case.rejected) == (True, "", Effect.proceed, Effect.proceed, (), False)
    stages.intake(deal, by=cast["anna"], seen=1, changes={"title": "two"})
    assert not held(deal).case.live
    standing = held(deal).standing
    assert standing
    assert standing.state == "suspended"


def test_there_is_no_standing_without_a_release(cast: Cast) -> None:
    deal = ready(cast)
    assert deal.standing is None
    assert deal.state is None
    assert deal.events == []
    assert deal.objections == ()


def test_an_approval_that_carried_a_withdrawn_release_is_spent(cast: Cast) -> None:
    deal = released(cast).deal.pk
    assert held(deal).case.approval is not None
    releasing.withdraw_release(deal, by=cast["anna"], reason="over")
    assert held(deal).case.approval is None
    with later(hours=1):
        sign(cast, deal)
        assert held(deal).case.approval is not None
