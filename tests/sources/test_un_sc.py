"""The UN list: a sample of our own in its very format, bad files, and both real versions in ../shared."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Link, Name, Period
from enduse.formats.problems import BadInput
from enduse.sources.source import File, Read
from enduse.sources.un_sc import SOURCE
from enduse.words import say

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<CONSOLIDATED_LIST xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:noNamespaceSchemaLocation="https://www.un.org/sc/resources/sc-sanctions.xsd" dateGenerated="2026-03-01T00:00:09.554Z">\n'
)
PERSON = """<INDIVIDUAL><DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>OMAR</FIRST_NAME><SECOND_NAME>SAMPLE</SECOND_NAME>
<THIRD_NAME>MITHAL</THIRD_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>QDi.901</REFERENCE_NUMBER><LISTED_ON>2015-04-07-04:00</LISTED_ON>
<GENDER>Male</GENDER><NAME_ORIGINAL_SCRIPT>عمر مثال</NAME_ORIGINAL_SCRIPT>
<COMMENTS1>Leads the Sample
Network (QDe.901). Also QDi.999. INTERPOL-UN Security Council Special Notice web link: https://www.interpol.int/x</COMMENTS1>
<TITLE><VALUE>Dr.</VALUE></TITLE><DESIGNATION><VALUE>Lamp keeper</VALUE><VALUE>Clerk</VALUE></DESIGNATION>
<NATIONALITY><VALUE>Iraq</VALUE><VALUE>former Sampleland</VALUE></NATIONALITY><LIST_TYPE><VALUE>UN List</VALUE></LIST_TYPE>
<LAST_DAY_UPDATED><VALUE>2016-10-13</VALUE></LAST_DAY_UPDATED>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Umar Mithal; Omer Mithal</ALIAS_NAME><DATE_OF_BIRTH>1971-05-02</DATE_OF_BIRTH>
<CITY_OF_BIRTH>Basra</CITY_OF_BIRTH><COUNTRY_OF_BIRTH>Iraq</COUNTRY_OF_BIRTH></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>“The Lamp”</ALIAS_NAME><NOTE>original script: Лампа</NOTE></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Omar Former</ALIAS_NAME><NOTE>previously listed as</NOTE></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>حسن مثال (Hasan Mithal; Hassan Mithal)</ALIAS_NAME><NOTE>born in 1976</NOTE></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Fine</QUALITY><ALIAS_NAME>Omar Odd</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><STREET>1 Lamp Street</STREET><CITY>Basra</CITY><COUNTRY>Iraq</COUNTRY><NOTE>as of 2016</NOTE></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_ADDRESS><COUNTRY/></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1967-01-01</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1968</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1955</FROM_YEAR><TO_YEAR>1958</TO_YEAR><NOTE>Approximately</NOTE>
</INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>Between Aug. and Sep. 1977</NOTE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><YEAR>1958</YEAR><NOTE>Sep.</NOTE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><NOTE>24/06/1402 (Hijri Calendar)</NOTE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE/></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_PLACE_OF_BIRTH><CITY>Basra</CITY><COUNTRY>Iraq</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>Iraq passport no. A0000001</NUMBER><ISSUING_COUNTRY>Iraq</ISSUING_COUNTRY>
<DATE_OF_ISSUE>2006-02-28</DATE_OF_ISSUE><NOTE>issued under name Said Sample</NOTE></INDIVIDUAL_DOCUMENT><INDIVIDUAL_DOCUMENT/>
<SHOE_SIZE>43</SHOE_SIZE><SORT_KEY/><SORT_KEY_LAST_MOD/></INDIVIDUAL>"""
ENTITY = """<ENTITY><DATAID>2</DATAID><FIRST_NAME>LAMP RESISTANCE MOVEMENT (LRM) ; SAMPLE FRONT</FIRST_NAME><UN_LIST_TYPE>DRC</UN_LIST_TYPE>
<REFERENCE_NUMBER>QDe.901</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON><COMMENTS1/>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Old Lamp</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>Lantern</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ADDRESS><COUNTRY>Democratic Republic of the Congo</COUNTRY></ENTITY_ADDRESS></ENTITY>"""


def listed(people: str = PERSON, entities: str = ENTITY) -> bytes:
    return f"{HEAD}<INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>".encode()


def read(data: bytes) -> Read:
    found = SOURCE.read([File("un.xml", data)])
    assert len(found.entities) + sum(part.whole for part in found.skipped) == found.counted
    return found


def person(data: bytes | None = None) -> Entity:
    return read(data or listed()).entities[0]


def test_names_with_their_kinds() -> None:
    assert person().names == (
        Name("OMAR SAMPLE MITHAL"),
        Name("عمر مثال", "original"),
        Name("Umar Mithal", "alias"),
        Name("Omer Mithal", "alias"),
        Name("The Lamp", "weak"),
        Name("Лампа", "weak"),
        Name("Omar Former", "former"),
        Name("Hasan Mithal", "alias"),
        Name("Hassan Mithal", "alias"),
        Name("حسن مثال", "original"),
        Name("Omar Odd", "alias"),
        Name("Said Sample", "alias"),
    )


def test_births_of_every_type() -> None:
    assert person().births == (
        Period(date(1971, 5, 2), date(1971, 5, 2)),
        Period(date(1976, 1, 1), date(1976, 12, 31)),
        Period(date(1967, 1, 1), date(1967, 1, 1)),
        Period(date(1968, 1, 1), date(1968, 12, 31), circa=True),
        Period(date(1955, 1, 1), date(1958, 12, 31), circa=True),
        Period(date(1977, 8, 1), date(1977, 9, 30)),
        Period(date(1958, 9, 1), date(1958, 9, 30)),
    )


def test_what_else_an_individual_has() -> None:
    one = person()
    iraq = Country("Iraq", "IQ")
    assert (one.id, one.schema, one.programmes, one.since) == ("QDi.901", "Person", ("Al-Qaida",), date(2015, 4, 7))
    assert one.nationalities == (iraq, Country("former Sampleland"))
    assert one.countries == (iraq,)
    assert one.addresses == (Address("1 Lamp Street, Basra, Iraq (as of 2016)", iraq),)
    assert one.identifiers == (Identifier("passport", "A0000001", iraq),)
    assert one.links == (Link("see_also", "QDe.901"),)  # QDi.999 is not on the list
    for said in (
        "Leads the Sample Network",
        "INTERPOL-UN",
        "Title: Dr.",
        "Lamp keeper; Clerk",
        "Gender: Male",
        "Basra",
        "Hijri",
        "issued 2006-02-28",
    ):
        assert said in one.reason


def test_an_entity() -> None:
    found = read(listed())
    assert found.published == date(2026, 3, 1)
    congo = Country("Democratic Republic of the Congo", "CD")
    assert found.entities[1] == Entity(
        id="QDe.901",
        schema="Organization",
        names=(
            Name("LAMP RESISTANCE MOVEMENT (LRM) ; SAMPLE FRONT"),
            Name("LAMP RESISTANCE MOVEMENT (LRM)", "alias"),
            Name("LAMP RESISTANCE MOVEMENT", "alias"),
            Name("LRM", "alias"),
            Name("SAMPLE FRONT", "alias"),
            Name("Old Lamp", "former"),
            Name("Lantern", "alias"),
        ),
        countries=(congo,),
        addresses=(Address("Democratic Republic of the Congo", congo),),
        programmes=("DRC",),
        since=date(2012, 12, 31),
    )


def test_what_is_not_taken_over_is_said_in_both_languages() -> None:
    found = read(listed())
    assert [(part.place, part.code) for part in found.skipped] == [
        ("QDi.901", "skipped.field"),
        ("QDi.901", "skipped.kind"),
        ("QDi.901", "skipped.date"),
        ("QDi.901", "skipped.country"),
    ]
    for part in found.skipped:
        assert say(part.code, "ru", **part.values) != say(part.code, "en", **part.values)


def test_entries_without_names_and_entries_twice() -> None:
    nameless = "<INDIVIDUAL><DATAID>7</DATAID><FIRST_NAME/><COMMENTS1>nobody</COMMENTS1></INDIVIDUAL>"
    other = "<INDIVIDUAL><REFERENCE_NUMBER>QDi.901</REFERENCE_NUMBER><FIRST_NAME>SOMEBODY</FIRST_NAME></INDIVIDUAL>"
    numberless = "<INDIVIDUAL><FIRST_NAME>NUMBERLESS</FIRST_NAME></INDIVIDUAL>"
    found = read(listed(nameless + PERSON + PERSON + other + numberless))
    assert found.counted == 6
    assert [(part.place, part.code) for part in found.skipped if part.whole] == [("7", "skipped.nameless"), ("QDi.901", "skipped.same")]
    assert len({entity.id for entity in found.entities}) == len(found.entities) == 4
    assert "SOMEBODY" in [name.text for entity in found.entities for name in entity.names]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "list.empty"),
        (listed()[:-300], "list.truncated"),
        (b"<html><body>503 Service Unavailable</body></html>", "list.sort"),
        (b"PK\x03\x04", "list.packed"),
        (b"<data-set><record/></data-set>", "list.root.other"),
        (listed("", ""), "list.no_entries"),
        (listed().replace(b"<CONSOLIDATED_LIST", b'<!DOCTYPE x [<!ENTITY a "b">]><CONSOLIDATED_LIST'), "list.doctype"),
    ],
)
def test_files_that_are_no_such_list(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(data)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_nothing_in_an_entry_brings_it_down() -> None:
    """Each field holding something quite else: the entry stands, or is said to be left out."""
    for odd in ("", "x", "\u202e\u200f🙂", "9" * 2000, "1999-99-99", "(((;;;", "Ж"):
        found = read(listed(re.sub(r"(?<=>)[^<>]+(?=</)", odd, PERSON), re.sub(r"(?<=>)[^<>]+(?=</)", odd, ENTITY)))
        assert found.counted == 2


def count(data: bytes, tag: str) -> int:
    return len(re.findall(rf"<{tag}>".encode(), data))


def real(shared: Path, day: str) -> bytes:
    path = shared / "data" / "lists" / f"UN_consolidated_{day}.xml"
    if not path.is_file():
        pytest.skip(f"NOT RUN: ../shared/data/lists/{path.name} is not there")
    return path.read_bytes()


def test_the_real_list_of_2026_imports_completely(shared: Path) -> None:
    data = real(shared, "2026-02-27")
    found = read(data)
    assert found.published == date(2026, 2, 27)
    assert found.counted == len(found.entities) == count(data, "INDIVIDUAL") + count(data, "ENTITY") == 1003
    assert Counter(part.code for part in found.skipped) == {"skipped.date": 2, "skipped.country": 1, "skipped.damaged": 1}
    kinds = Counter(name.kind for entity in found.entities for name in entity.names)
    assert kinds["name"] == 1003
    assert kinds["original"] >= count(data, "NAME_ORIGINAL_SCRIPT")
    assert kinds["alias"] + kinds["weak"] + kinds["former"] >= count(data, "ALIAS_NAME") - 10  # but for those that repeat another
    assert sum(bool(entity.births) for entity in found.entities) >= 640
    assert sum(len(entity.identifiers) for entity in found.entities) >= count(data, "NUMBER")
    assert all(entity.since for entity in found.entities)


def test_the_real_list_of_2025_is_damaged_and_imports_all_the_same(shared: Path) -> None:
    """Its letters were cut to single bytes before it came here: every entry is taken, every loss said, and no rubbish becomes a name."""
    data = real(shared, "2025-08-16")
    found = read(data)
    assert found.counted == len(found.entities) == count(data, "INDIVIDUAL") + count(data, "ENTITY") == 879
    assert found.published == date(2025, 8, 16)
    assert sum(part.code == "skipped.damaged" for part in found.skipped) > 600
    assert not any(name.kind == "original" for entity in found.entities for name in entity.names)
    now = {entity.id: entity for entity in read(real(shared, "2026-02-27")).entities}
    same = sum(entity.names[0].text == now[entity.id].names[0].text for entity in found.entities if entity.id in now)
    assert same >= 0.97 * len(found.entities)
