"""OFAC's classic XML: a made-up list in its form, bad inputs, and the real one, whole and against its CSV."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from enduse.domain.screening.entity import Address, Country, Identifier, Link, Name, Period
from enduse.sources.ofac import CONSOLIDATED, SDN
from enduse.sources.source import File, Read, Source
from tests.sources.reading import read_whole, refusal

IRAN = Country("Iran", "IR")
JANE = """
<uid>11</uid><firstName>Dr. Jane</firstName><lastName>DOE</lastName><title>Chief</title><sdnType>Individual</sdnType>
<remarks>(Linked To: ACME SHIPPING); Wanted</remarks>
<programList><program>SDGT</program><program>IRAN</program></programList>
<idList>
 <id><uid>1</uid><idType>Passport</idType><idNumber>A1</idNumber><idCountry>Iran</idCountry><expirationDate>2015</expirationDate></id>
 <id><uid>2</uid><idType>Gender</idType><idNumber>Female</idNumber></id>
 <id><uid>3</uid><idType>Listing Date (CMIC)</idType><idNumber>03 Jun 2021</idNumber></id>
</idList>
<akaList>
 <aka><uid>1</uid><type>a.k.a.</type><category>strong</category><lastName>DOW</lastName><firstName>Jane</firstName></aka>
 <aka><uid>2</uid><type>a.k.a.</type><category>weak</category><lastName>Big J</lastName></aka>
 <aka><uid>3</uid><type>f.k.a.</type><category>strong</category><lastName>ROE</lastName><firstName>Jane</firstName></aka>
</akaList>
<addressList>
 <address><uid>1</uid><address1>1 Road</address1><city>Tehran</city><stateOrProvince>T</stateOrProvince>
  <postalCode>9</postalCode><country>Iran</country></address>
 <address><uid>2</uid><country>Cuba</country></address>
