"""Reading people: who acts under an account or a name, and with which roles on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from enduse.casework import clock
from enduse.casework.people.actions import persons
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account
from enduse.casework.people.queries import actor_named, actor_of, held_role, names_of, person_key, substituted
from enduse.domain.refusals import NotAllowed
from tests.casework.cast import PASSWORD, actor
from tests.casework.deals.stories import later

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def account(name: str) -> Account:
    return Account.objects.get(email=f"{name}@example.org")


def test_an_account_acts_for_its_person(cast: Cast) -> None:
    found = actor_of(account("dina"))
    assert (found.person, found.account, found.roles) == (cast["dina"].person, account("dina").pk, frozenset({"officer", "expert", "approver"}))
    assert found.signature == "Dina (dina@example.org)"


@pytest.mark.parametrize("key", ["anna@example.org", " ANNA@example.org ", "аnnа@example.org"])
def test_somebody_is_found_by_email_however_spelt(key: str, cast: Cast) -> None:
    assert actor_named(key).person == cast["anna"].person


def test_somebody_is_found_by_personnel_number(cast: Cast) -> None:
    nina = persons.add_person(by=cast["root"], name="Nina", personnel_number="AC-42", roles=("lawyer",))
    assert actor_named("ac-42").person == nina.pk
    assert actor_named("АС-42").signature == "Nina (AC-42)"


def test_nobody_acts_under_a_name_that_is_not_known(cast: Cast) -> None:
    for key in ("nobody@example.org", "", "Anna"):
        with pytest.raises(NotAllowed, match=r"people\.nobody"):
            actor_named(key)


def test_whoever_left_may_do_nothing(cast: Cast) -> None:
    held = account("ivan")
    persons.leave(cast["ivan"].who, by=cast["root"])
    gone = actor_of(Account.objects.get(pk=held.pk))
    assert (gone.roles, gone.absent, gone.hands) == (frozenset(), frozenset(), frozenset({cast["ivan"].who}))
    with pytest.raises(NotAllowed):
        actor_named("ivan@example.org")


def test_an_account_that_is_switched_off_may_do_nothing_and_the_person_may(cast: Cast) -> None:
    persons.add_account(cast["anna"].who, by=cast["root"], email="a2@example.org", password=PASSWORD)
    persons.switch_account(account("anna").pk, by=cast["root"], active=False)
    assert actor_of(account("anna")).roles == frozenset()
    assert actor_of(account("a2")).roles == {"officer", "expert"}


def test_a_substitute_has_the_roles_of_the_absent_on_those_days_only(cast: Cast) -> None:
    today = clock.today()
    persons.substitute(
        by=cast["anna"],
        absent=cast["anna"].who,
        substitute=cast["lev"].who,
        since=today + timedelta(days=1),
        until=today + timedelta(days=2),
        reason="ill",
    )
    expected = [{"lawyer"}, {"lawyer", "officer", "expert"}, {"lawyer", "officer", "expert"}, {"lawyer"}]
    for days, roles in enumerate(expected):
        with later(days=days):
            assert actor("lev").roles == roles
            assert list(substituted(cast["lev"].who)) == ([cast["anna"].person] if len(roles) > 1 else [])
            assert ("anna@example.org" in actor("lev").names) == (len(roles) > 1)


def test_standing_in_goes_one_step_only(cast: Cast) -> None:
    days = {"since": date(2026, 11, 1), "until": date(2026, 11, 30), "reason": "ill"}
    persons.substitute(by=cast["root"], absent=cast["petr"].who, substitute=cast["anna"].who, **days)  # type: ignore[arg-type]
    persons.substitute(by=cast["root"], absent=cast["anna"].who, substitute=cast["lev"].who, **days)  # type: ignore[arg-type]
    assert actor("lev").roles == {"lawyer", "officer", "expert"}
    assert actor("lev").hands == {cast["lev"].person, cast["anna"].person}


def test_a_role_is_held_from_its_moment_until_its_end(cast: Cast) -> None:
    boris, now = cast["boris"].who, clock.now()
    with later(days=2):
        persons.revoke(boris, by=cast["root"], role="approver")
    assert held_role([boris], "approver", now)
    assert held_role([boris], "approver", now + timedelta(days=2) - timedelta(seconds=1))
    assert not held_role([boris], "approver", now + timedelta(days=2))
    assert not held_role([boris], "approver", now - timedelta(seconds=1))
    assert not held_role([boris], "officer", now)
    assert not held_role([], "approver", now)


def test_names_and_keys(cast: Cast) -> None:
    assert names_of([cast["anna"].who]) == ("Anna", "anna@example.org", "Anna (anna@example.org)")
    assert names_of([]) == ()
    assert person_key(" АС-０042\u200b ") == person_key("ac-0042") == "ac-0042"
