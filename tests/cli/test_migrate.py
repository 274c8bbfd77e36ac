"""`enduse migrate`: the step to a newer version of the program."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from enduse.config import schema
from tests.commands import Enduse

pytestmark = pytest.mark.django_db(transaction=True)


def test_on_a_database_of_this_version_it_changes_nothing(enduse: Enduse) -> None:
    ran = enduse("migrate", "--json")
    assert (ran.code, ran.answer) == (0, {"steps": []})


@pytest.mark.parametrize(("lang", "words"), [("ru", "приведена к этой версии: deals.0002"), ("en", "up to this version: deals.0002")])
def test_it_says_which_steps_it_took(enduse: Enduse, lang: str, words: str) -> None:
    with patch.object(schema, "bring_up", return_value=["deals.0002"]):
        assert words in enduse("migrate", "--lang", lang).out


def test_a_database_of_a_newer_version_is_left_alone(enduse: Enduse) -> None:
    with patch.object(schema, "ahead", return_value=["deals.0009"]), patch.object(schema, "bring_up") as done:
        ran = enduse("migrate")
    assert ran.code == 3
    assert "deals.0009" in ran.err
    assert not done.called
