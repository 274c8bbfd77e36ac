"""Saved views are their owner's alone, and a name stands once."""

from __future__ import annotations

import pytest

from enduse.casework.desk import views
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import Refused
from tests.casework.desk.owners import account

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def names(actor: Actor, table: str = "deals") -> list[tuple[str, str]]:
    return [(one.name, one.query) for one in views.saved(account(actor), table)]


def test_a_view_is_kept_by_name_and_replaced_under_it(cast: Cast) -> None:
    anna = account(cast["anna"])
    views.save(anna, "deals", " Kenya,  held ", "q=Kenya")
    views.save(anna, "deals", "All", "")
    views.save(anna, "deals", "Kenya, held", "q=Kenya&outcome=hold")
    assert names(cast["anna"]) == [("All", ""), ("Kenya, held", "q=Kenya&outcome=hold")]


def test_views_are_of_one_table_and_one_reader(cast: Cast) -> None:
    kept = views.save(account(cast["anna"]), "deals", "Mine", "who=me")
    assert names(cast["anna"], "register") == []
    assert names(cast["boris"]) == []
    views.forget(account(cast["boris"]), kept.pk)
    assert names(cast["anna"]) == [("Mine", "who=me")]
    views.forget(account(cast["anna"]), kept.pk)
    assert names(cast["anna"]) == []


@pytest.mark.parametrize(("name", "query", "why"), [(" \t", "", "view.unnamed"), ("n" * 81, "", "view.too_long"), ("n", "q" * 2001, "view.too_long")])
def test_what_cannot_be_kept_is_refused(cast: Cast, name: str, query: str, why: str) -> None:
    with pytest.raises(Refused) as answer:
        views.save(account(cast["anna"]), "deals", name, query)
    assert [one.code for one in answer.value.refusals] == [why]
    assert names(cast["anna"]) == []


def test_there_is_an_end_to_views_but_one_that_stands_can_be_changed(cast: Cast) -> None:
    anna = account(cast["anna"])
    for number in range(views.MOST):
        views.save(anna, "deals", f"{number:02}", "")
    with pytest.raises(Refused) as answer:
        views.save(anna, "deals", "more", "")
    assert answer.value.refusals[0].code == "view.too_many"
    views.save(anna, "deals", "07", "q=x")
    assert dict(names(cast["anna"]))["07"] == "q=x"
