"""The records of solutions: listed by name, read as they stand, and only for those who may see them."""

from __future__ import annotations

import pytest

from enduse.casework.solutions.queries import solution_record, solutions_held
from enduse.domain.refusals import NotAllowed, Refused
from tests.casework.cast import imported, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_records_are_listed_by_name() -> None:
    anna = make_cast("anna")["anna"]
    for name in ("Slovo", "Alef"):
        imported(anna, reference=name, solution={"name": name})
    held = solutions_held(anna)
    assert [one.name for one in held] == ["Alef", "Slovo"]
    assert solution_record(anna, held[0].pk)["name"] == "Alef"
    with pytest.raises(Refused):
        solution_record(anna, 999)


def test_sales_does_not_look_into_the_records() -> None:
    with pytest.raises(NotAllowed):
        solutions_held(make_cast("ivan")["ivan"])
