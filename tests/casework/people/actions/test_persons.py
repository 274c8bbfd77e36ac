"""Persons, accounts, roles, substitutes: what is refused and what stays. (One person under two names: `test_hands.py`.)"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from enduse.casework import clock
from enduse.casework.ledger.models import Record
from enduse.casework.ledger.verifying import verify
from enduse.casework.people.actions import persons
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account, Grant, Person, Substitution
from enduse.domain.refusals import NotAllowed
from tests.casework.cast import PASSWORD, actor, make_cast
from tests.casework.tables import changed, dump, refused

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def test_the_first_administrator_comes_where_there_is_nobody() -> None:
    made = persons.add_first(name=" Root ", email="Root@Example.org", password=PASSWORD)
    assert (made.name, made.email) == ("Root", "Root@Example.org")
    assert Account.objects.get().email == "root@example.org"
    assert list(Grant.objects.values_list("role", flat=True)) == ["administrator"]
    assert refused(lambda: persons.add_first(name="Other", email="other@example.org", password=PASSWORD)) == "people.begun"


def test_a_person_is_known_by_something(cast: Cast) -> None:
    root = cast["root"]
    for name, email, number, code in (
        ("", "n@example.org", "", "people.unnamed"),
        (" \u200b", "n@example.org", "", "people.unnamed"),
        ("Nina", "", "", "people.unknown"),
        ("Nina", " ", "\u200b", "people.unknown"),
        ("Nina", "nina", "", "people.email"),
        ("Nina", "nina@", "", "people.email"),
        ("Nina", "n@example.org, m@example.org", "", "people.email"),
    ):
        assert refused(partial(persons.add_person, by=root, name=name, email=email, personnel_number=number)) == code
    assert refused(lambda: persons.add_person(by=root, name="Nina", email="n@example.org", roles=("king",))) == "people.role"


def test_a_password_that_is_easy_is_refused(cast: Cast) -> None:
    for password in ("short", "password1234", "nina@example.org"):
        found = refused(partial(persons.add_person, by=cast["root"], name="Nina", email="nina@example.org", password=password))
        assert found == "people.password"


def test_the_ledger_names_persons_by_number_only(cast: Cast) -> None:
    nina = persons.add_person(by=cast["root"], name="Nina", email="nina@example.org", roles=("officer", "officer"), password=PASSWORD)
    assert list(Grant.objects.filter(person=nina).values_list("role", flat=True)) == ["officer"]
    record = Record.objects.latest("index")
    assert record.about == f"person:{nina.pk}"
    assert "nina" not in f"{record.body}{record.by}".lower()
    for told in Record.objects.all():
        assert "example.org" not in (told.body or "")
        assert PASSWORD not in (told.body or "")


def test_roles_come_and_go_and_stay_on_record(cast: Cast) -> None:
    root, ivan = cast["root"], cast["ivan"].who
    assert refused(lambda: persons.grant(ivan, by=root, role="initiator")) == "people.has_role"
    assert refused(lambda: persons.grant(ivan, by=root, role="king")) == "people.role"
    assert refused(lambda: persons.grant(10_000, by=root, role="officer")) == "people.nobody"
    assert refused(lambda: persons.revoke(ivan, by=root, role="officer")) == "people.lacks_role"
    persons.grant(ivan, by=root, role="officer")
    persons.revoke(ivan, by=root, role="initiator")
    persons.grant(ivan, by=root, role="initiator")
    assert actor("ivan").roles == {"officer", "initiator"}
    assert Grant.objects.filter(person=ivan).count() == 3


def test_somebody_is_always_administrator(cast: Cast) -> None:
    root = cast["root"]
    assert refused(lambda: persons.revoke(root.who, by=root, role="administrator")) == "people.last_administrator"
    assert refused(lambda: persons.leave(root.who, by=root)) == "people.self"
    persons.grant(cast["ivan"].who, by=root, role="administrator")
    persons.revoke(root.who, by=root, role="administrator")
    assert refused(lambda: persons.leave(cast["ivan"].who, by=actor("ivan"))) == "people.self"


def test_whoever_leaves_signs_in_no_more_and_what_they_did_stays(cast: Cast) -> None:
    root, ivan = cast["root"], cast["ivan"].who
    persons.leave(ivan, by=root)
    account = Account.objects.get(person=ivan)
    assert not account.is_active
    assert not Grant.objects.filter(person=ivan, until__isnull=True).exists()
    assert Person.objects.get(pk=ivan).left_at
    assert refused(lambda: persons.leave(ivan, by=root)) == "people.nobody"
    assert refused(lambda: persons.grant(ivan, by=root, role="officer")) == "people.nobody"
    assert refused(lambda: persons.add_account(ivan, by=root, email="x@example.org", password=PASSWORD)) == "people.nobody"
    assert refused(lambda: persons.switch_account(account.pk, by=root, active=True)) == "people.left_account"
    assert refused(lambda: persons.switch_account(10_000, by=root, active=True)) == "people.no_account"


def test_whoever_left_may_come_back_with_roles_given_anew(cast: Cast) -> None:
    root, anna, today = cast["root"], cast["anna"].who, clock.today()
    days: dict[str, Any] = {"since": today, "until": today + timedelta(days=900), "reason": "ill"}
    persons.substitute(by=cast["boris"], absent=cast["boris"].who, substitute=anna, **days)
    persons.substitute(by=cast["anna"], absent=anna, substitute=cast["oleg"].who, **days)
    other = persons.add_account(anna, by=root, email="a2@example.org", password=PASSWORD).pk
    first = Account.objects.get(email="anna@example.org").pk
    assert refused(lambda: persons.come_back(anna, by=root, roles=("lawyer",))) == "people.here"
    assert refused(lambda: persons.come_back(10_000, by=root)) == "people.nobody"
    persons.leave(anna, by=root)
    assert refused(lambda: persons.add_person(by=root, name="Anna", email="anna@example.org")) == "people.known_left"
    with pytest.raises(NotAllowed):
        persons.come_back(anna, by=cast["boris"])
    assert refused(lambda: persons.come_back(anna, by=root, roles=("king",))) == "people.role"
    strange = Account.objects.get(email="boris@example.org").pk
    assert refused(lambda: persons.come_back(anna, by=root, accounts=(strange,))) == "people.no_account"
    persons.come_back(anna, by=root, roles=("lawyer", "lawyer"), accounts=(other,))
    assert Person.objects.get(pk=anna).left_at is None
    assert actor("anna").roles == {"lawyer"}
    assert actor("anna").hands == {anna}  # nor do substitutions of before come back
    assert actor("oleg").hands == {cast["oleg"].who}
    assert dict(Account.objects.filter(person=anna).values_list("pk", "is_active")) == {first: False, other: True}
    record = Record.objects.latest("index")
    assert (record.kind, record.about) == ("people.returned", f"person:{anna}")
    assert (verify().findings, verify().uncompared) == ((), 0)
    persons.switch_account(first, by=root, active=True)
    persons.leave(anna, by=root)
    persons.come_back(anna, by=root)
    assert actor("anna").roles == frozenset()
    assert verify().findings == ()


def test_whoever_stands_in_for_who_left_gives_them_no_role(cast: Cast) -> None:
    today = clock.today()
    persons.grant(cast["oleg"].who, by=cast["root"], role="administrator")
    persons.substitute(by=cast["boris"], absent=cast["boris"].who, substitute=cast["root"].who, since=today, until=today, reason="ill")
    persons.leave(cast["boris"].who, by=actor("oleg"))
    assert refused(lambda: persons.come_back(cast["boris"].who, by=actor("root"), roles=("approver",))) == "people.own_role"
    persons.come_back(cast["boris"].who, by=actor("root"))
    assert actor("boris").roles == frozenset()


def test_a_substitution_has_days_a_reason_and_two_persons(cast: Cast) -> None:
    today, anna, oleg = clock.today(), cast["anna"], cast["oleg"]
    days: dict[str, Any] = {"since": today, "until": today + timedelta(days=3), "reason": "ill"}

    def name(by: Actor = anna, absent: int = anna.who, substitute: int = oleg.who, **other: Any) -> Substitution:
        return persons.substitute(by=by, absent=absent, substitute=substitute, **days | other)

    assert refused(lambda: name(reason=" ")) == "deal.reason"
    assert refused(lambda: name(until=today - timedelta(days=1), since=today - timedelta(days=5))) == "people.substitute_days"
    assert refused(lambda: name(since=today + timedelta(days=4))) == "people.substitute_days"
    assert refused(lambda: name(substitute=anna.who)) == "people.substitute_same"
    assert refused(lambda: name(substitute=10_000)) == "people.nobody"
    for by in ("oleg", "gleb", "vera"):
        with pytest.raises(NotAllowed, match=r"people\.substitute_self"):
            name(by=cast[by])
    made = name()
    for by in ("oleg", "gleb"):
        assert refused(partial(persons.end_substitution, made.pk, by=cast[by])) == "people.substitute_self"
    persons.end_substitution(made.pk, by=anna)
    assert refused(lambda: persons.end_substitution(made.pk, by=anna)) == "people.no_substitution"
    assert name(by=cast["root"]).pk


def test_what_is_longer_than_its_column_is_refused(cast: Cast) -> None:
    root, mail = cast["root"], f"a@{'.'.join(['b' * 60] * 5)}.org"
    before = dump()
    long: tuple[dict[str, Any], ...] = ({"name": "N" * 201}, {"personnel_number": "9" * 65}, {"email": mail})
    for given in long:
        assert refused(partial(persons.add_person, by=root, **{"name": "Nina", "email": "n@example.org", **given})) == "people.too_long"
    assert refused(lambda: persons.add_account(cast["anna"].who, by=root, email=mail, password=PASSWORD)) == "people.too_long"
    assert changed(before, dump()) == []


def test_an_account_more(cast: Cast) -> None:
    root, anna = cast["root"], cast["anna"].who
    made = persons.add_account(anna, by=root, email="A2@Example.org", password=PASSWORD)
    assert (made.email, made.person_id, made.check_password(PASSWORD)) == ("a2@example.org", anna, True)
    assert refused(lambda: persons.add_account(anna, by=root, email="no mail", password=PASSWORD)) == "people.email"


def test_the_cast_is_what_the_tests_think_it_is() -> None:
    cast = make_cast("anna", "boris")
    assert set(cast) == {"root", "anna", "boris"}
    assert cast["boris"].roles == {"approver"}
