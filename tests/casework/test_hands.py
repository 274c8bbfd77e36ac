"""Four eyes: hands are persons, not accounts, not roles, not names as somebody happened to spell them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import approving, evidence, files, releasing, stages
from enduse.casework.deals.models import Approval, Version
from enduse.casework.parties.records import change_party
from enduse.casework.people.actions import persons
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account, Person
from enduse.casework.people.queries import actor_of
from enduse.casework.people.roster import substitution_for
from enduse.domain.refusals import Refused
from tests.casework.cast import PASSWORD, actor, held, imported
from tests.casework.deals.stories import later, submit
from tests.casework.tables import changed, dump

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def refused(deal: int, by: Actor) -> tuple[str, ...]:
    """Why this actor may not approve what stands; empty where they may, and did."""
    before = dump()
    try:
        approving.approve(deal, by=by, seen=held(deal).decided.signed)
    except Refused as answer:
        assert changed(before, dump()) == []
        return tuple(refusal.code for refusal in answer.refusals)
    return ()


def absent(cast: Cast, who: str, instead: str) -> int:
    """Somebody is away for two weeks, and somebody else stands in."""
    today = clock.today()
    made = persons.substitute(
        by=cast["root"], absent=cast[who].who, substitute=cast[instead].who, since=today, until=today + timedelta(days=14), reason="ill"
    )
    return int(made.pk)


def test_a_second_account_has_the_same_hands(cast: Cast) -> None:
    persons.add_account(cast["dina"].who, by=cast["root"], email="d@example.org", password=PASSWORD)
    one, other = (actor_of(Account.objects.get(email=email)) for email in ("dina@example.org", "d@example.org"))
    assert one.account != other.account
    deal = imported(one).deal.pk
    submit(cast, deal)
    assert refused(deal, other) == ("approval.same_hands",)
    assert refused(deal, cast["boris"]) == ()


def test_whoever_stands_in_for_a_preparer_has_their_hands(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    submit(cast, deal, "oleg")
    absent(cast, "anna", "petr")
    assert actor("petr").hands == {cast["petr"].person, cast["anna"].person}
    assert refused(deal, actor("petr")) == ("approval.same_hands",)
    assert refused(deal, actor("boris")) == ()


def test_what_somebody_did_in_an_approvers_place_is_the_approvers_doing_too(cast: Cast) -> None:
    substitution = absent(cast, "petr", "anna")
    deal = imported(actor("anna")).deal.pk
    assert Version.objects.get().hands == sorted({cast["anna"].who, cast["petr"].who})
    persons.end_substitution(substitution, by=cast["root"])
    submit(cast, deal, "oleg")
    assert refused(deal, actor("petr")) == ("approval.same_hands",)
    assert refused(deal, actor("boris")) == ()


def test_a_preparer_who_stands_in_for_an_approver_does_not_approve(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    submit(cast, deal)
    absent(cast, "petr", "anna")
    assert "approver" in actor("anna").roles
    assert refused(deal, actor("anna")) == ("approval.same_hands",)


def test_an_approval_by_a_substitute_is_the_doing_of_both(cast: Cast) -> None:
    absent(cast, "petr", "lev")
    deal = imported(cast["anna"]).deal.pk
    submit(cast, deal)
    assert refused(deal, actor("lev")) == ()
    assert Approval.objects.get().hands == sorted({cast["lev"].who, cast["petr"].who})
    files.attach(deal, by=actor("lev"), seen=None, stage="clauses", name="a", digest="sha256:" + "a" * 64, size=1, media_type="text/plain")
    assert {"release.stale_approval", "approval.same_hands"} <= {one.code for one in held(deal).objections}


def test_a_role_that_came_later_makes_no_difference(cast: Cast) -> None:
    deal = imported(cast["oleg"]).deal.pk
    stages.sign_identification(deal, by=cast["anna"], seen=1, note="compared")
    submit(cast, deal)
    persons.grant(cast["oleg"].who, by=cast["root"], role="approver")
    persons.revoke(cast["oleg"].who, by=cast["root"], role="officer")
    assert actor("oleg").roles == {"approver"}
    assert refused(deal, actor("oleg")) == ("approval.same_hands",)


def test_a_role_that_went_later_does_not_undo_an_approval(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    submit(cast, deal)
    assert refused(deal, cast["boris"]) == ()
    with later(days=1):
        persons.revoke(cast["boris"].who, by=cast["root"], role="approver")
        assert refused(deal, actor("boris")) == ("people.no_role",)
        assert releasing.release(deal, by=cast["anna"]).pk


def test_nobody_gives_themselves_the_role(cast: Cast) -> None:
    for by in (cast["root"], actor("root")):
        with pytest.raises(Refused, match=r"people\.own_role"):
            persons.grant(cast["root"].who, by=by, role="approver")
    today = clock.today()
    persons.substitute(by=cast["boris"], absent=cast["boris"].who, substitute=cast["root"].who, since=today, until=today, reason="ill")
    with pytest.raises(Refused, match=r"people\.own_role"):
        persons.grant(cast["boris"].who, by=actor("root"), role="officer")


def test_a_substitute_does_not_prolong_their_own_time(cast: Cast) -> None:
    today, late = clock.today(), clock.today() + timedelta(days=26_000)
    for absent_one, instead in (("boris", "root"), ("petr", "oleg"), ("root", "anna")):
        made = persons.substitute(
            by=cast[absent_one], absent=cast[absent_one].who, substitute=cast[instead].who, since=today, until=today, reason="ill"
        )
        by = actor(instead)
        assert cast[absent_one].who in by.hands
        with pytest.raises(Refused, match=r"people\.(own_role|substitute_self)"):
            persons.substitute(by=by, absent=cast[absent_one].who, substitute=by.who, since=today, until=late, reason="still ill")
        if instead == "oleg":  # nor do they name another, or end what the absent settled
            with pytest.raises(Refused, match=r"people\.substitute_self"):
                persons.substitute(by=by, absent=cast[absent_one].who, substitute=cast["dina"].who, since=today, until=late, reason="still ill")
            with pytest.raises(Refused, match=r"people\.substitute_self"):
                persons.end_substitution(made.pk, by=by)
            with pytest.raises(Refused, match=r"people\.absent"):
                substitution_for(by, made.pk)


def in_evidence(name: str) -> dict[str, Any]:
    rumour = {"id": "e1", "purpose": "military", "grade": "alleged", "source": "press", "recorded_by": name}
    return {"evidence": [rumour, {"id": "e2", "purpose": "military", "grade": "clearing", "rebuts": "e1", "source": "visit", "recorded_by": "Anna"}]}


PLACES: dict[str, Callable[[str], dict[str, Any]]] = {
    "evidence": in_evidence,
    "indicators": lambda name: {"indicators": {"9": {"state": "explained", "reason": "the norm", "by": name}}},
    "screening": lambda name: {
        "screening": [
            {"party": party, "result": "dismissed", "lists": ["UN"], "reason": "another", "by": name, "date": clock.today().isoformat()}
            for party in ("Lakeside Telecom", "Nairobi Care Line")
        ]
    },
    "departures": lambda name: {"departures": [{"clause": "3.2", "text": "later", "reason": "urgent", "by": name, "date": "2026-11-01"}]},
    "clauses": lambda name: {"contract": {"clauses": {"state": "excused", "reason": "public procurement", "by": name}}},
    "choice": lambda name: {"choice": {"state": "section_4", "reason": "a permit", "by": name}},
}
SPELT = ("Boris", "boris@example.org", "BORIS@EXAMPLE.ORG", "Boris (boris@example.org)", " B\u200boris ", "Воris", "Ｂｏｒｉｓ", "0017")


@pytest.mark.parametrize("place", PLACES)
def test_whoever_the_deal_itself_names_does_not_approve(place: str, cast: Cast) -> None:
    deal = imported(cast["anna"], **PLACES[place]("Boris (boris@example.org)")).deal.pk
    submit(cast, deal)
    assert refused(deal, cast["boris"]) == ("approval.named_in_deal",)
    assert refused(deal, cast["petr"]) == ()


def test_however_the_name_is_spelt(cast: Cast) -> None:
    boris = Actor(
        **{field: getattr(cast["boris"], field) for field in ("person", "signature", "account", "roles", "absent")},
        names=(*cast["boris"].names, "0017"),
    )
    for number, name in enumerate(SPELT):
        deal = imported(cast["anna"], reference=f"N-{number}", **in_evidence(name)).deal.pk
        submit(cast, deal)
        assert refused(deal, boris) == ("approval.named_in_deal",), name


def test_whoever_wrote_the_record_that_a_snapshot_is_taken_from_has_a_hand_in_it(cast: Cast) -> None:
    persons.grant(cast["elena"].who, by=cast["root"], role="approver")
    deal = imported(cast["anna"])
    link = deal.deal.links.get(role="end_user")
    assert link.party
    content = {"name": "Nairobi Care Line", "kind": "company", "country": "KE", "address": "Quay 1"}
    change_party(link.party.pk, content=content, reason="moved", seen=1, by=actor("elena"))
    stages.refresh(deal.deal.pk, by=cast["anna"], seen=1, link=link.pk)
    assert cast["elena"].person in held(deal.deal.pk).preparers


def test_a_hold_is_lifted_by_other_hands(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    hold = approving.hold(deal, by=cast["dina"], reason="a rumour", ends_when="it ends").pk
    absent(cast, "dina", "boris")
    for by in ("dina", "boris"):
        with pytest.raises(Refused, match=r"hold\.same_hands"):
            approving.lift_hold(deal, by=actor(by), hold=hold, evidence="a letter")
    assert approving.lift_hold(deal, by=actor("petr"), hold=hold, evidence="a letter").pk


def test_a_release_is_resumed_by_other_hands(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    submit(cast, deal)
    refused(deal, cast["boris"])
    releasing.release(deal, by=cast["anna"])
    releasing.suspend(deal, by=cast["dina"], reason="odd")
    absent(cast, "dina", "petr")
    for by in ("dina", "petr"):
        with pytest.raises(Refused, match=r"release\.resume_same_hands"):
            releasing.resume(deal, by=actor(by), reason="all well")
    assert releasing.resume(deal, by=actor("boris"), reason="all well").pk


def test_evidence_is_rebutted_by_another_person_under_whatever_name(cast: Cast) -> None:
    deal = imported(cast["anna"])
    evidence.record_evidence(deal.deal.pk, by=cast["anna"], seen=1, purpose="military", grade="alleged", source="press")
    absent(cast, "anna", "oleg")
    for by in ("anna", "oleg"):
        with pytest.raises(Refused, match=r"evidence\.same_person"):
            evidence.rebut(deal.deal.pk, by=actor(by), seen=2, item="e1", source="a visit")
    assert evidence.rebut(deal.deal.pk, by=actor("dina"), seen=2, item="e1", source="a visit").version == 3


# one human being is one person


@pytest.mark.parametrize(
    "email",
    [
        "boris@example.org",
        "BORIS@Example.ORG",
        " boris@example.org ",
        "bоris@example.org",
        "boris@exаmple.org",
        "bo\u200bris@example.org",
        "ｂｏｒｉｓ@example.org",
    ],
)
def test_nobody_is_added_twice_under_an_email_that_looks_the_same(email: str, cast: Cast) -> None:
    before = dump()
    with pytest.raises(Refused) as answer:
        persons.add_person(by=cast["root"], name="Boris", email=email, roles=("officer",))
    assert answer.value.refusals[0].code in ("people.known", "people.email")
    assert changed(before, dump()) == []


def test_nobody_is_added_twice_under_a_number_that_looks_the_same(cast: Cast) -> None:
    persons.add_person(by=cast["root"], name="Nina", personnel_number="AC-0042")
    for number in ("AC-0042", "ac-0042", " AC-0042 ", "АС-0042", "ＡＣ-００４２", "AC-\u200b0042", "AC - 0042"):
        with pytest.raises(Refused, match=r"people\.known"):
            persons.add_person(by=cast["root"], name="Nina", personnel_number=number)
    assert Person.objects.filter(name="Nina").count() == 1


def test_an_account_belongs_to_one_person(cast: Cast) -> None:
    for email in ("boris@example.org", "Boris@Example.org", " boris@example.org "):
        with pytest.raises(Refused, match=r"people\.account_taken"):
            persons.add_account(cast["anna"].who, by=cast["root"], email=email, password=PASSWORD)
