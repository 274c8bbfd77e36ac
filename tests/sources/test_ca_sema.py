"""Canada's list: a sample of our own in its very format, bad files, and the real one in ../shared."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from enduse.domain.screening.entity import Country, Entity, Identifier, Name, Period
from enduse.formats.problems import BadInput
from enduse.sources.ca_sema import SOURCE
from enduse.sources.source import File, Read

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<data-set xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'


def record(**fields: str) -> str:
    given = {"Country": "Belarus / Bélarus", "Schedule": "1, Part 1", "Item": "1", "DateOfListing": "2020-09-28"} | fields
    return f"<record>{''.join(f'<{name}>{value}</{name}>' for name, value in given.items() if value)}</record>"


def listed(*records: str) -> bytes:
    return f"{HEAD}{''.join(records)}</data-set>".encode()


def read(*records: str) -> Read:
    found = SOURCE.read([File("sema.xml", listed(*records))])
    assert len(found.entities) + sum(part.whole for part in found.skipped) == found.counted == len(records)
    return found


def one(**fields: str) -> Entity:
    (entity,) = read(record(**fields)).entities
    return entity


def names(entity: Entity) -> list[str]:
    return [f"{name.text} ({name.kind})" if name.kind not in ("name", "alias") else name.text for name in entity.names]


def test_a_person() -> None:
    assert one(LastName="Obraztsov", GivenName="Pavel Petrovich", DateOfBirthOrShipBuildDate="1972-03", TitleOrShip="General/général") == Entity(
        id="Belarus/1, Part 1/1",
        schema="Person",
        names=(Name("Pavel Petrovich Obraztsov", "name", "Pavel Petrovich", "Obraztsov"),),
        births=(Period(date(1972, 3, 1), date(1972, 3, 31)),),
        countries=(Country("Belarus / Bélarus", "BY"),),
        programmes=("Belarus / Bélarus",),
        reason="Listed under: Belarus / Bélarus, 1, Part 1, 1\nTitle: General/général\nBorn: 1972-03",
        since=date(2020, 9, 28),
    )


def test_a_ship() -> None:
    ship = one(
        EntityOrShip="SEA SAMPLE", ShipIMONumber="9999993", TitleOrShip="Oil Tanker", DateOfBirthOrShipBuildDate="2005", Country="Russia / Russie"
    )
    assert (ship.schema, ship.births, ship.identifiers) == ("Vessel", (), (Identifier("imo", "9999993"),))
    assert "Built: 2005" in ship.reason


@pytest.mark.parametrize(
    ("whole", "found"),
    [
        ("Sample Research Institute of All-\nRussian\nLamps JSC", ["Sample Research Institute of All-Russian Lamps JSC"]),
        ("Lamp Industries Organization (LIO)", ["Lamp Industries Organization (LIO)", "Lamp Industries Organization", "LIO"]),
        ("Lamp Research Centre/Centre de recherche des lampes", ["Lamp Research Centre", "Centre de recherche des lampes"]),
        ("Steel Mills (One/Two Three/Four)", ["Steel Mills (One/Two Three/Four)"]),
        ("GLM/LAMP", ["GLM/LAMP"]),
        (
            "Sample Plant JSC (also known as PO Sample, Sample\nEnterprise and JSC Primer)",
            ["Sample Plant JSC", "PO Sample", "Sample Enterprise", "JSC Primer"],
        ),
        ("Sample Factory (also known as Lamp Factory of Steel and Glass\n", ["Sample Factory", "Lamp Factory of Steel and Glass"]),
    ],
)
def test_names_of_entities(whole: str, found: list[str]) -> None:
    assert names(one(EntityOrShip=whole)) == found


@pytest.mark.parametrize(
    ("aliases", "found"),
    [
        ("Завод «Образец» or ООО «Образец»", ["Завод «Образец»", "ООО «Образец»"]),
        ("«НПП «Лампа» and АО «НПП «Лампа»", ["«НПП «Лампа»", "АО «НПП «Лампа»"]),
        ("Russian: Завод or ОАО ЗОО", ["Завод", "ОАО ЗОО"]),
        ("Образец, АО; Sample, LLC", ["Образец, АО", "Sample, LLC"]),
        ("АО, Воронежский завод", ["АО, Воронежский завод"]),
        ("LMP, LAMP, Sample Lamp Company", ["LMP", "LAMP", "Sample Lamp Company"]),
        ("Агентство по делам Содружества, соотечественников, и по лампам", ["Агентство по делам Содружества, соотечественников, и по лампам"]),
        ('ООО "ЛАМПА" / ОБЩЕСТВО "ЛАМПА"', ['ООО "ЛАМПА"', 'ОБЩЕСТВО "ЛАМПА"']),
        ("Institute of Lamps and Bulbs", ["Institute of Lamps and Bulbs"]),
        ("樣本電子(香港)有限公司", ["樣本電子(香港)有限公司"]),
    ],
)
def test_aliases_of_entities(aliases: str, found: list[str]) -> None:
    assert names(one(EntityOrShip="Own", Aliases=aliases)) == ["Own", *found]


@pytest.mark.parametrize(
    ("aliases", "found"),
    [
        ("Павел Петрович Образцов / Павло Петрович Образцов", ["Павел Петрович Образцов", "Павло Петрович Образцов"]),
        ("Belarusian: Павал Образцоў, Russian: Павел Образцов", ["Павал Образцоў", "Павел Образцов"]),
        ("Pavlo, Pawel OBRAZTSOV", ["Pavlo (weak)", "Pawel OBRAZTSOV"]),
        ("Павел Образцов and Павел Примеров", ["Павел Образцов", "Павел Примеров"]),
        ("Образцов, Павел Петрович", ["Образцов, Павел Петрович"]),
        ("Paul Obraz, Arabic: بول مثال", ["Paul Obraz", "بول مثال"]),
        ("(Павел ОБРАЗЦОВ", ["Павел ОБРАЗЦОВ"]),
        ("Paul Petrovich", ["Paul Petrovich (weak)"]),
        ("Batya; Лампа", ["Batya (weak)", "Лампа (weak)"]),
    ],
)
def test_aliases_of_persons(aliases: str, found: list[str]) -> None:
    assert names(one(LastName="Obraztsov", GivenName="Pavel Petrovich", Aliases=aliases)) == ["Pavel Petrovich Obraztsov", *found]


def test_a_family_name_with_another_and_one_like_nothing() -> None:
    assert names(one(LastName="DIKIY (DIKY)", GivenName="Pavel")) == ["Pavel DIKIY", "Pavel DIKY"]
    assert names(one(LastName="Na", GivenName="Mi")) == ["Mi Na"]


@pytest.mark.parametrize(
    ("born", "years", "skipped"),
    [
        ("1963-1964", [(1963, 1964)], 0),
        ("1963 or 1964", [(1963, 1963), (1964, 1964)], 0),
        ("1965-07-15 OR 1969-09-28", [(1965, 1965), (1969, 1969)], 0),
        ("Sep-99", [], 1),
        ("born in the early 1970s", [], 1),
    ],
)
def test_births(born: str, years: list[tuple[int, int]], skipped: int) -> None:
    found = read(record(LastName="Obraztsov", DateOfBirthOrShipBuildDate=born))
    (entity,) = found.entities
    assert [(birth.first.year, birth.last.year) for birth in entity.births] == years
    assert [part.code for part in found.skipped] == ["skipped.date"] * skipped
    assert f"Born: {born}" in entity.reason


def test_regulations_that_are_called_after_no_country_of_those_listed() -> None:
    jvcfor = "Justice for Victims of Corrupt Foreign Officials Regulations (JVCFOR) / Règlement (RJVDEC)"
    for land in (jvcfor, "Hamas Terrorist Attacks / Attaques terroristes du Hamas", "Ukraine"):
        found = read(record(LastName="Obraztsov", Country=land))
        assert (found.entities[0].countries, found.entities[0].programmes, found.skipped) == ((), (land,), ())
    assert one(LastName="Obraztsov", Country=jvcfor, Schedule="").id == "JVCFOR/1"
    odd = read(record(LastName="Obraztsov", Country="Sampleland / Pays"))
    assert odd.entities[0].countries == (Country("Sampleland / Pays"),)
    assert [part.code for part in odd.skipped] == ["skipped.country"]


def test_what_is_not_taken_over_is_said() -> None:
    person = record(LastName="Obraztsov", GivenName="Pavel")
    found = read(
        person,
        person,
        record(Item="2"),
        record(LastName="Other"),
        record(LastName="Numberless", Item=""),
        record(LastName="A", Item="9", Eyes="blue"),
    )
    assert [(part.code, part.whole) for part in found.skipped] == [
        ("skipped.field", False),
        ("skipped.same", True),
        ("skipped.nameless", True),
        ("skipped.renumbered", False),
    ]
    assert len({entity.id for entity in found.entities}) == 4


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "list.empty"),
        (listed(record(LastName="A"))[:-20], "list.truncated"),
        (b"<!DOCTYPE html><html></html>", "list.sort"),
        (b'Country,LastName\nRussia,"A"\n', "list.sort"),
        (b"PK\x03\x04", "list.packed"),
        (b"<CONSOLIDATED_LIST/>", "list.root.other"),
        (listed(), "list.no_entries"),
        (b'<!DOCTYPE d [<!ENTITY a "b">]><data-set><record><LastName>&a;</LastName></record></data-set>', "list.doctype"),
    ],
)
def test_files_that_are_no_such_list(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        SOURCE.read([File("sema.xml", data)])
    assert [problem.code for problem in caught.value.problems] == [code]


def test_nothing_in_a_record_brings_it_down() -> None:
    for odd in ("x", "\u202e\u200f🙂", "9" * 2000, ",;/ or and (", "ООО", "Ж" * 2000):
        fields = dict.fromkeys(("EntityOrShip", "LastName", "GivenName", "Aliases", "DateOfBirthOrShipBuildDate", "ShipIMONumber", "Country"), odd)
        assert read(record(**fields)).counted == 1
        assert read(record(**{**fields, "EntityOrShip": ""})).counted == 1


def test_the_real_list_imports_completely(shared: Path) -> None:
    path = shared / "data" / "lists" / "ca-sema" / "canada_2025.xml"
    if not path.is_file():
        pytest.skip("NOT RUN: ../shared/data/lists/ca-sema is not there")
    data = path.read_bytes()
    found = SOURCE.read([File(path.name, data)])
    assert found.counted == len(found.entities) == len(re.findall(rb"<record>", data)) == 4759
    assert [part.values["text"] for part in found.skipped] == ["Sep-99", "born in the early 1970s"]
    schemas = Counter(entity.schema for entity in found.entities)
    assert schemas == {"Person": 3334, "Organization": 1316, "Vessel": len(re.findall(rb"<ShipIMONumber>\d", data))}
    held = sum(len(entity.names) > 1 for entity in found.entities)
    assert held >= len(re.findall(rb"<Aliases>\s*[^<\s]", data)) - 10  # but for those that repeat the name
    assert all(entity.since for entity in found.entities)
