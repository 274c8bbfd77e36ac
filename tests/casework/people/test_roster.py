"""Reading people for their pages: search in any alphabet, roles, accounts, substitutions and their state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from enduse.casework import clock
from enduse.casework.people.actions.persons import add_person, end_substitution, leave, substitute, switch_account
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account
from enduse.casework.people.roster import colleagues, person_row, roster, stood_in_for, substitution_for, substitutions
from enduse.domain.refusals import NotAllowed
from tests.casework.cast import actor


def person(who: Actor) -> int:
    assert who.person is not None
    return who.person


def found(**wanted: object) -> list[str]:
    return [row.name for row in roster(**wanted)[0]]  # type: ignore[arg-type]


def test_names_are_found_in_any_case_and_alphabet(cast: dict[str, Actor]) -> None:
    add_person(by=cast["root"], name="Щукина Анна", personnel_number="Т-07")
    assert found(search="щук") == found(search=" ЩУКИНА ") == found(search="т-07") == ["Щукина Анна"]
    assert found(search="VERA@") == ["Vera"]
    assert found(search="%") == []


def test_roles_and_leaving_narrow_the_list(cast: dict[str, Actor]) -> None:
    assert found(role="approver") == ["Boris", "Dina", "Petr"]
    leave(person(cast["boris"]), by=cast["root"])
    assert found(role="approver") == ["Dina", "Petr"]
    assert "Boris" not in found()
    assert "Boris" in found(left=True)


def test_a_list_takes_few_queries_however_long(cast: dict[str, Actor], django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_max_num_queries(6):
        rows, count = roster(search="example")
    assert len(rows) == count == 11


def test_a_row_says_who_can_sign_in(cast: dict[str, Actor]) -> None:
    row = person_row(person(cast["anna"]))
    assert (row.roles, row.can_sign_in) == (("officer", "expert"), True)
    switch_account(row.accounts[0].pk, by=cast["root"], active=False)
    assert not person_row(row.pk).can_sign_in
    with pytest.raises(NotAllowed):
        person_row(9999)


def test_a_substitution_is_to_come_in_force_over_or_ended(cast: dict[str, Actor]) -> None:
    anna, boris, today = person(cast["anna"]), person(cast["boris"]), clock.today()
    for since, until in ((0, 1), (5, 6), (8, 9)):
        made = substitute(
            by=cast["anna"], absent=anna, substitute=boris, since=today + timedelta(since), until=today + timedelta(until), reason="leave"
        )
    end_substitution(made.pk, by=cast["anna"])
    by_others, for_others = substitutions(anna)
    assert [row.state for row in by_others] == ["ended", "later", "now"]
    assert [row.open for row in by_others] == [False, True, True]
    assert for_others == []
    assert [row.absent for row in substitutions(boris)[1]] == ["Anna (anna@example.org)"] * 3
    with clock.at(clock.now() + timedelta(days=20)):
        assert [row.state for row in substitutions(anna)[0]] == ["ended", "over", "over"]


def test_only_who_is_absent_and_administrators_reach_a_substitution(cast: dict[str, Actor]) -> None:
    anna, boris, today = person(cast["anna"]), person(cast["boris"]), clock.today()
    made = substitute(by=cast["anna"], absent=anna, substitute=boris, since=today, until=today, reason="leave")
    assert substitution_for(cast["anna"], made.pk).pk == made.pk
    assert substitution_for(cast["root"], made.pk).pk == made.pk
    for who, pk in ((cast["gleb"], made.pk), (cast["vera"], made.pk), (cast["root"], 9999)):
        with pytest.raises(NotAllowed):
            substitution_for(who, pk)
    assert stood_in_for(actor("boris")) == ["Anna (anna@example.org)"]


def test_whoever_left_is_nobodys_substitute(cast: dict[str, Actor]) -> None:
    leave(person(cast["gleb"]), by=cast["root"])
    names = [name for _, name in colleagues(but=person(cast["anna"]))]
    assert "Gleb (gleb@example.org)" not in names
    assert "Anna (anna@example.org)" not in names
    assert Account.objects.count() == 11
