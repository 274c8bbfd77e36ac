"""The EU's list: samples of our own in the published format (schema 1.1), since no real file was at hand; and bad files."""

from __future__ import annotations

from datetime import date

import pytest

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Name, Period
from enduse.formats.problems import BadInput
from enduse.sources.eu_fsf import SOURCE
from enduse.sources.source import File, Read

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<export xmlns="http://eu.europa.ec/fpi/fsd/export"'
    ' generationDate="2026-03-01T16:47:04.449+01:00" globalFileId="190000">\n'
)
ACT = '<regulationSummary regulationType="regulation" publicationDate="2003-07-08" numberTitle="1210/2003 (OJ L169)" publicationUrl="http://example.eu/1"/>'
UNKNOWN = 'region="" countryIso2Code="00" countryDescription="UNKNOWN"'
IRAQ = 'region="" countryIso2Code="IQ" countryDescription="IRAQ"'
PERSON = f"""<sanctionEntity designationDetails="" unitedNationId="QDi.901" euReferenceNumber="EU.99901.28" logicalId="13">
<remark>UNSC RESOLUTION 1483</remark>
<regulation regulationType="regulation" organisationType="commission" publicationDate="2004-07-08" entryIntoForceDate="2004-07-07"
 numberTitle="1300/2004 (OJ L170)" programme="IRQ" logicalId="348"><publicationUrl>http://example.eu/2</publicationUrl></regulation>
<subjectType code="person" classificationCode="P"/>
<nameAlias firstName="Omar" middleName="M." lastName="Sample" wholeName="Omar M. Sample" function="Lamp keeper" gender="M" title="Dr." nameLanguage=""
 strong="true" regulationLanguage="en" logicalId="17">{ACT}</nameAlias>
<nameAlias firstName="" middleName="" lastName="" wholeName="Омар Образцов" function="" title="" nameLanguage="BG" strong="true" logicalId="19"/>
<nameAlias firstName="" middleName="" lastName="" wholeName="The Lamp" strong="false" logicalId="20"><remark>nickname</remark></nameAlias>
<nameAlias firstName="Omar" middleName="" lastName="Parts" wholeName="" strong="true" logicalId="21"/>
<citizenship {IRAQ} regulationLanguage="en" logicalId="1">{ACT}</citizenship><citizenship {UNKNOWN} logicalId="2"/>
<birthdate circa="false" calendarType="GREGORIAN" city="Basra" zipCode="" birthdate="1937-04-28" dayOfMonth="28" monthOfYear="4" year="1937" place=""
 {IRAQ} regulationLanguage="en" logicalId="14">{ACT}</birthdate>
<birthdate circa="true" calendarType="GREGORIAN" city="" zipCode="" monthOfYear="5" year="1938" place="" {UNKNOWN} logicalId="15"/>
<birthdate circa="false" calendarType="GREGORIAN" city="" zipCode="" yearRangeFrom="1935" yearRangeTo="1939" place="" {UNKNOWN} logicalId="16"/>
<birthdate circa="false" calendarType="ISLAMIC" city="" zipCode="" year="1356" place="" {UNKNOWN} logicalId="17"/>
<address city="Basra" street="1 Lamp Street" poBox="17" zipCode="61001" place="" asAtListingTime="false" {IRAQ} logicalId="5">
<contactInfo key="EMAIL" value="lamp@example.org"/><remark>previous</remark>{ACT}</address>
<address city="" street="" poBox="" zipCode="" place="" asAtListingTime="false" {UNKNOWN} logicalId="6"/>
<identification diplomatic="true" knownExpired="true" knownFalse="false" reportedLost="false" revokedByIssuer="false" issuedBy="Basra" latinNumber=""
 nameOnDocument="Umar Sample" number="A0000001" {IRAQ} identificationTypeCode="passport" identificationTypeDescription="National passport"
 regulationLanguage="en" logicalId="315" validTo="2011-01-01"><remark>(passport)</remark>{ACT}</identification>
<identification number="77-000" latinNumber="" {UNKNOWN}
 identificationTypeCode="lamplicence" identificationTypeDescription="Lamp licence" logicalId="3"/>
</sanctionEntity>"""
FIRM = f"""<sanctionEntity designationDetails="Sells lamps" designationDate="2022-03-09" unitedNationId="" logicalId="207">
<regulation regulationType="amendment" publicationDate="2022-03-10" numberTitle="2022/468 (OJ L79)" programme="TERR" logicalId="111226"/>
<subjectType code="enterprise" classificationCode="E"/>
<nameAlias firstName="" middleName="" lastName="Lampes" wholeName="Société des Lampes" nameLanguage="FR" strong="true" logicalId="6068"/>
<address city="" street="" poBox="" zipCode="" place="" asAtListingTime="false" {IRAQ} logicalId="8"/>
<identification number="SAMPRUMM" {UNKNOWN} identificationTypeCode="swiftbic" identificationTypeDescription="SWIFT BIC" logicalId="4"/>
<identification number="7700000" {UNKNOWN} identificationTypeCode="regnumber" identificationTypeDescription="Registration Number" logicalId="9"/>
<identification number="9999993" {UNKNOWN} identificationTypeCode="imo" identificationTypeDescription="IMO number" logicalId="10"/>
</sanctionEntity>"""
LAND = Country("IRAQ", "IQ")


