"""`enduse screen` of one name: hits, none, and what makes the question bad or the answer incomplete."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from enduse.formats.receipts import intact
from enduse.stores.indexes import forget
from tests.commands import Enduse
from tests.listed import NAMES, STRANGER, hold


@pytest.fixture
def data(tmp_path: Path) -> Path:
    forget()
    hold(tmp_path / "data")
    return tmp_path / "data"


def test_a_hit_is_three_and_no_hit_is_nought_and_both_give_a_receipt(data: Path, enduse: Enduse) -> None:
    hit, clear = (enduse("screen", name, "--json") for name in (NAMES[0], STRANGER))
    assert (hit.code, clear.code) == (3, 0), hit.err + clear.err
    assert [(one["list"], one["name"]) for one in hit.answer["hits"]] == [("csv", NAMES[0])]
    assert all(isinstance(line, str) and line for line in hit.answer["hits"][0]["explanation"])
    assert {"entry", "score", "kind", "strength"} <= set(hit.answer["hits"][0])
    assert (clear.answer["hits"], clear.answer["complete"]) == ([], True)
    for ran in (hit, clear):
        assert intact(ran.answer["receipt"])
        assert "un-sc" in ran.answer["not_covered"][-1]


def test_for_people_in_both_languages(data: Path, enduse: Enduse) -> None:
    english, russian = enduse("screen", NAMES[0], "--country", "Кения"), enduse("screen", NAMES[0], "--lang", "ru")
    assert "Hits: 1" in english.out
    assert "country: Kenya" in english.out
    assert "Lists searched" in english.out
    assert "Not covered" in english.out
    assert "Совпадений: 1" in russian.out
    assert "квитанция sha256:" in russian.out
    assert "No hits" in enduse("screen", STRANGER).out


def test_everything_that_is_known_is_asked(data: Path, enduse: Enduse) -> None:
    ran = enduse(
        *("screen", NAMES[0], "--kind", "company", "--country", "KE", "--country", "Иран", "--birth-date", "circa 1961"),
        *("--identifier", "A1", "--identifier", "A2", "--address", "Quay St", "--threshold", "0.8", "--threshold", "csv:company=0.9", "--json"),
    )
    receipt = ran.answer["receipt"]
    assert receipt["query"] == {
        "name": NAMES[0],
        "kind": "company",
        "countries": ["KE", "IR"],
        "birth": {"first": "1961-01-01", "last": "1961-12-31", "circa": True},
        "identifiers": ["A1", "A2"],
        "address": "Quay St",
    }
    assert (receipt["norms"]["threshold"], receipt["norms"]["of"]) == (0.8, {"csv:company": 0.9})


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "there is nothing to search"),
        ([""], "there is no name"),
        (["   "], "there is no name"),
        ([NAMES[0], "--kind", "dog"], "Possible: any, person, company, vessel, aircraft"),
        ([NAMES[0], "--country", "Narnia"], "`Narnia` is not known"),
        ([NAMES[0], "--birth-date", "soon"], "`soon` cannot be read"),
        ([NAMES[0], "--threshold", "2"], "`2` will not do"),
        ([NAMES[0], "--threshold", "high"], "`high` will not do"),
        ([NAMES[0], "--threshold", "un-sc:dog=0.5"], "will not do for --threshold"),
        ([NAMES[0], "--list", "un-scc"], "`un-sc`"),
        ([NAMES[0], "--list", "../csv"], "no list"),
        ([NAMES[0], "--list", ""], "no list"),
        ([NAMES[0], "--list", "."], "no list"),
        ([NAMES[0], "--list", ".."], "no list"),
        ([NAMES[0], "--threshold", "nosuch=0.1"], "a threshold is given for the list `nosuch`"),
        ([NAMES[0], "--threshold", "un-sc=0.1"], "Searched are: csv"),
        ([NAMES[0], "--list", "un-sc", "--threshold", "csv:person=0.1"], "Searched are: un-sc"),
        ([NAMES[0], "Trading"], "one too many: `Trading`. What has spaces in it stands in quotation marks"),
        ([NAMES[0], "--birth-date", "31.02.1960"], "`31.02.1960` cannot be read"),
        ([""], "Write it after `enduse screen`"),
        ([NAMES[0], "--receipt", "x", "--pdf", "./x"], "--receipt and --pdf name one file"),
        ([NAMES[0], "--receipt", "/dev/null"], "is no file that can be written"),
        ([NAMES[0], "--pdf", "."], "is no file that can be written"),
        (["--replay", "x", "--pdf", "x"], "--replay and --pdf name one file"),
        ([NAMES[0], "--input", "x.csv"], "NAME and --input"),
        ([NAMES[0], "--workers", "2"], "NAME and --workers"),
        (["--input", "x.csv"], "--output"),
        (["--input", "x.csv", "--output", "y.jsonl", "--country", "RU"], "--input and --country"),
        (["--replay", "r.json", "--receipt", "x.json"], "--replay and --receipt"),
        ([NAMES[0], "--workers", "0"], "0"),
        ([NAMES[0], "--receipt", "/no/such/folder/r.json"], "cannot be written"),
    ],
)
def test_a_bad_question_is_two_and_says_what_would_be_right(data: Path, enduse: Enduse, arguments: list[str], told: str) -> None:
    ran = enduse("screen", *arguments)
    assert ran.code == 2
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_list_that_is_missing_or_old_is_an_error_and_hits_are_shown_all_the_same(
    data: Path, enduse: Enduse, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = enduse("screen", NAMES[0], "--list", "csv", "--list", "un-sc", "--json")
    assert (ran.code, len(ran.answer["hits"]), ran.answer["complete"]) == (2, 1, False)
    assert "un-sc is not held" in ran.err
    assert "un-sc is not held" in ran.answer["not_covered"][0]
    hold(data, "Old Name", word="own-old", days_ago=400)
    ran = enduse("screen", STRANGER)
    assert (ran.code, "own-old is old" in ran.err) == (2, True)
    assert enduse("screen", STRANGER, "--list", "csv").code == 0
    monkeypatch.setenv("ENDUSE_LISTS", "csv")
    assert enduse("screen", STRANGER).code == 0
    monkeypatch.setenv("ENDUSE_LISTS", "own-old")
    monkeypatch.setenv("ENDUSE_LIST_DAYS", "own-old=500")
    assert enduse("screen", "Old Name").code == 3


def test_without_any_list_nothing_is_an_answer(enduse: Enduse) -> None:
    ran = enduse("screen", NAMES[0])
    assert (ran.code, "no list is held" in ran.err, ran.out) == (2, True, "")


def test_a_receipt_and_its_page_are_written(data: Path, enduse: Enduse, tmp_path: Path) -> None:
    ran = enduse("screen", NAMES[0], "--receipt", tmp_path / "r.json", "--pdf", tmp_path / "r.pdf")
    assert ran.code == 3
    held: dict[str, Any] = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert intact(held)
    assert held["digest"] in ran.out
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


UNSEARCHED = ("я" * 2000, "😀", "«»")


@pytest.mark.parametrize("name", ["A", "я" * 2000, "12345", "ООО", "😀", "\u202eabc", "中文名", "«»", "a\x07b", "%s{0}{name}", "a\nb"])
def test_strange_names_never_crash(data: Path, enduse: Enduse, name: str) -> None:
    for arguments in (["--json"], ["--lang", "ru"]):
        ran = enduse("screen", name, *arguments)
        assert ran.code in ((2,) if name in UNSEARCHED else (0, 3)), ran.err  # what was not searched by is not clear
        assert "Traceback" not in ran.err
    assert "\u202e" not in ran.out
    assert "\x07" not in ran.out
