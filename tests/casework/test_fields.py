"""Plain data as JSON text: it comes back as it went in, keys in their order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.casework.deals.models import Version
from enduse.casework.fields import JsonText
from enduse.casework.people.actor import Actor
from tests.builders import file_with
from tests.casework.cast import imported

FIELD = JsonText()
LETTERS = st.characters(exclude_categories=["Cs"])
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(LETTERS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN.filter(lambda value: value is not None))
def test_plain_data_comes_back_as_it_went_in(value: Any) -> None:
    stored = FIELD.get_prep_value(value)
    back = FIELD.from_db_value(stored)
    assert back == value
    assert str(back) == str(value)  # the order of keys, too


def test_nothing_is_nothing() -> None:
    assert FIELD.get_prep_value(None) is None
    assert FIELD.from_db_value(None) is None


def test_text_is_stored_as_people_read_it() -> None:
    assert FIELD.get_prep_value({"б": ["я", "NO"], "а": 1}) == '{"б":["я","NO"],"а":1}'
    assert FIELD.to_python('{"a":1}') == FIELD.to_python({"a": 1}) == {"a": 1}


@pytest.mark.django_db
def test_a_deal_keeps_the_order_and_the_spelling_of_its_file(cast: dict[str, Actor]) -> None:
    content = file_with(date=None, title="Система «Слово» 🙂", exporter={"registration": "00123", "name": "NO"})
    content = dict(reversed(list(content.items())))
    pk = imported(cast["anna"]).deal.pk
    with_order = Version(deal_id=pk, content=content).content
    assert list(with_order) == list(content)
    held = Version.objects.get(deal=pk).content
    assert list(held) == list(file_with(date=None))
    assert list(held["parties"][0]) == ["role", "name", "kind", "country"]
