"""The directory: who is known here."""

from __future__ import annotations

import pytest

from enduse.casework.people.actions import persons
from enduse.casework.people.directory import account_named, anybody, everybody
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
    assert (root.roles, anna.roles, boris.roles) == (("administrator",), ("officer",), ("auditor",))
    assert anna.accounts == (("anna@example.org", False),)
    assert not anna.left
    assert anybody()


def test_an_account_that_is_not_there_is_told() -> None:
    with pytest.raises(Refused) as told:
        account_named("nobody@example.org")
    assert told.value.refusals[0].code == "people.no_account"
