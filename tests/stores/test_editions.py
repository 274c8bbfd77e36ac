"""Editions on disk: strictly checked with file and line, frozen, and refused once their files were changed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pytest

from enduse.formats.edition_shape import FILES
from enduse.formats.plain import read_yaml
from enduse.formats.problems import BadInput
from enduse.stores import editions
from enduse.stores.editions import CURRENT, FROZEN, editions_held, freeze, load_act, load_edition, load_source, read_source

HELD = Path(str(files("enduse.declaration").joinpath(CURRENT)))
READ_ONCE = lru_cache(maxsize=64)(read_yaml)


@pytest.fixture(autouse=True)
def parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that a test does not touch are parsed once for all tests."""
    monkeypatch.setattr(editions, "read_yaml", READ_ONCE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the edition, to break."""
    return Path(shutil.copytree(HELD, tmp_path / CURRENT, ignore=shutil.ignore_patterns("examples")))


@pytest.fixture
def held(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the edition that stands in the place of the one held."""
    monkeypatch.setattr(editions, "_folder", lambda name: folder)
    load_edition.cache_clear()
    load_source.cache_clear()
    yield folder
    load_edition.cache_clear()
    load_source.cache_clear()


def changed(folder: Path, file: str, was: str, becomes: str) -> int:
    """Change the first place where `was` stands in a file; gives its line."""
    path = folder / file
    text = path.read_text("utf-8")
    head = re.match("(#.*\n)*", text)
    assert head
    at = text.index(was, head.end())
    path.write_text(text[:at] + becomes + text[at + len(was) :], "utf-8")
    return text.count("\n", 0, at) + 1


def told(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as caught:
        read_source(folder)
    return [(problem.where, problem.code) for problem in caught.value.problems]


# file, what stands there, what stands there instead, how many lines further down the problem is told, its code
BROKEN = [
    ("rules.yaml", "- rule: floor\n  effect", "- rule: floor\n  colour: red\n  effect", 1, "key.unknown"),
    ("rules.yaml", "effect: hold", "effect: pause", 0, "word.unknown"),
    ("rules.yaml", "basis: policy", "basis: taste", 0, "word.unknown"),
    ("rules.yaml", "export and risk >= identified", "export and risk >= high", 0, "guard.level"),
    ("rules.yaml", "export and risk >= identified", "export and risk >= none", 0, "guard.mildest"),
    ("rules.yaml", "export and risk >= identified", "export and risks >= identified", 0, "guard.fact"),
    ("rules.yaml", "export and risk >= identified", "export and risk == identified", 0, "guard.word"),
    ("rules.yaml", "export and risk >= identified", "export and not risk >= identified", 0, "guard.word"),
    ("rules.yaml", "export and risk >= identified", "export and (risk >= identified", 0, "guard.end"),
    ("rules.yaml", "any_indicator >= unknown", "any_indicator >= maybe", 0, "guard.level"),
    ("rules.yaml", 'clauses: ["5.3"]\n  basis', "clauses: []\n  basis", None, "edition.no_clause"),
    ("rules.yaml", '  clauses: ["5.3"]\n  basis', "  basis", None, "key.missing"),
    ("rules.yaml", 'clauses: ["5.3"]\n', 'clauses: ["5.9"]\n', 0, "edition.absent"),
    ("rules.yaml", "duties: [keep-unmodifiable]", "duties: [keep-unmodified]", 0, "edition.absent"),
    ("rules.yaml", "- rule: export\n", "- rule: floor\n", 0, "edition.repeated"),
    ("rules.yaml", "  when: always\n", "  when: export\n", None, "edition.floor"),
    ("rules.yaml", "  when: always\n", "  when: always\n  until: 2030-01-01\n", None, "edition.floor"),
    ("rules.yaml", "  when: always\n", "  when: always\n  from: 2030-01-01\n  until: 2029-01-01\n", 2, "edition.dates"),
    ("rules.yaml", "  when: always\n", "  when: always\n  from: 2030-02-30\n", 1, "value.day"),
    ("rules.yaml", 'en: "This is not an export in the sense of 2.1: {because}."', "en: This is not an export.", -2, "edition.unequal"),
    ("rules.yaml", "{because}", "{cause}", -1, "edition.placeholder"),
    ("rules.yaml", "{because}", "{because", -1, "edition.placeholder"),
    ("rules.yaml", "{because}", "{because!x}", -1, "edition.placeholder"),
    ("rules.yaml", "  export: foreign", "  export: forein", 0, "guard.fact"),
    ("rules.yaml", "  fear: concern", "  fear: concerns", None, "guard.level"),
    ("facts.yaml", "open: [unknown]", "open: [maybe]", 0, "guard.level"),
    ("facts.yaml", "reveals: [wmd_evidence]", "reveals: [wmd_rumour]", 0, "edition.absent"),
    ("facts.yaml", '- fact: modifiable\n  clauses: ["2.1"]', '- fact: foreign\n  clauses: ["2.1"]', None, "edition.repeated"),
    ("facts.yaml", '  clauses: ["2.1"]\n', "  clauses: []\n", -1, "edition.no_clause"),
    ("facts.yaml", "gate: yes", "gate: perhaps", 0, "word.unknown"),
    ("indicators.yaml", "answered: computed", "answered: guessed", 0, "word.unknown"),
    ("indicators.yaml", "concerns: [counterparty]", "concerns: [everybody]", 0, "word.unknown"),
    ("indicators.yaml", "concerns: [counterparty]", "concerns: []", 0, "value.other"),
    ("indicators.yaml", "  question:\n    ru: >-", "  query:\n    ru: >-", 0, "key.unknown"),
    ("indicators.yaml", "- number: 2\n", "- number: 3\n", None, "edition.repeated"),
    ("indicators.yaml", "- number: 22\n", "- number: 23\n", None, "edition.numbers"),
    ("indicators.yaml", "applies: hardware >= unknown", "applies: hardware >= perhaps", 0, "guard.level"),
    ("indicators.yaml", "applies: hardware >= unknown", "applies: software >= unknown", 0, "guard.fact"),
    ("duties.yaml", "when: before_signing", "when: before_lunch", 0, "word.unknown"),
    ("duties.yaml", "- duty: register-entry", "- duty: contract-clause", 0, "edition.repeated"),
    ("duties.yaml", 'clauses: ["5.2"]', 'clauses: ["8.1"]', 0, "edition.absent"),
    ("terms.yaml", 'clause: "2.1"', 'clause: "2.9"', -1, "edition.absent"),
    ("clauses.yaml", '- clause: "1.2"', '- clause: "1.1"', 0, "edition.repeated"),
    ("clauses.yaml", "title: {ru: ", "title: {de: ", 0, "key.unknown"),
    ("readings.yaml", "number: 1\n", "number: one\n", 0, "value.count"),
    ("readings.yaml", 'clauses: ["5.1", "4.1"', 'clauses: ["5.1", "4.9"', 0, "edition.absent"),
    ("phrases.yaml", "“{reason}”, {by}", "“{reason}”", 0, "edition.unequal"),
    ("phrases.yaml", "“{reason}”, {by}", "“{reason}”, {by", 0, "edition.unequal"),
    ("phrases.yaml", "proceed: {ru: Можно экспортировать, en: May proceed}", "proceed: {ru: Можно экспортировать}", 0, "key.missing"),
    ("edition.yaml", "dated: 2026-11-22", "dated: 22.11.2026", 0, "value.day"),
    ("edition.yaml", "edition: 2026-1", "edition: 2026-1\nedition: 2026-2", 1, "key.repeated"),
]


@pytest.mark.parametrize(("file", "was", "becomes", "down", "code"), BROKEN, ids=lambda case: str(case)[:40])
def test_a_broken_edition_is_refused_with_file_and_line(folder: Path, file: str, was: str, becomes: str, down: int | None, code: str) -> None:
    line = changed(folder, file, was, becomes)
    found = told(folder)
    assert code in [code for _, code in found]
    places = [where for where, one in found if one == code]
    assert all(where.startswith(f"{file}:") for where in places)
    if down is not None:
        assert f"{file}:{line + down}" in places


def test_all_that_is_wrong_in_all_files_is_told_at_once(folder: Path) -> None:
    one = changed(folder, "duties.yaml", "when: before_signing", "when: later")
    two = changed(folder, "rules.yaml", "effect: hold", "effect: pause")
    three = changed(folder, "rules.yaml", "basis: policy", "basis: taste")
    assert told(folder) == [(f"duties.yaml:{one}", "word.unknown"), *((f"rules.yaml:{line}", "word.unknown") for line in sorted((two, three)))]


def test_an_indicator_without_question_and_a_fact_without_question_are_refused(folder: Path) -> None:
    text = (folder / "indicators.yaml").read_text("utf-8")
    start = text.index("  question:")
    (folder / "indicators.yaml").write_text(text[:start] + text[text.index("  guidance:") :], "utf-8")
    line = text[: text.index("- number: 1")].count("\n") + 1
    assert told(folder) == [(f"indicators.yaml:{line}", "key.missing")]
    shutil.copy(HELD / "indicators.yaml", folder)
    text = (folder / "facts.yaml").read_text("utf-8")
    start = text.index("  question:")
    (folder / "facts.yaml").write_text(text[:start] + text[text.index("- fact: modifiable") :], "utf-8")
    assert [code for _, code in told(folder)] == ["edition.question"]


def test_words_of_levels_that_lack_are_refused(folder: Path) -> None:
    text = (folder / "phrases.yaml").read_text("utf-8")
    line = next(line for line in text.splitlines(keepends=True) if line.startswith('  excused: {ru: "признак {key}'))
    (folder / "phrases.yaml").write_text(text.replace(line, ""), "utf-8")
    assert [code for _, code in told(folder)] == ["edition.absent"]
    (folder / "phrases.yaml").write_text(text.replace("indicator_levels:", "indicator_words:"), "utf-8")
    assert {code for _, code in told(folder)} == {"edition.absent"}


def test_a_fact_of_one_level_is_none(folder: Path) -> None:
    text = (folder / "facts.yaml").read_text("utf-8")
    (folder / "facts.yaml").write_text(re.sub(r"(- fact: risk\n(?:.*\n)*?  levels:\n.*\n)    identified.*\n", r"\1", text), "utf-8")
    assert "facts.yaml" in told(folder)[0][0]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (b"\xef\xbb\xbfa: 1", "file.bom"),
        ("правило".encode("cp1251"), "file.encoding"),
        (b"a: [1", "yaml.broken"),
        (b"\0", "file.binary"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(folder: Path, data: bytes, code: str) -> None:
    (folder / "rules.yaml").write_bytes(data)
    assert told(folder) == [("rules.yaml:1", code)]


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    (folder / "terms.yaml").unlink()
    assert told(folder) == [("terms.yaml", "file.absent")]


def test_the_frozen_form_is_exactly_what_the_files_give() -> None:
    for name in editions_held():
        folder = files("enduse.declaration").joinpath(name)
        assert folder.joinpath(FROZEN).read_text("utf-8") == freeze(folder)


def test_the_edition_from_its_frozen_form_is_that_of_its_files(folder: Path) -> None:
    source, frozen = read_source(folder), load_source()
    assert {file: source.documents[file].data for file in FILES} == {file: frozen.documents[file].data for file in FILES}


def test_a_copy_that_is_the_same_loads(held: Path) -> None:
    assert load_edition().fingerprint


@pytest.mark.parametrize("file", FILES)
def test_a_changed_file_of_a_frozen_edition_is_refused(held: Path, file: str) -> None:
    with (held / file).open("a", encoding="utf-8") as stream:
        stream.write("\n# only a remark\n")
    with pytest.raises(BadInput) as caught:
        load_edition()
    (problem,) = caught.value.problems
    assert (problem.code, problem.values["files"]) == ("edition.changed", (file,))
    assert file in problem.text("ru")


def test_a_changed_file_that_is_no_good_either_is_told_with_its_line(held: Path) -> None:
    line = changed(held, "rules.yaml", "effect: hold", "effect: pause")
    with pytest.raises(BadInput) as caught:
        load_edition()
    assert [problem.where for problem in caught.value.problems] == [f"rules.yaml:{line}"]


def test_a_milder_rule_slipped_in_does_not_decide(held: Path) -> None:
    changed(held, "rules.yaml", "effect: hold", "effect: proceed")
    with pytest.raises(BadInput) as caught:
        load_edition()
    assert [problem.code for problem in caught.value.problems] == ["edition.changed"]


def test_a_frozen_form_that_does_not_name_a_file_does_not_hold_it(held: Path) -> None:
    frozen = json.loads((held / FROZEN).read_text("utf-8"))
    del frozen["sources"]["rules.yaml"]
    (held / FROZEN).write_text(json.dumps(frozen), "utf-8")
    with pytest.raises(BadInput):
        load_edition()


def test_an_edition_that_is_not_held_is_told_those_that_are() -> None:
    with pytest.raises(BadInput) as caught:
        load_edition("1999-9")
    assert caught.value.problems[0].code == "edition.not_held"
    assert CURRENT in caught.value.problems[0].text("en")


@pytest.mark.parametrize("name", ["..", ".", "", "2026-1/..", "/etc", "2026-1/"])
def test_the_name_of_an_edition_is_no_path(name: str) -> None:
    with pytest.raises(BadInput):
        load_edition(name)


def test_an_edition_is_loaded_once() -> None:
    assert load_edition() is load_edition()


def test_an_act_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        load_act(str(tmp_path / "act.yaml"))
    assert caught.value.problems[0].code == "file.absent"


def test_a_broken_act_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "act.yaml").write_text("format: enduse/act-1\nact: [\n", "utf-8")
    with pytest.raises(BadInput) as caught:
        load_act(str(tmp_path / "act.yaml"))
    assert [problem.where for problem in caught.value.problems] == [f"{tmp_path / 'act.yaml'}:2"]
