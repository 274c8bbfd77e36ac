"""Drafts are their writer's alone, as they were typed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from enduse.casework import clock
from enduse.casework.desk import drafts
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import NotAllowed, Refused
from tests.casework.desk.owners import account

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def test_a_draft_stays_as_it_was_typed_and_the_last_one_comes_first(cast: Cast) -> None:
    anna = account(cast["anna"])
    first, second = drafts.begin(anna, {"title": "x", "day": "31.02"}), drafts.begin(anna, {})
    with clock.at(clock.now() + timedelta(hours=1)):
        drafts.keep(anna, first.pk, {"title": "y", "day": "30.02"}, title="y" * 300)
    kept = drafts.drafts(anna)
    assert [one.pk for one in kept] == [first.pk, second.pk]
    assert kept[0].content == {"title": "y", "day": "30.02"}
    assert kept[0].title == "y" * 200
    assert kept[0].updated_at - kept[0].started_at == timedelta(hours=1)


def test_nobody_else_sees_changes_or_drops_it(cast: Cast) -> None:
    kept = drafts.begin(account(cast["anna"]), {"title": "x"})
    other = account(cast["boris"])
    assert drafts.drafts(other) == []
    with pytest.raises(NotAllowed) as answer:
        drafts.keep(other, kept.pk, {})
    assert answer.value.refusals[0].code == "draft.absent"
    with pytest.raises(NotAllowed):
        drafts.draft(other, kept.pk)
    drafts.drop(other, kept.pk)
    assert drafts.draft(account(cast["anna"]), kept.pk).content == {"title": "x"}
    drafts.drop(account(cast["anna"]), kept.pk)
    assert drafts.drafts(account(cast["anna"])) == []


def test_there_is_an_end_to_drafts(cast: Cast) -> None:
    anna = account(cast["anna"])
    for _ in range(drafts.MOST):
        drafts.begin(anna, {})
    with pytest.raises(Refused) as answer:
        drafts.begin(anna, {})
    assert answer.value.refusals[0].code == "draft.too_many"
