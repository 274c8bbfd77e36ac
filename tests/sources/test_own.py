"""An organisation's own list by a mapping: CSV and JSON of our own, and lists re-shaped by others in ../shared."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from enduse.domain.screening.entity import Address, Country, Identifier, Name, Period
from enduse.formats.plain import read_yaml
from enduse.formats.problems import BadInput
from enduse.sources import naming, own
from enduse.sources.cells import cell
from enduse.sources.own import FIELDS, SOURCE, mapping_text, read_mapping, suggest
from enduse.sources.own_rows import of_table, rows_of
from enduse.sources.own_titles import FORMAT, KINDS, TITLES
from enduse.sources.source import File, Read

CSV = """№,Наименование,Псевдонимы,Вид,Дата рождения,Гражданство,ИНН,Адрес,Примечание,Цвет
1,Примеров Тимур Асланович,Фонарщик; Образцов Тимур,физическое лицо,05.03.1961,Россия,770000000016,"Москва, ул. Примерная, 1",Отказ 2024 года,синий
2,ООО «Образец»,,юридическое лицо,,,7700000016,,,
3,ООО «Образец»,,юридическое лицо,,,7700000024,,,
"""
MAPPING = """format: enduse/list-mapping-1
title: Стоп-лист
published: 2026-10-01
kind: Organization
dates: day_first
columns:
  id: Reference
  name: Name
  aliases: {column: Also, split: "|"}
  original: Native
  given: [First, Middle]
  family: Last
  kind: Sort
  birth: Born
  nationality: {column: Nation, split: ","}
  country: Country
  address: Address
  passport: Passport
  identifier: LEI
  programme: Programme
  reason: [Why, More]
  since: From
  until: Till
