"""Entries when all are read: none is lost, and each has an id of its own."""

from __future__ import annotations

from dataclasses import replace

from enduse.domain.screening.entity import Country, Entity, Name
from enduse.sources.entries import made_id, settle

ADA = Entity("7", "Person", (Name("Ada"),), countries=(Country("Kenya", "KE"),))


def test_an_id_is_made_of_what_is_said_however_it_is_spaced_or_cased() -> None:
    assert made_id("Ada  Byron", "Kenya") == made_id("ada byron", "KENYA")
    assert made_id("Ada", "Byron") != made_id("Ada Byron")


def test_an_entry_without_a_name_is_told_and_counted() -> None:
    settled = settle([("1", ADA), ("2", replace(ADA, id="8", names=()))])
    assert settled.entities == (ADA,)
    assert [(one.place, one.code, one.whole) for one in settled.skipped] == [("2", "skipped.nameless", True)]


def test_a_repetition_is_taken_once_and_another_under_the_same_number_is_not_lost() -> None:
    other = replace(ADA, names=(Name("Eve"),))
    settled = settle([("1", ADA), ("2", ADA), ("3", other)])
    assert [entity.names[0].text for entity in settled.entities] == ["Ada", "Eve"]
    assert settled.entities[1].id.startswith("7~")
    assert [(one.code, one.whole) for one in settled.skipped] == [("skipped.same", True), ("skipped.renumbered", False)]
    assert settled.numbers == (0, 2)


def test_an_entry_without_a_number_gets_one_that_stays_the_same() -> None:
    first, again = (settle([("1", replace(ADA, id=""))]).entities[0].id for _ in range(2))
    assert first == again != ""
    moved = settle([("1", replace(ADA, id="", countries=(Country("Uganda", "UG"),)))]).entities[0].id
    assert moved != first
