"""The directory: who is known here."""

from __future__ import annotations

import pytest

from enduse.casework.people.actions import persons
from enduse.casework.people.directory import account_named, account_number, anybody, everybody, strangers
from enduse.domain.refusals import Refused
from tests.casework.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_holds_everybody_with_roles_of_now_and_accounts() -> None:
    assert not anybody()
    cast = make_cast("anna", "boris")
    assert cast["boris"].person is not None
    persons.grant(cast["boris"].person, by=cast["root"], role="auditor")
    persons.revoke(cast["boris"].person, by=cast["root"], role="approver")
    persons.switch_account(account_named("ANNA@example.org"), by=cast["root"], active=False)
    root, anna, boris = everybody()
    assert (root.roles, anna.roles, boris.roles) == (("administrator",), ("expert", "officer"), ("auditor",))
    assert anna.accounts == (("anna@example.org", False),)
    assert not anna.left
    assert anybody()


def test_an_account_that_is_not_there_is_told() -> None:
    with pytest.raises(Refused) as told:
        account_named("nobody@example.org")
    assert told.value.refusals[0].code == "people.no_account"


def test_whoever_has_no_e_mail_of_a_domain_is_a_stranger_to_it() -> None:
    assert not strangers("example.org")
    root = make_cast("anna")["root"]
    assert not strangers("example.org")
    assert strangers("demo.invalid")
    persons.add_person(by=root, name="Nina", personnel_number="17", roles=("initiator",))
    assert strangers("example.org")


def test_an_account_is_known_by_its_e_mail_with_the_person_it_is_of() -> None:
    anna = make_cast("anna")["anna"]
    assert account_number(" ANNA@example.org ") == (account_named("anna@example.org"), anna.person)
    assert account_number("nobody@example.org") is None
    assert account_number("") is None
