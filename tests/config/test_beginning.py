"""The beginning of an installation."""

from __future__ import annotations

import pytest
from django.conf import settings

from enduse.casework.people.queries import actor_named
from enduse.casework.people.settings import value
from enduse.config import beginning
from enduse.domain.refusals import Refused
from tests.casework.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_leaves_a_key_an_administrator_and_the_organisations_name() -> None:
    said = beginning.begin(name="Root", email="root@example.org", password=PASSWORD, organisation="Northern Algorithm")
    assert actor_named("root@example.org").roles == {"administrator"}
    assert value("organisation") == "Northern Algorithm"
    assert settings.CONFIG.checkpoint_key.exists()
    assert said["checkpoint_key"].startswith("enduse/ledger+")


def test_a_password_that_will_not_do_begins_nothing() -> None:
    with pytest.raises(Refused):
        beginning.begin(name="Root", email="root@example.org", password="short", organisation="")
    beginning.begin(name="Root", email="root@example.org", password=PASSWORD, organisation="")


def test_it_begins_only_once() -> None:
    beginning.begin(name="Root", email="root@example.org", password=PASSWORD, organisation="")
    with pytest.raises(Refused) as told:
        beginning.begin(name="Other", email="other@example.org", password=PASSWORD, organisation="")
    assert told.value.refusals[0].code == "people.begun"
