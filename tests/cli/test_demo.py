"""`enduse demo`: made-up deals of every outcome."""

from __future__ import annotations

import pytest

from enduse.domain.rules import Effect
from tests.commands import Enduse


def test_every_outcome_is_shown_and_that_is_a_yes(enduse: Enduse) -> None:
    ran = enduse("demo", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert {answer["outcome"] for answer in ran.answers} == set(Effect.__members__)


@pytest.mark.parametrize(("lang", "head", "outcome"), [("ru", "Демонстрация", "ОТКАЗАТЬ"), ("en", "Demonstration", "REFUSE")])
def test_it_is_shown_to_people(enduse: Enduse, lang: str, head: str, outcome: str) -> None:
    ran = enduse("demo", "--lang", lang)
    assert ran.code == 0
    assert ran.out.startswith(head)
    assert outcome in ran.out
    assert "enduse assess" in ran.out.splitlines()[-1]
