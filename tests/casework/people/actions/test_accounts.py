"""What is done to a way of signing in is a record, both or neither; an account is its person's."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from enduse.casework.ledger.models import Record
from enduse.casework.people.actions.accounts import changing, choose_language, drop_second_step, set_password
from enduse.casework.people.actions.persons import add_account, leave, switch_account
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account
from enduse.casework.people.queries import actor_of
from enduse.domain.refusals import NotAllowed, Refused

NEW = "wide river under a bridge 8"


@pytest.fixture
def account(cast: dict[str, Actor]) -> Account:
    """Anna's."""
    return Account.objects.get(email="anna@example.org")


def last() -> Record:
    return Record.objects.order_by("-index")[0]


def test_a_change_of_ones_own_is_recorded_with_it(account: Account) -> None:
    with changing("password_changed", by=actor_of(account)):
        account.set_password(NEW)
        account.save()
    assert (last().kind, last().about, last().by) == (
        "account.password_changed",
        f"account:{account.pk}",
        f"person:{account.person_id} account:{account.pk}",
    )
    assert NEW not in str(last().body)


def test_a_change_that_fails_is_neither_done_nor_recorded(account: Account) -> None:
    before, held = Record.objects.count(), account.password
    with pytest.raises(OSError, match="no room"), changing("password_changed", by=actor_of(account)):
        account.set_password(NEW)
        account.save()
        raise OSError("no room")
    assert Record.objects.count() == before
    assert Account.objects.get(pk=account.pk).password == held


def test_an_administrator_sets_a_password_and_takes_a_second_step_off(cast: dict[str, Actor], account: Account) -> None:
    set_password(account.pk, by=cast["root"], password=NEW)
    assert Account.objects.get(pk=account.pk).check_password(NEW)
    assert last().kind == "people.password_set"
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=account, type=Authenticator.Type.RECOVERY_CODES, data={})
    drop_second_step(account.pk, by=cast["root"])
    assert last().kind == "people.second_step_dropped"
    assert not Authenticator.objects.exists()


def by_other(email: str) -> bool:
    return Account.objects.get(email=email).password_by_other


def test_a_password_that_somebody_else_set_is_known_as_such_until_its_owner_changes_it(cast: dict[str, Actor], account: Account) -> None:
    assert not by_other("root@example.org")  # the first administrator's own
    assert by_other("anna@example.org")
    for event in ("password_changed", "password_reset"):
        set_password(account.pk, by=cast["root"], password=NEW)
        assert by_other("anna@example.org")
        with changing("second_step_on", by=actor_of(account)):
            pass
        assert by_other("anna@example.org")
        with changing(event, by=actor_of(account)):
            pass
        assert not by_other("anna@example.org")
    root = Account.objects.get(email="root@example.org")
    set_password(root.pk, by=actor_of(root), password=NEW)
    add_account(root.person_id, by=actor_of(root), email="r2@example.org", password=NEW)
    add_account(account.person_id, by=actor_of(root), email="a2@example.org", password=NEW)
    assert [by_other(email) for email in ("root@example.org", "r2@example.org", "a2@example.org")] == [False, False, True]


def test_what_may_not_be_done_leaves_no_record(cast: dict[str, Actor], account: Account) -> None:
    before = Record.objects.count()
    for who in ("anna", "vera", "boris"):
        with pytest.raises(NotAllowed):
            set_password(account.pk, by=cast[who], password=NEW)
        with pytest.raises(NotAllowed):
            drop_second_step(account.pk, by=cast[who])
    with pytest.raises(Refused):
        set_password(account.pk, by=cast["root"], password="short")
    with pytest.raises(Refused):
        set_password(9999, by=cast["root"], password=NEW)
    with pytest.raises(Refused):
        drop_second_step(account.pk, by=cast["root"])
    assert Record.objects.count() == before


def test_an_account_of_one_who_left_stays_off(cast: dict[str, Actor], account: Account) -> None:
    leave(account.person_id, by=cast["root"])
    with pytest.raises(Refused):
        switch_account(account.pk, by=cast["root"], active=True)


def test_nobody_switches_off_the_account_they_work_with(cast: dict[str, Actor]) -> None:
    root = Account.objects.get(email="root@example.org")
    with pytest.raises(Refused):
        switch_account(root.pk, by=actor_of(root), active=False)


def test_a_language_is_no_deed(account: Account) -> None:
    before = Record.objects.count()
    choose_language(account.pk, "en")
    assert Account.objects.get(pk=account.pk).language == "en"
    choose_language(account.pk, "tlh")
    assert Account.objects.get(pk=account.pk).language == "ru"
    assert Record.objects.count() == before