</addressList>
<nationalityList><nationality><uid>1</uid><country>Iran</country><mainEntry>true</mainEntry></nationality></nationalityList>
<dateOfBirthList><dateOfBirthItem><uid>1</uid><dateOfBirth>circa 1961</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>
<placeOfBirthList><placeOfBirthItem><uid>1</uid><placeOfBirth>Qom</placeOfBirth><mainEntry>true</mainEntry></placeOfBirthItem></placeOfBirthList>
"""
ACME = "<uid>10</uid><lastName>ACME SHIPPING</lastName><sdnType>Entity</sdnType><programList><program>SDGT</program></programList>"
SHIP = """<uid>12</uid><lastName>SEA STAR</lastName><sdnType>Vessel</sdnType><vesselInfo>
<callSign>T2</callSign><vesselType>Tug</vesselType>
<vesselFlag>Iran</vesselFlag><vesselOwner>ACME SHIPPING</vesselOwner>
<tonnage>5</tonnage><grossRegisteredTonnage>6</grossRegisteredTonnage></vesselInfo>"""


def xml(*entries: str, count: int | None = None, day: str = "03/28/2025", head: str = "", more: str = "") -> File:
    inside = "".join(f"<sdnEntry>{entry}</sdnEntry>" for entry in entries)
    told = len(entries) if count is None else count
    return File(
        "sdn.xml",
        f'<?xml version="1.0" standalone="yes"?>{head}<sdnList xmlns="https://example.org/XML"><publshInformation>'
        f"<Publish_Date>{day}</Publish_Date><Record_Count>{told}</Record_Count></publshInformation>{inside}{more}</sdnList>".encode(),
    )


def read(file: File, source: Source = SDN) -> Read:
    return read_whole(source, file)


def refused(file: File, source: Source = SDN) -> str:
    return refusal(source, file)


def test_na_is_a_family_name_and_no_name_alone() -> None:
    jane = read(xml("<uid>1</uid><firstName>Jane</firstName><lastName>NA</lastName><sdnType>Individual</sdnType>")).entities[0]
    assert jane.names == (Name("NA, Jane", "name", "Jane", "NA"),)
    found = read(xml(ACME, "<uid>1</uid><lastName>NA</lastName><sdnType>Individual</sdnType>"))
    assert [one.code for one in found.skipped] == ["skipped.nameless"]


def test_a_whole_list() -> None:
    found = read(xml(ACME, JANE, SHIP))
    assert found.published == date(2025, 3, 28) and found.skipped == ()
    acme, jane, ship = found.entities
    assert acme.schema == "Organization" and acme.names == (Name("ACME SHIPPING"),)
    assert jane.names == (
        Name("DOE, Dr. Jane", "name", "Jane", "DOE"),
        Name("DOW, Jane", "alias", "Jane", "DOW"),
        Name("Big J", "weak"),
        Name("ROE, Jane", "former", "Jane", "ROE"),
    )
    assert (jane.schema, jane.programmes, jane.since) == ("Person", ("SDGT", "IRAN"), date(2021, 6, 3))
    assert jane.births == (Period(date(1961, 1, 1), date(1961, 12, 31), circa=True),)
    assert jane.nationalities == (IRAN,) and jane.countries == (Country("Cuba", "CU"),)
    assert jane.addresses == (Address("1 Road, Tehran, T 9, Iran", IRAN),)
    assert jane.identifiers == (Identifier("passport", "A1", IRAN),)
    assert jane.reason == "Chief; POB Qom; Passport A1 (Iran) expires 2015; Gender Female; Listing Date (CMIC) 03 Jun 2021; Wanted"
    assert jane.links == (Link("associate", "10", "Linked To: ACME SHIPPING"),)
    assert ship.links == (Link("owner", "10", "Vessel owner: ACME SHIPPING"),) and ship.countries == (IRAN,)


def test_what_does_not_fit_is_told() -> None:
    odd = "<uid>1</uid><lastName>X</lastName><sdnType>Robot</sdnType><extra><deep>y</deep></extra>"
    odd += "<akaList><aka><type>n</type><lastName>Z</lastName></aka></akaList>"
    found = read(xml(odd, "<uid>2</uid><sdnType>Entity</sdnType>", day="soon", count=1, more="<footer>z</footer>"))
    codes = [(one.code, one.whole) for one in found.skipped]
    assert codes == [
        ("skipped.date", False),
        ("skipped.field", False),
        ("skipped.count", False),
        ("skipped.nameless", True),
        ("skipped.kind", False),
        ("skipped.kind", False),
        ("skipped.field", False),
    ]


def test_what_is_no_such_list_is_refused() -> None:
    whole = xml(ACME, JANE)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert "breaks off at line" in refused(File("sdn.xml", whole.data[:-40]))
    assert "the publisher says 5 entries, and the file holds 2" in refused(xml(ACME, JANE, count=5))
    assert "DTD or an XML entity" in refused(xml(ACME, head=bomb))
    assert "the root element is `Sanctions`" in refused(File("sdn_advanced.xml", b"<Sanctions><DistinctParty/></Sanctions>"))
    assert "un-sc" in refused(File("un.xml", b"<CONSOLIDATED_LIST/>"))
    assert "holds no entry" in refused(xml())
    assert "an HTML page" in refused(File("sdn.xml", b"<!DOCTYPE html><html></html>"))
    assert "another list, `ofac-consolidated`" in refused(xml(*(ACME.replace("10", str(at)).replace("SDGT", "NS-PLC") for at in range(30))))


def test_the_real_list_is_read_whole_and_says_what_the_csv_says(shared: Path) -> None:
    folder = shared / "data" / "lists" / "ofac-consolidated"
    data = (folder / "consolidated_2025-03-28.xml").read_bytes()
    found = read(File("consolidated.xml", data), CONSOLIDATED)
    assert found.published == date(2025, 3, 28)
    assert found.counted == len(found.entities) == len(re.findall(rb"<sdnEntry>", data))
    assert {one.code for one in found.skipped} == {"skipped.link"}
    assert len(re.findall(rb"<dateOfBirth>", data)) == sum(len(entity.births) for entity in found.entities)
    names = ("cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv")
    table = CONSOLIDATED.read([File(name, (folder / name).read_bytes()) for name in names])  # of another day: some entries were changed
    other = {entity.id: entity for entity in table.entities}
    assert len(other.keys() & {entity.id for entity in found.entities}) == 442
    for field in ("schema", "names", "births", "nationalities", "countries", "addresses", "programmes"):
        pairs = [(getattr(entity, field), getattr(other[entity.id], field)) for entity in found.entities if entity.id in other]
        same = sum(set(one) == set(two) for one, two in pairs)
        assert same >= 430, field
