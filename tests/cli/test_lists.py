"""`enduse lists`: taking a list in and saying what is held."""

from __future__ import annotations

from pathlib import Path

import pytest

from enduse.sources.registry import SOURCES
from tests.commands import Enduse

OWN = "Name,Country,Alias\nRosa Quill Trading,Kenya,Quill\n,Kenya,\nVarnet Systems,Nowhere,\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENDUSE_DATA", str(tmp_path / "data"))
    path = tmp_path / "own.csv"
    path.write_text(OWN, "utf-8")
    return path


def test_nothing_is_held_at_first(own: Path, enduse: Enduse) -> None:
    ran = enduse("lists")
    assert (ran.code, "No list is held" in ran.out) == (0, True)
    assert enduse("lists", "--json").out == ""


def test_a_list_is_taken_in_and_then_held(own: Path, enduse: Enduse) -> None:
    ran = enduse("lists", "import", "csv", own)
    assert ran.code == 0, ran.err
    assert "entries: 2" in ran.out
    assert "own.csv:3: an entry without any name" in ran.err
    held = enduse("lists", "--json").answer
    assert (held["list"], held["counted"], held["entries"], held["published"], held["age_days"]) == ("csv", 3, 2, None, 0)
    assert sum(held["skipped"].values()) >= 2  # no name, and a country that there is not
    assert enduse("lists", "--lang", "ru").out.startswith("csv · издатель дня не указал")


def test_everything_not_taken_over_is_told_to_programs(own: Path, enduse: Enduse) -> None:
    told = enduse("lists", "import", "csv", own, "--json").answer["not_taken_over"]
    assert {"place", "code", "text", "whole"} == set(told[0])
    assert any(one["whole"] for one in told)
    assert all(one["text"] for one in told)


def test_what_is_no_list_is_a_bad_question_and_takes_nothing_in(own: Path, enduse: Enduse, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html><body>Service unavailable</body></html>", "utf-8")
    for source, file, told in (
        ("un-sc", page, "un-sc"),
        ("un-scc", own, "un-sc"),
        ("us-dpl", own, "us-dpl"),
        ("csv", tmp_path / "none.csv", "none.csv"),
    ):
        ran = enduse("lists", "import", source, file)
        assert ran.code == 2
        assert told in ran.err
        assert "Traceback" not in ran.err
    assert enduse("lists", "--json").out == ""
    assert enduse("lists", "import", "csv").code == 2


def test_a_list_that_has_shrunk_needs_a_word(own: Path, enduse: Enduse) -> None:
    assert enduse("lists", "import", "csv", own).code == 0
    own.write_text("Name\n" + "A Person\n" * 0, "utf-8")
    assert enduse("lists", "import", "csv", own).code == 2
    own.write_text("Name\n" + "".join(f"Somebody {number}\n" for number in range(9)), "utf-8")
    assert enduse("lists", "import", "csv", own).code == 0
    own.write_text("Name\nSomebody 1\n", "utf-8")
    ran = enduse("lists", "import", "csv", own)
    assert (ran.code, "--smaller" in ran.err) == (2, True)
    assert enduse("lists", "import", "csv", own, "--smaller").code == 0


def test_a_listing_on_a_sample_only_is_said(enduse: Enduse) -> None:
    tried = {word: source.tried_on for word, source in SOURCES.items()}
    assert {word for word, on in tried.items() if on == "sample"} == {"eu-fsf", "uk-sl", "uk-ofsi", "ru-rosfin"}
