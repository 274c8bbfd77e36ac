"""`enduse declaration`: our wording and readings, the organisation's own copy beside them, and the schema."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from enduse.formats.deal_shape import published_schema
from enduse.stores.editions import load_edition
from tests.builders import file_with
from tests.commands import Enduse

EDITION = load_edition()


def copy_of(shared: Path, folder: Path, was: str = "", becomes: str = "", encoding: str = "utf-8") -> Path:
    """The official text with one thing changed."""
    text = (shared / "declaration" / "declaration.ru.txt").read_text("utf-8")
    assert was in text
    path = folder / "copy.txt"
    path.write_bytes((text.replace(was, becomes, 1) if was else text).encode(encoding, "replace"))
    return path


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_it_shows_every_clause_and_indicator(enduse: Enduse, lang: str) -> None:
    ran = enduse("declaration", "show", "--lang", lang)
    assert ran.code == 0
    for number, clause in EDITION.clauses.items():
        assert f"{number}  {clause.title.of(lang)}" in ran.out
    for number in EDITION.indicators:
        assert re.search(rf"^ +{number}  \S", ran.out, re.MULTILINE)
    assert EDITION.fingerprint in ran.out


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("number", [*EDITION.clauses, *EDITION.indicators])
def test_it_shows_one_with_all_there_is_on_it(enduse: Enduse, number: str, lang: str) -> None:
    ran = enduse("declaration", "show", number, "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    assert not re.search(r"\{(?!because|permit)[a-z_]+\}", ran.out)
    one = EDITION.clauses.get(number) or EDITION.indicators[number]
    assert one.title.of(lang) in " ".join(ran.out.split())
    assert " ".join(one.text.of(lang).split()) in " ".join(ran.out.split())


def test_a_clause_comes_with_its_readings_rules_duties_and_terms(enduse: Enduse) -> None:
    said = enduse("declaration", "show", "4.3").out
    for part in ("In our words", "How EndUse carries it out", "How we read it", "Rules", "written-notice", "Duties", "not attached"):
        assert part in said
    assert "Terms" in enduse("declaration", "show", "2.1").out


def test_it_answers_programs(enduse: Enduse) -> None:
    answer = enduse("declaration", "show", "--json").answer
    assert [one["clause"] for one in answer["clauses"]] == list(EDITION.clauses)
    assert len(answer["indicators"]) == 22
    assert (answer["edition"], answer["fingerprint"], answer["table"]) == ("2026-1", EDITION.fingerprint, EDITION.table.fingerprint)
    clause = enduse("declaration", "show", "4.2", "--json", "--lang", "ru").answer
    assert (clause["clause"], clause["official"], clause["lang"]) == ("4.2", None, "ru")
    assert {rule["rule"] for rule in clause["rules"]} == {rule.id for rule in EDITION.table.rules if "4.2" in rule.clauses}
    sign = enduse("declaration", "show", "19", "--json").answer
    assert (sign["indicator"], sign["applies"]) == ("19", "suitable_nuclear >= unknown")


@pytest.mark.parametrize("number", ["4.5", "8.1", "23", "0", "four", "4.2.", ""])
def test_a_clause_that_is_none_is_told_those_there_are(enduse: Enduse, number: str) -> None:
    ran = enduse("declaration", "show", number)
    assert (ran.code, ran.out) == (2, "")
    assert f"no clause `{number}`. There are: 1.1–7.2" in ran.err
    assert "нет. Есть: 1.1–7.2" in enduse("declaration", "show", number, "--lang", "ru").err


def test_the_official_text_is_attached_and_shown_beside_ours(enduse: Enduse, shared: Path, tmp_path: Path) -> None:
    path = copy_of(shared, tmp_path)
    ran = enduse("declaration", "attach", path)
    assert (ran.code, ran.err) == (0, "")
    assert "clauses 24, indicators 22" in ran.out
    assert "All that our wording has, the text has" in ran.out
    shown = enduse("declaration", "show", "1.4").out
    assert "The official text (attached" in shown and "Положения Декларации носят рекомендательный характер;" in shown
    assert enduse("declaration", "show", "9", "--json").answer["official"].endswith("почтовый ящик;")
    assert (tmp_path / "data" / "declaration" / "2026-1" / "official.txt").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("was", "becomes", "kind", "number", "lacks"),
    [
        ("1.4. Положения Декларации носят рекомендательный характер; \n", "", "clause", "1.4", "text"),
        (" Приложение № 1 \n", "7.3. пьют чай;\n Приложение № 1 \n", "clause", "7.3", "edition"),
        ("9. Иностранный контрагент использует", "Иностранный контрагент использует", "indicator", "9", "text"),
        ("интересах военных ведомств или специальных служб.", "интересах.\n23. Пьёт кофе.", "indicator", "23", "edition"),
    ],
)
def test_what_either_side_lacks_is_told(
    enduse: Enduse, shared: Path, tmp_path: Path, was: str, becomes: str, kind: str, number: str, lacks: str
) -> None:
    path = copy_of(shared, tmp_path, was, becomes)
    ran = enduse("declaration", "attach", path, "--json")
    assert ran.code == 3
    (found,) = ran.answer["differences"]
    assert (found["kind"], found["number"], found["lacks"]) == (kind, number, lacks)
    assert found["text"] in " ".join(enduse("declaration", "attach", path).out.split())  # lines may be broken
    assert number in enduse("declaration", "attach", path, "--lang", "ru").out
    if lacks == "text":
        assert "The attached text does not have this" in enduse("declaration", "show", number).out


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8-sig", "utf-16"])
def test_a_copy_in_another_encoding_is_attached(enduse: Enduse, shared: Path, tmp_path: Path, encoding: str) -> None:
    answer = enduse("declaration", "attach", copy_of(shared, tmp_path, encoding=encoding), "--json").answer
    assert (answer["clauses"], answer["indicators"], answer["differences"]) == (24, 22, [])
    assert "рекомендательный" in enduse("declaration", "show", "1.4").out


def test_nothing_is_written_outside_the_data_folder(enduse: Enduse, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home)
    path = copy_of(shared, tmp_path)
    answer = enduse("declaration", "attach", path, "--json").answer
    assert answer["kept"].startswith(str(tmp_path / "data"))
    assert list(home.iterdir()) == []
    assert {one.name for one in tmp_path.iterdir()} == {"home", "copy.txt", "data"}


def test_what_is_no_copy_is_refused_and_nothing_kept(enduse: Enduse, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Ничего похожего")
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7")
    for name, said in (
        ("x.txt", "no clause of the Declaration was found"),
        ("x.pdf", "is PDF"),
        ("no.txt", "there is no file"),
        (".", "is a folder"),
    ):
        ran = enduse("declaration", "attach", tmp_path / name)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_written_is_told(enduse: Enduse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "copy.txt").write_text("1.1. Первый пункт")
    monkeypatch.setenv("ENDUSE_DATA", str(tmp_path / "file"))
    ran = enduse("declaration", "attach", tmp_path / "copy.txt")
    assert ran.code == 2
    assert "ENDUSE_DATA" in ran.err


def test_marks_in_an_attached_text_do_not_reach_the_terminal(enduse: Enduse, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text("1.1. Первый\u202eпункт \x1b[31mкрасный\n8.1. Лишний\u2066пункт\n", "utf-8")
    said = enduse("declaration", "attach", tmp_path / "copy.txt").out + enduse("declaration", "show", "1.1").out
    assert "Первый\ufffdпункт" in said
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", said)


def test_the_schema_is_printed(enduse: Enduse) -> None:
    ran = enduse("declaration", "schema")
    assert ran.code == 0
    schema = json.loads(ran.out)
    assert schema == published_schema()
    jsonschema.Draft202012Validator(schema).validate(file_with())


def test_the_schema_takes_the_scenarios(enduse: Enduse, shared: Path) -> None:
    from ruamel.yaml import YAML  # noqa: PLC0415

    validator = jsonschema.Draft202012Validator(json.loads(enduse("declaration", "schema").out))
    paths = sorted((shared / "scenarios").glob("*.yaml"))
    assert paths
    for path in paths:
        read = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
        validator.validate(json.loads(json.dumps(read, default=str)))