words: {Ж: Person}
skip: [Idle]
"""
ROW = {
    **{"Reference": "S-1", "Name": "Timur Primerov", "Also": "Tim Primer|T. Primeroff|Tim Primer", "Native": "Тимур Примеров"},
    **{"First": "Timur", "Middle": "Aslanovich", "Last": "Primerov", "Sort": "Ж", "Born": "05/03/1961", "Country": "Belarus"},
    **{"Nation": "RUSSIAN FEDERATION, KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF", "Address": "1 Sample Street", "Passport": "7500001"},
    **{"LEI": "SAMPLE00000000000001", "Programme": "Refused", "Why": "Did not answer.", "More": "Twice.", "From": "13/10/2024", "Till": "2026-01-31"},
    **{"Idle": "x", "Stray": "y"},
}
SHEET = File("list.csv", (",".join(ROW) + "\n" + ",".join(f'"{cell}"' for cell in ROW.values()) + "\n").encode())


def mapping(text: str = MAPPING) -> File:
    return File("map.yaml", text.encode())


def read(*files: File) -> Read:
    found = SOURCE.read(files)
    assert len(found.entities) + sum(part.whole for part in found.skipped) == found.counted
    assert len({one.id for one in found.entities}) == len(found.entities)
    return found


def codes(found: Read) -> list[str]:
    return sorted(part.code for part in found.skipped)


def code_of(*files: File) -> str:
    with pytest.raises(BadInput) as caught:
        read(*files)
    for problem in caught.value.problems:
        assert problem.text("ru") and problem.text("en")
    return caught.value.problems[0].code


def test_a_row_is_read_by_its_mapping() -> None:
    found = read(SHEET, mapping())
    assert (found.published, found.counted, codes(found)) == (date(2026, 10, 1), 1, ["skipped.unmapped"])
    (person,) = found.entities
    assert (person.id, person.schema) == ("S-1", "Person")
    assert person.names == (
        Name("Timur Primerov", "name", "Timur Aslanovich", "Primerov"),
        Name("Tim Primer", "alias"),
        Name("T. Primeroff", "alias"),
        Name("Тимур Примеров", "original"),
    )
    assert person.births == (Period(date(1961, 3, 5), date(1961, 3, 5)),)
    assert person.nationalities == (Country("RUSSIAN FEDERATION", "RU"), Country("KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF", "KP"))
    assert person.countries == (Country("Belarus", "BY"),)
    assert person.addresses == (Address("1 Sample Street"),)
    assert person.identifiers == (Identifier("passport", "7500001"), Identifier("other", "SAMPLE00000000000001"))
    assert (person.programmes, person.reason) == (("Refused",), "Did not answer.\nTwice.")
    assert (person.since, person.until) == (date(2024, 10, 13), date(2026, 1, 31))


def with_semicolons(text: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


@pytest.mark.parametrize("data", [CSV.encode(), CSV.encode("utf-8-sig"), with_semicolons(CSV).encode("cp1251")])
def test_a_guess_reads_russian_titles_in_what_spreadsheets_write(data: bytes) -> None:
    found = read(File("стоп-лист.csv", data))
    person, first, second = found.entities
    assert [name.text for name in person.names] == ["Примеров Тимур Асланович", "Фонарщик", "Образцов Тимур"]
    assert (person.schema, first.schema, second.schema) == ("Person", "Organization", "Organization")
    assert person.births == (Period(date(1961, 3, 5), date(1961, 3, 5)),)
    assert (person.nationalities, person.identifiers) == ((Country("Россия", "RU"),), (Identifier("tax", "770000000016"),))
    assert person.reason == "Отказ 2024 года"
    assert first.id != second.id  # two of one name are two
    assert [part.values["field"] for part in found.skipped] == ["№", "Цвет"]


def test_a_guess_can_be_written_down_and_read_again() -> None:
    guess = suggest(rows_of(File("a.csv", CSV.encode())))
    text = mapping_text(guess)
    assert read_mapping(read_yaml(text)) == guess and "Наименование" in text
    full = read_mapping(read_yaml(MAPPING))
    assert read_mapping(read_yaml(mapping_text(full))) == full


def test_rows_of_a_workbook_are_handed_in() -> None:
    titles = ("Name", "Date of birth", "Country")
    rows = of_table("list.xlsx", titles, [(2, ("Somebody", "1961", "Belarus")), (3, ("", "1962", ""))])
    found = own.read(rows, suggest(rows))
    assert [(one.names[0].text, one.countries[0].code) for one in found.entities] == [("Somebody", "BY")]
    assert [(part.place, part.code) for part in found.skipped] == [("list.xlsx:3", "skipped.nameless")]


def test_json_may_hold_lists_and_objects() -> None:
    data = {
        "made": "2026-10-01",
        "entities": [
            {"name": "Sample Works (SW)", "aliases": ["SAW", "Sample"], "address": {"city": "Minsk", "street": "1"}, "active": True, "rank": 1},
            {"name": "Second 示例工厂", "aliases": [], "address": None},
            "nobody",
        ],
    }
    found = read(File("list.json", json.dumps(data, ensure_ascii=False).encode()))
    works, second = found.entities
    assert [name.text for name in works.names] == ["Sample Works (SW)", "Sample Works", "SW", "SAW", "Sample"]
    assert second.names == (Name("Second"), Name("示例工厂", "original"))
    assert codes(found) == ["skipped.record"] + ["skipped.unmapped"] * 4 and found.counted == 3
    text = f"format: {FORMAT}\nrecords: more\ncolumns: {{name: title, address: [address.city, address.street]}}\n"
    nested = {"entities": [{"x": 1}], "more": [{"title": "Other", "address": {"city": "Minsk", "street": "1"}}]}
    (other,) = read(File("l.json", json.dumps(nested).encode()), mapping(text)).entities
    assert other.addresses == (Address("Minsk"), Address("1"))


def test_an_empty_cell_may_be_stood_in_for() -> None:
    text = f"format: {FORMAT}\ncolumns: {{name: {{column: Name, otherwise: Other}}}}\n"
    found = read(File("l.csv", b"Name,Other\nOne,Two\n-,Three\n"), mapping(text))
    assert [one.names[0].text for one in found.entities] == ["One", "Three"]
    assert codes(found) == []


def test_ids_are_kept_and_nobody_is_lost() -> None:
    text = f"format: {FORMAT}\ncolumns: {{id: Id, name: Name, country: Country}}\n"
    data = b"Id,Name,Country\n1,One,Belarus\n1,Another,Belarus\n1,One,Belarus\n,Free,Belarus\n,Free,Belarus\n2,,\n"
    found = read(File("l.csv", data), mapping(text))
    assert [one.names[0].text for one in found.entities] == ["One", "Another", "Free"]
    assert codes(found) == ["skipped.nameless", "skipped.renumbered", "skipped.same", "skipped.same"]
    again = read(File("other.csv", b"Name,Id,Country\nFree,,Belarus\n"), mapping(text))
    assert again.entities[0].id == found.entities[2].id  # the same in every version


def test_what_cannot_be_read_is_told() -> None:
    text = f"format: {FORMAT}\nkind: Company\ncolumns: {{name: Name, kind: Kind, birth: Born, since: Since, country: Country}}\n"
    data = b"Name,Kind,Born,Since,Country\nOne,yacht,the sixties,05/2020/1,Atlantis\nTwo,ship,circa 1961,1957 to 1960,\nToo,many,cells,here,a,b\n"
    found = read(File("l.csv", data + b"Name,person,,,\n" * 20), mapping(text))
    assert [(one.schema, one.countries) for one in found.entities[:2]] == [("Company", (Country("Atlantis"),)), ("Vessel", ())]
    assert found.entities[1].births == (Period(date(1961, 1, 1), date(1961, 12, 31), circa=True),)
    assert {"skipped.kind", "skipped.date", "skipped.country", "skipped.width", "skipped.same"} <= set(codes(found))


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([], "list.own.files"),
        ([SHEET, SHEET], "list.own.files"),
        ([mapping()], "list.own.files"),
        ([SHEET, mapping(), mapping(MAPPING + "\n")], "list.own.files"),
        ([File("l.csv", b"")], "list.empty"),
        ([File("l.csv", b"Name,Alias\n")], "list.rows"),
        ([File("l.csv", b"Colour,Size\nred,1\n")], "list.mapping.needed"),
        ([File("l.csv", b"<!doctype html><html></html>")], "list.sort"),
        ([File("l.xlsx", b"PK\x03\x04")], "list.packed"),
        ([File("l.json", b'{"a": [{"name": "x"}')], "json.broken"),
        ([File("l.json", b'{"a": 1}')], "list.records"),
        ([File("l.json", b'["a", "b"]')], "list.records"),
        ([File("l.json", b'{"a": [{"name": "x"}], "b": [{"name": "y"}]}')], "list.records.which"),
        ([File("l.json", b'[{"name": "\x98\xff"}]')], "list.own.encoding"),
        ([SHEET, mapping(MAPPING.replace("name: Name", "name: Nome"))], "mapping.column"),
        ([SHEET, mapping(MAPPING.replace("aliases:", "alias:"))], "mapping.target"),
        ([SHEET, mapping(MAPPING.replace("split:", "spilt:"))], "key.unknown"),
        ([SHEET, mapping(MAPPING.replace('"|"', '""'))], "value.other"),
        ([SHEET, mapping(MAPPING.replace("kind: Organization", "kind: Organisation"))], "word.unknown"),
        ([SHEET, mapping(f"format: {FORMAT}\ncolumns: {{country: Country}}\n")], "list.mapping.name"),
        ([SHEET, mapping(f"format: {FORMAT}\ncolumns: [")], "yaml.broken"),
        ([SHEET, mapping(f"format: {FORMAT}\n")], "key.missing"),
    ],
)
def test_bad_files_and_mappings_are_refused(files: list[File], code: str) -> None:
    assert code_of(*files) == code


def test_titles_that_are_guessed_are_fields() -> None:
    assert set(TITLES) <= set(FIELDS)
    titles = [title for titles in TITLES.values() for title in titles]
    assert len(titles) == len(set(titles))
    assert all(word == word.casefold().replace("ё", "е") for word in (*titles, *KINDS))


_US = "columns: {name: name, aliases: aliases, country: country, address: address, reason: [federal_register, notes], since: effective_date}\n"
_JP = """kind: Organization
columns: {id: id, name: {column: entity_name, otherwise: addresses}, aliases: aliases, country: addresses, reason: reason}
skip: [country, entity_type, last_verified, list_id, source_list_name, source_url]
"""
_EU = """columns: {name: Name, aliases: {column: Alias, split: ","}, nationality: {column: Nationality, split: ","}, kind: Designation}
skip: [Sanction Type, Source]
"""
LISTS = {  # how many entries, and a mapping that a person would write
    "bis_entity_list.json": (3409, _US),
    "bis_meu.json": (70, _US),
    "state_nonproliferation.json": (528, _US),
    "jp_end_user_list.json": (835, _JP),
    "eur_Europe_parsed.csv": (5316, _EU),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_in_shapes_of_others_are_read_whole(shared: Path, name: str) -> None:
    data = (shared / "data" / "lists" / "other" / name).read_bytes()
    count, text = LISTS[name]
    if name.endswith("json"):
        raw = json.loads(data)
        told = raw["entities"] if isinstance(raw, dict) else raw
        names = {(one.get("name") or one.get("entity_name") or "").strip() for one in told} - {""}
    else:
        told = list(csv.reader(io.StringIO(data.decode())))[1:]
        names = {row[0].strip() for row in told}
    found = read(File(name, data), mapping(f"format: {FORMAT}\n{text}"))
    assert found.counted == len(told) == len(found.entities) == count
    assert {part.code for part in found.skipped} <= {"skipped.country"}
    held = {name.text.casefold() for one in found.entities for name in one.names}
    latin = {naming.scripts(cell(name))[0].casefold() for name in names}  # a name in two scripts is told as two
    assert latin <= held
    guessed = read(File(name, data))
    assert guessed.counted == count and len(guessed.entities) >= count - 17


def test_the_european_list_has_its_aliases_and_nationalities_apart(shared: Path) -> None:
    name = "eur_Europe_parsed.csv"
    found = read(File(name, (shared / "data" / "lists" / "other" / name).read_bytes()))
    assert suggest(rows_of(File(name, (shared / "data" / "lists" / "other" / name).read_bytes()))).columns["aliases"][0].split == ","
    assert [one.text for one in found.entities[0].names] == ["Saddam Hussein Al-Tikriti", "Abu Ali", "Abou Ali"]
    korea = next(one for one in found.entities if any(place.code == "KP" for place in one.nationalities))
    assert len(korea.nationalities) == 1
