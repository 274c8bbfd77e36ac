"""The cast of the pages' tests: each made through the real actions, each with a browser's client that has signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client

from enduse.casework.people.actions.persons import add_first, add_person
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account
from enduse.casework.people.queries import actor_of

PASSWORD = "correct horse battery 9"


@dataclass(frozen=True)
class Member:
    """One of the cast."""

    name: str
    email: str
    person: int
    account: int
    client: Client

    @property
    def actor(self) -> Actor:
        """Who acts when they act, with the roles of this moment."""
        return actor_of(Account.objects.get(pk=self.account))


Cast = Callable[[str], Member]


def signed_in(email: str, language: str = "en") -> Client:
    """A client that has signed in, with a password of their own, and reads in a language."""
    client = Client(headers={"accept-language": language})
    Account.objects.filter(email=email).update(language=language, password_by_other=False)
    client.force_login(Account.objects.get(email=email))
    return client


def member(name: str) -> Member:
    """The member of this name, signed in."""
    email = f"{name.lower()}@example.ru"
    account = Account.objects.get(email=email)
    return Member(name, email, account.person_id, account.pk, signed_in(email))


@pytest.fixture
def root(db: None) -> Member:
    """The administrator, who was here first. Nobody failed to sign in before: those counters stand outside the tables that tests empty."""
    cache.clear()
    add_first(name="Root", email="root@example.ru", password=PASSWORD)
    return member("Root")


def _added(root: Member, name: str, *roles: str) -> Member:
    add_person(by=root.actor, name=name, email=f"{name.lower()}@example.ru", roles=roles, password=PASSWORD)
    return member(name)


@pytest.fixture
def anna(root: Member) -> Member:
    """The officer, who prepares, and signs identifications too."""
    return _added(root, "Anna", "officer", "expert")


@pytest.fixture
def oleg(root: Member) -> Member:
    """An officer who is no expert."""
    return _added(root, "Oleg", "officer")


@pytest.fixture
def boris(root: Member) -> Member:
    """The approver."""
    return _added(root, "Boris", "approver")


@pytest.fixture
def vera(root: Member) -> Member:
    """The auditor."""
    return _added(root, "Vera", "auditor")


@pytest.fixture
def gleb(root: Member) -> Member:
    """A stranger: an initiator whose deals are others."""
    return _added(root, "Gleb", "initiator")


@pytest.fixture
def ivan(root: Member) -> Member:
    """The initiator, who files."""
    return _added(root, "Ivan", "initiator")


@pytest.fixture
def elena(root: Member) -> Member:
    """The technical expert."""
    return _added(root, "Elena", "expert")


@pytest.fixture
def lev(root: Member) -> Member:
    """The lawyer."""
    return _added(root, "Lev", "lawyer")


@pytest.fixture
def cast(root: Member, anna: Member, boris: Member, vera: Member, gleb: Member, ivan: Member, elena: Member, lev: Member) -> dict[str, Member]:
    """Everybody, by role; `stranger` is the initiator whose deals are others."""
    return {
        "administrator": root,
        "officer": anna,
        "approver": boris,
        "auditor": vera,
        "initiator": ivan,
        "expert": elena,
        "lawyer": lev,
        "stranger": gleb,
    }
