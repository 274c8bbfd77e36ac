"""`enduse users`: people, accounts and roles on the command line."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate

from enduse.casework.ledger.models import Record
from enduse.casework.people.actions.persons import leave
from enduse.casework.people.queries import actor_named
from tests.casework.cast import PASSWORD, make_cast
from tests.commands import Enduse

pytestmark = pytest.mark.django_db(transaction=True)
BY = ("--by", "root@example.org")


@pytest.fixture(autouse=True)
def _root() -> None:
    make_cast("anna")


def test_somebody_is_added_and_can_sign_in(enduse: Enduse) -> None:
    ran = enduse("users", "add", "--name", "Борис", "--email", "b@example.org", "--role", "officer", "--role", "expert", *BY, "--json")
    assert ran.code == 0
    assert actor_named("b@example.org").roles == {"officer", "expert"}
    assert authenticate(email="b@example.org", password=ran.answer["password"]) is not None


def test_with_a_personnel_number_alone_there_is_no_account(enduse: Enduse) -> None:
    ran = enduse("users", "add", "--name", "Борис", "--personnel-number", "0042", "--role", "expert", *BY)
    assert (ran.code, len(ran.out.splitlines())) == (0, 1)
    listed = [known for known in enduse("users", "--json").answers if known["personnel_number"] == "0042"]
    assert [(known["accounts"], known["roles"]) for known in listed] == [([], ["expert"])]


def test_who_does_it_may_come_from_the_environment(enduse: Enduse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDUSE_BY", "root@example.org")
    assert enduse("users", "grant", "anna@example.org", "lawyer").code == 0
    assert Record.objects.order_by("-index")[0].by.startswith("person:")


def test_a_role_is_given_and_taken(enduse: Enduse) -> None:
    assert enduse("users", "grant", "anna@example.org", "lawyer", *BY).code == 0
    assert enduse("users", "grant", "anna@example.org", "lawyer", *BY).code == 3
    assert enduse("users", "revoke", "anna@example.org", "lawyer", *BY).code == 0
    assert actor_named("anna@example.org").roles == {"officer", "expert"}


def test_an_account_is_switched_off_and_on(enduse: Enduse) -> None:
    assert enduse("users", "switch-off", "anna@example.org", *BY).code == 0
    assert "anna@example.org is switched off" in enduse("users").out
    assert enduse("users", "switch-on", "anna@example.org", *BY).code == 0
    assert "switched off" not in enduse("users").out


def test_somebody_who_left_comes_back(enduse: Enduse) -> None:
    leave(actor_named("anna@example.org").who, by=actor_named("root@example.org"))
    ran = enduse("users", "return", "ANNA@example.org", "--role", "lawyer", "--account", "anna@example.org", *BY)
    assert (ran.code, "Anna (anna@example.org)" in ran.out) == (0, True)
    assert actor_named("anna@example.org").roles == {"lawyer"}
    assert authenticate(email="anna@example.org", password=PASSWORD) is not None
    assert enduse("users", "return", "anna@example.org", *BY).code != 0
    leave(actor_named("anna@example.org").who, by=actor_named("root@example.org"))
    assert enduse("users", "return", "anna@example.org", *BY).code == 0
    assert authenticate(email="anna@example.org", password=PASSWORD) is None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("grant", "anna@example.org", "king", *BY), 2),
        (("grant", "nobody@example.org", "lawyer", *BY), 2),
        (("switch-off", "nobody@example.org", *BY), 2),
        (("grant", "anna@example.org", "lawyer", "--by", "nobody@example.org"), 2),
        (("grant", "anna@example.org", "lawyer", "--by", "anna@example.org"), 3),
        (("grant", "root@example.org", "officer", *BY), 3),
        (("revoke", "root@example.org", "administrator", *BY), 3),
        (("add", "--name", "Анна", "--email", "anna@example.org", *BY), 3),
        (("add", "--name", "Анна", *BY), 2),
        (("grant", "anna@example.org", "lawyer"), 2),
        (("return", "anna@example.org", *BY), 3),
        (("return", "nobody@example.org", *BY), 3),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else str(value),
)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_what_may_not_be_is_told_and_nothing_is_written(enduse: Enduse, arguments: tuple[str, ...], code: int, lang: str) -> None:
    before = Record.objects.count()
    ran = enduse("users", *arguments, "--lang", lang)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith({"ru": "Ошибка: ", "en": "Error: "}[lang])
    assert "Traceback" not in ran.err
    assert Record.objects.count() == before
