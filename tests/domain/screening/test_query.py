"""What is asked: only the name is needed, and what is not known stays unknown."""

from __future__ import annotations

from typing import get_args

from enduse.domain.screening.query import KINDS, Kind, Query


def test_only_the_name_is_needed() -> None:
    query = Query("Rosa Quill")
    assert (query.kind, query.countries, query.birth, query.identifiers, query.address) == ("any", (), None, (), "")
    assert query == Query("Rosa Quill", "any")
    assert len({query, Query("Rosa Quill"), Query("Rosa Quill", "person")}) == 2


def test_the_kinds_are_those_of_the_type() -> None:
    assert get_args(Kind) == KINDS
