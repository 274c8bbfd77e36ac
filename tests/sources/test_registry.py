"""The lists that can be read."""

from __future__ import annotations

import pytest

from enduse.formats.problems import BadInput
from enduse.sources.registry import SOURCES, source_named
from enduse.sources.source import File

WORDS = {"un-sc", "ofac-sdn", "ofac-consolidated", "us-csl", "us-dpl", "eu-fsf", "uk-sl", "uk-ofsi", "ca-sema", "ru-rosfin", "ftm", "csv"}
PAGES = {
    "an empty file": b"",
    "an error page": b"<!doctype html><html><body>503 Service unavailable</body></html>",
    "an archive": b"PK\x03\x04" + bytes(60),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(60),
    "a bomb": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><a>&b;</a>',
    "half of an XML": b'<?xml version="1.0"?><list><entry><name>Ada',
    "a line": b"one line and nothing else",
}


def test_every_list_that_is_promised_is_there() -> None:
    assert set(SOURCES) == WORDS
    for word, source in SOURCES.items():
        assert source.word == word
        assert all(source.title) and all(source.terms)
        assert source.max_age_days > 0
        assert source.tried_on in ("real", "sample")


def test_another_word_is_told_with_the_nearest() -> None:
    with pytest.raises(BadInput) as refused:
        source_named("un-scc")
    assert "un-sc" in refused.value.problems[0].text("en")


@pytest.mark.parametrize("what", PAGES)
@pytest.mark.parametrize("word", sorted(WORDS))
def test_what_is_no_list_is_refused_by_each_and_never_an_empty_list(word: str, what: str) -> None:
    with pytest.raises(BadInput) as refused:
        source_named(word).read([File("file", PAGES[what])])
    for problem in refused.value.problems:
        assert problem.text("ru") != problem.text("en")