def listed(*entries: str) -> bytes:
    return f"{HEAD}{''.join(entries)}</export>".encode()


def read(*entries: str) -> Read:
    found = SOURCE.read([File("eu.xml", listed(*entries))])
    assert len(found.entities) + sum(part.whole for part in found.skipped) == found.counted == len(entries)
    return found


def test_a_person() -> None:
    found = read(PERSON)
    (person,) = found.entities
    assert found.published == date(2026, 3, 1)
    assert (person.id, person.schema, person.programmes, person.since) == ("EU.99901.28", "Person", ("IRQ",), date(2003, 7, 8))
    assert person.names == (
        Name("Omar M. Sample", "name", "Omar M.", "Sample"),
        Name("Омар Образцов", "alias"),
        Name("The Lamp", "weak"),
        Name("Omar Parts", "alias", "Omar", "Parts"),
        Name("Umar Sample", "alias"),
    )
    assert person.births == (
        Period(date(1937, 4, 28), date(1937, 4, 28)),
        Period(date(1938, 5, 1), date(1938, 5, 31), circa=True),
        Period(date(1935, 1, 1), date(1939, 12, 31)),
    )
    assert person.nationalities == (LAND,)
    assert person.countries == (LAND,)
    assert person.addresses == (Address("1 Lamp Street, P.O. Box 17, Basra, 61001, IRAQ", LAND),)
    assert person.identifiers == (Identifier("passport", "A0000001", LAND), Identifier("other", "77-000"))
    for said in (
        "1483",
        "QDi.901",
        "Lamp keeper",
        "Title: Dr.",
        "nickname",
        "1300/2004",
        "lamp@example.org",
        "diplomatic, expired",
        "validTo 2011-01-01",
        "1356 ISLAMIC",
    ):
        assert said in person.reason
    assert [part.code for part in found.skipped] == ["skipped.date", "skipped.kind"]


def test_a_firm() -> None:
    found = read(FIRM)
    assert found.skipped == ()
    assert found.entities[0] == Entity(
        id="207",
        schema="Organization",
        names=(Name("Société des Lampes"),),
        countries=(LAND,),
        addresses=(Address("IRAQ", LAND),),
        identifiers=(Identifier("swift", "SAMPRUMM"), Identifier("registration", "7700000"), Identifier("imo", "9999993")),
        programmes=("TERR",),
        reason="Sells lamps\nDocument: SWIFT BIC, SAMPRUMM\nDocument: Registration Number, 7700000\n"
        "Document: IMO number, 9999993\nAct: 2022/468 (OJ L79)",
        since=date(2022, 3, 9),
    )


def test_what_is_not_taken_over_is_said() -> None:
    nameless = '<sanctionEntity logicalId="9"><subjectType code="person"/><nameAlias wholeName=" " strong="true"/></sanctionEntity>'
    odd = (
        '<sanctionEntity logicalId="10" mood="grim"><subjectType code="spirit"/><nameAlias wholeName="Odd"/><photo>x.png</photo>'
        '<citizenship countryIso2Code="QX" countryDescription="SAMPLELAND"/><birthdate birthdate="long ago"/></sanctionEntity>'
    )
    found = read(PERSON, PERSON, nameless, odd)
    assert [(part.place, part.code, part.whole) for part in found.skipped if part.place != "EU.99901.28"] == [
        ("10", "skipped.field", False),
        ("10", "skipped.field", False),
        ("10", "skipped.kind", False),
        ("10", "skipped.date", False),
        ("10", "skipped.country", False),
        ("9", "skipped.nameless", True),
    ]
    assert ("EU.99901.28", "skipped.same") in [(part.place, part.code) for part in found.skipped if part.whole]
    assert found.entities[1].schema == "LegalEntity"
    assert found.entities[1].nationalities == (Country("SAMPLELAND"),)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "list.empty"),
        (listed(PERSON)[:-200], "list.truncated"),
        (b"<!DOCTYPE html><html><body>Forbidden</body></html>", "list.sort"),
        (b"fileGenerationDate;Entity_LogicalId\n2026;1\n", "list.sort"),
        (b"PK\x03\x04", "list.packed"),
        (b"<sdnList/>", "list.root.other"),
        (listed(), "list.no_entries"),
        (listed(PERSON).replace(b"<export", b'<!DOCTYPE x [<!ENTITY a "b">]><export'), "list.doctype"),
    ],
)
def test_files_that_are_no_such_list(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        SOURCE.read([File("eu.xml", data)])
    assert [problem.code for problem in caught.value.problems] == [code]


def test_nothing_in_an_entry_brings_it_down() -> None:
    for odd in ("", "x", "\u202e\u200f🙂", "9" * 2000, "1999-99-99", "00"):
        entry = PERSON
        for was in ("1937-04-28", "1938", "IRAQ", "IQ", "2003-07-08", "passport", "Sample", "GREGORIAN", "EU.99901.28"):
            entry = entry.replace(f'"{was}"', f'"{odd}"')
        assert read(entry).counted == 1


def test_it_says_that_it_was_tried_on_a_sample_only() -> None:
    assert SOURCE.tried_on == "sample"
