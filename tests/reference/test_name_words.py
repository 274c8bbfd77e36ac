"""Words counted in names: common ones are there, rare ones left out."""

from __future__ import annotations

from enduse.reference.name_words import name_words


def test_counts_are_of_words_that_several_entries_bear() -> None:
    entries, words = name_words()
    assert min(words.values()) >= 4
    assert max(words.values()) < entries
    assert words["mohammed"] > words["ivanov"]
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words)
