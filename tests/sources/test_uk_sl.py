"""The UK Sanctions List, on a sample of our own in the published format: XML and CSV say the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date

import pytest

from enduse.domain.screening.entity import Address, Country, Identifier, Link, Name, Period
from enduse.formats.problems import BadInput
from enduse.sources.source import File, Read
from enduse.sources.uk_sl import SOURCE, WORD

XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <DateGenerated>13/02/2026</DateGenerated>
  <Designation>
    <LastUpdated>01/02/2026</LastUpdated>
    <DateDesignated>05/03/2022</DateDesignated>
    <UniqueID>TST0001</UniqueID>
    <OFSIGroupID>90001</OFSIGroupID>
    <UNReferenceNumber>TSi.001</UNReferenceNumber>
    <Names>
      <Name><Name1>Timur</Name1><Name2>Aslanovich</Name2><Name6>PRIMEROV</Name6><NameType>Primary Name</NameType></Name>
      <Name><Name1>Timour</Name1><Name6>PRIMEROFF</Name6><NameType>Primary name variation</NameType></Name>
      <Name><Name6>The Lamplighter</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
      <Name><Name6>Timur Primer</Name6><NameType>Alias</NameType><AliasStrength>Good quality a.k.a</AliasStrength></Name>
    </Names>
    <NonLatinNames><NonLatinName><NameNonLatinScript>ПРИМЕРОВ Тимур Асланович</NameNonLatinScript>
      <NonLatinScriptType>Cyrillic</NonLatinScriptType><NonLatinScriptLanguage>Russian</NonLatinScriptLanguage></NonLatinName></NonLatinNames>
    <Titles><Title>Dr</Title></Titles>
    <RegimeName>The Testland (Sanctions) (EU Exit) Regulations 2019</RegimeName>
    <IndividualEntityShip>Individual</IndividualEntityShip>
    <DesignationSource>UK</DesignationSource>
    <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
    <SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><Deflag>false</Deflag></SanctionsImposedIndicators>
    <OtherInformation>Brother of nobody.</OtherInformation>
    <UKStatementofReasons>Made up for a test.</UKStatementofReasons>
    <Addresses>
      <Address><AddressLine1>1 Sample Street</AddressLine1><AddressLine6>Moscow</AddressLine6><AddressPostalCode>101000</AddressPostalCode>
        <AddressCountry>Russia</AddressCountry></Address>
      <Address><AddressCountry>Belarus</AddressCountry></Address>
    </Addresses>
    <IndividualDetails><Individual>
      <DOBs><DOB>dd/mm/1961</DOB><DOB>05/03/1961</DOB><DOB>00/04/1962</DOB></DOBs>
      <BirthDetails><Location><TownOfBirth>Sampletown</TownOfBirth><CountryOfBirth>Russia</CountryOfBirth></Location></BirthDetails>
      <Nationalities><Nationality>Russia</Nationality><Nationality>Utopia</Nationality></Nationalities>
      <PassportDetails><Passport><PassportNumber>750000001</PassportNumber>
        <PassportAdditionalInformation>Issued in 2015</PassportAdditionalInformation></Passport></PassportDetails>
      <NationalIdentifierDetails><NationalIdentifier><NationalIdentifierNumber>NID-7</NationalIdentifierNumber></NationalIdentifier>
      </NationalIdentifierDetails>
      <Positions><Position>Keeper of samples</Position></Positions>
      <Genders><Gender>Male</Gender></Genders>
    </Individual></IndividualDetails>
  </Designation>
  <Designation>
    <UniqueID>TST0002</UniqueID>
    <Names><Name><Name6>SAMPLE WORKS JSC</Name6><NameType>Primary Name</NameType></Name></Names>
    <RegimeName>The Testland (Sanctions) (EU Exit) Regulations 2019</RegimeName>
    <IndividualEntityShip>Entity</IndividualEntityShip>
    <EntityDetails><Entity>
      <BusinessRegistrationNumbers><BusinessRegistrationNumber>INN: 7700000016; OGRN 1027700000016</BusinessRegistrationNumber>
        <BusinessRegistrationNumber>HE 12345</BusinessRegistrationNumber></BusinessRegistrationNumbers>
      <ParentCompanies><ParentCompany>Timur Primer</ParentCompany></ParentCompanies>
      <Subsidiaries><Subsidiary>Nowhere Ltd</Subsidiary></Subsidiaries>
    </Entity></EntityDetails>
  </Designation>
  <Designation>
    <UniqueID>TST0003</UniqueID>
    <Names><Name><Name6>SEA SAMPLE</Name6><NameType>Primary Name</NameType></Name></Names>
    <RegimeName>The Testland (Sanctions) (EU Exit) Regulations 2019</RegimeName>
    <IndividualEntityShip>Ship</IndividualEntityShip>
    <ShipDetails><Ship>
      <IMONumbers><IMONumber>9999993</IMONumber></IMONumbers>
      <CurrentOwnerOperators><CurrentOwnerOperator>Sample Works JSC</CurrentOwnerOperator></CurrentOwnerOperators>
      <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Panama</CurrentBelievedFlagOfShip></CurrentBelievedFlagOfShips>
      <TypeOfShipDetails><TypeOfShip>Tanker</TypeOfShip></TypeOfShipDetails>
    </Ship></ShipDetails>
  </Designation>
</Designations>
"""
_TITLES = (
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Alias strength,Title,"
    "Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,Designation Type,Designation source,Sanctions Imposed,"
    "Other Information,UK Statement of Reasons,Address Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,"
    "Address Postal Code,Address Country,Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),National Identifier number,"
    "National Identifier additional information,Passport number,Passport additional information,Position,Gender,Town of birth,Country of birth,"
    "Type of entity,Subsidiaries,Parent company,Business registration number (s),IMO number,Current owner/operator (s),"
    "Previous owner/operator (s),Current believed flag of ship,Previous flags,Type of ship,Tonnage of ship,Length of ship,Year Built,"
    "Hull identification number (HIN)"
)
TITLES = _TITLES.split(",")
PERSON = {
    "Last Updated": "01/02/2026",
    "Unique ID": "TST0001",
    "OFSI Group ID": "90001",
    "UN Reference Number": "TSi.001",
    "Regime Name": "The Testland (Sanctions) (EU Exit) Regulations 2019",
    "Designation Type": "Individual",
    "Sanctions Imposed": "Asset freeze|Travel Ban",
    "Other Information": "Brother of nobody.",
    "UK Statement of Reasons": "Made up for a test.",
    "Date Designated": "05/03/2022",
    "Title": "Dr",
    "Position": "Keeper of samples",
    "Gender": "Male",
    "Town of birth": "Sampletown",
    "Country of birth": "Russia",
    "Passport number": "750000001",
    "Passport additional information": "Issued in 2015",
    "National Identifier number": "NID-7",
}
ENTITY = {"Unique ID": "TST0002", "Regime Name": PERSON["Regime Name"], "Designation Type": "Entity"}
ROWS: list[Mapping[str, str]] = [
    PERSON
    | {"Name 6": "PRIMEROV", "Name 1": "Timur", "Name 2": "Aslanovich", "Name type": "Primary Name", "D.O.B": "dd/mm/1961"}
    | {"Nationality(/ies)": "Russia", "Address Line 1": "1 Sample Street", "Address Line 6": "Moscow", "Address Postal Code": "101000"}
    | {"Address Country": "Russia", "Name non-latin script": "ПРИМЕРОВ Тимур Асланович"},
    PERSON
    | {"Name 6": "PRIMEROFF", "Name 1": "Timour", "Name type": "Primary name variation", "D.O.B": "05/03/1961"}
    | {"Nationality(/ies)": "Utopia", "Address Country": "Belarus"},
    ENTITY
    | {"Name 6": "SAMPLE WORKS JSC", "Name type": "Primary Name", "Parent company": "Timur Primer", "Subsidiaries": "Nowhere Ltd"}
    | {"Business registration number (s)": "INN: 7700000016; OGRN 1027700000016"},
    PERSON | {"Name 6": "The Lamplighter", "Name type": "Alias", "Alias strength": "Low quality a.k.a", "D.O.B": "00/04/1962"},
    PERSON | {"Name 6": "Timur Primer", "Name type": "Alias", "Alias strength": "Good quality a.k.a"},
    {"Unique ID": "TST0003", "Regime Name": PERSON["Regime Name"], "Designation Type": "Ship", "Name 6": "SEA SAMPLE", "Name type": "Primary Name"}
    | {
        "IMO number": "9999993",
        "Current owner/operator (s)": "Sample Works JSC",
        "Current believed flag of ship": "Panama",
        "Type of ship": "Tanker",
    },
]


def sheet(rows: list[Mapping[str, str]], titles: list[str] = TITLES, above: str = "Report Date: 13-Feb-2026\r\n") -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(titles)
    writer.writerows([row.get(title, "") for title in titles] for row in rows)
    return above + out.getvalue()


def read(text: str | bytes, name: str = "UK-Sanctions-List.xml") -> Read:
    found = SOURCE.read([File(name, text if isinstance(text, bytes) else text.encode())])
    assert len(found.entities) + sum(part.whole for part in found.skipped) == found.counted
    return found


def codes(found: Read) -> list[str]:
    return [part.code for part in found.skipped]


def refused(text: str | bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read(text)
    problem = caught.value.problems[0]
    assert problem.text("ru") and problem.text("en")
    return problem.code


def test_a_person_is_read_with_all_that_is_told() -> None:
    found = read(XML)
    person = found.entities[0]
    assert (person.id, person.schema, found.published, found.counted) == ("TST0001", "Person", date(2026, 2, 13), 3)
    assert person.names == (
        Name("Timur Aslanovich PRIMEROV", "name", "Timur Aslanovich", "PRIMEROV"),
        Name("Timour PRIMEROFF", "alias", "Timour", "PRIMEROFF"),
        Name("The Lamplighter", "weak"),
        Name("Timur Primer", "alias"),
        Name("ПРИМЕРОВ Тимур Асланович", "original"),
    )
    assert person.births == (
        Period(date(1961, 1, 1), date(1961, 12, 31)),
        Period(date(1961, 3, 5), date(1961, 3, 5)),
        Period(date(1962, 4, 1), date(1962, 4, 30)),
    )
    assert person.nationalities == (Country("Russia", "RU"), Country("Utopia"))
    assert person.addresses == (Address("1 Sample Street, Moscow, 101000, Russia", Country("Russia", "RU")),)
    assert person.countries == (Country("Belarus", "BY"),)
    assert person.identifiers == (Identifier("passport", "750000001"), Identifier("national_id", "NID-7"))
    assert person.programmes == ("The Testland (Sanctions) (EU Exit) Regulations 2019",)
    assert person.since == date(2022, 3, 5)
    for said in (
        "Made up for a test.",
        "Brother of nobody.",
        "Asset freeze, Travel Ban",
        "Position: Keeper of samples",
        "Issued in 2015",
        "Title: Dr",
    ):
        assert said in person.reason
    assert codes(found) == ["skipped.country"]  # Utopia


def test_companies_and_ships_have_numbers_and_owners() -> None:
    _, works, ship = read(XML).entities
    assert works.schema == "Organization"
    assert works.identifiers == (
        Identifier("tax", "7700000016", Country("Russia", "RU")),
        Identifier("registration", "1027700000016", Country("Russia", "RU")),
        Identifier("registration", "HE 12345"),
    )
    assert works.links == (Link("owner", "TST0001", "parent: Timur Primer"),)
    assert "Subsidiary: Nowhere Ltd" in works.reason
    assert (ship.schema, ship.identifiers) == ("Vessel", (Identifier("imo", "9999993"),))
    assert ship.countries == (Country("Panama", "PA"),)
    assert ship.links == (Link("owner", "TST0002", "owner: Sample Works JSC"),)


def test_the_csv_says_the_same() -> None:
    found, xml = read(sheet(ROWS)), read(XML)
    assert (found.published, found.counted) == (date(2026, 2, 13), 3)
    for row, element in zip(found.entities, xml.entities, strict=True):
        assert (row.id, row.schema, set(row.names), row.births) == (element.id, element.schema, set(element.names), element.births)
        assert (row.nationalities, row.addresses, row.countries) == (element.nationalities, element.addresses, element.countries)
        assert (row.programmes, row.since, row.links) == (element.programmes, element.since, element.links)
        assert set(row.identifiers) >= set(element.identifiers) - {Identifier("registration", "HE 12345")}


def test_titles_may_differ_in_case_and_the_mark_of_utf_8_may_stand() -> None:
    titles = [title.upper() for title in TITLES]
    found = read(b"\xef\xbb\xbf" + sheet([{title.upper(): cell for title, cell in row.items()} for row in ROWS], titles, "").encode())
    assert [entity.id for entity in found.entities] == ["TST0001", "TST0002", "TST0003"]
    assert found.published is None and found.entities[0].names[0].text == "Timur Aslanovich PRIMEROV"


def test_what_does_not_fit_is_told() -> None:
    text = XML.replace("<Name6>SEA SAMPLE</Name6>", "").replace("<DOB>dd/mm/1961</DOB>", "<DOB>the sixties</DOB>")
    text = text.replace("<Position>", "<Rank>Major</Rank><Position>").replace("<NameType>ALias</NameType>", "<NameType>Nickname</NameType>")
    found = read(text)
    assert sorted(codes(found)) == ["skipped.country", "skipped.date", "skipped.field", "skipped.kind", "skipped.nameless"]
    assert [part.values["field"] for part in found.skipped if part.code == "skipped.field"] == ["IndividualDetails/Individual/Positions/Rank"]
    assert "the sixties" in found.entities[0].reason  # nothing that was told is lost


def test_nobody_is_lost_by_a_repeated_or_missing_number() -> None:
    repeated = read(XML.replace("TST0003", "TST0002"))
    assert [entity.names[0].text for entity in repeated.entities] == ["Timur Aslanovich PRIMEROV", "SAMPLE WORKS JSC", "SEA SAMPLE"]
    assert repeated.entities[2].id.startswith("TST0002~") and "skipped.renumbered" in codes(repeated)
    once = XML[XML.index("  <Designation>") : XML.index("</Designations>")]
    same = read(XML.replace("</Designations>", once + "</Designations>"))
    assert len(same.entities) == 3 and codes(same).count("skipped.same") == 3
    numberless = read(XML.replace("<UniqueID>TST0003</UniqueID>", ""))
    assert len(numberless.entities[2].id) == 16 and "skipped.no_id" in codes(numberless)
    assert numberless.entities[2].id == read(XML.replace("<UniqueID>TST0003</UniqueID>", "")).entities[2].id


def test_rows_without_a_number_stand_alone() -> None:
    rows = [
        *ROWS,
        {"Name 6": "LOOSE ONE", "Name type": "Primary Name", "Designation Type": "Entity"},
        {"Name 6": "OTHER", "Designation Type": "Yacht"},
    ]
    found = read(sheet(rows))
    assert (found.counted, [entity.names[0].text for entity in found.entities[3:]]) == (5, ["LOOSE ONE", "OTHER"])
    assert {"skipped.no_id", "skipped.kind"} <= set(codes(found))
    assert found.entities[4].schema == "LegalEntity"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "list.empty"),
        (b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "list.sort"),
        (b"PK\x03\x04rest", "list.packed"),
        (XML[: len(XML) // 2], "list.truncated"),
        (XML.replace("<Designations", "<sdnList").replace("</Designations", "</sdnList"), "list.root.other"),
        (XML.replace("<Designations ", '<!DOCTYPE a [<!ENTITY b "c">]>\n<Designations ').replace("TST0001", "&b;"), "list.doctype"),
        ('<?xml version="1.0"?><Designations><DateGenerated>13/02/2026</DateGenerated></Designations>', "list.no_entries"),
        (sheet(ROWS, [title for title in TITLES if title != "Name 6"]), "list.columns"),
        (sheet(ROWS).replace("The Lamplighter", '"The Lamplighter').rstrip(), "list.truncated"),
        ("Name,Alias\r\nSomebody,Else\r\n", "list.columns"),
        (sheet(ROWS).encode("utf-16"), "list.encoding"),
        (sheet(ROWS).encode("cp1251", "replace"), "list.encoding"),
    ],
)
def test_what_is_no_such_list_is_refused(text: str | bytes, code: str) -> None:
    assert refused(text) == code


def test_it_is_one_file() -> None:
    with pytest.raises(BadInput) as caught:
        SOURCE.read([File("a.xml", XML.encode()), File("b.xml", XML.encode())])
    assert caught.value.problems[0].code == "list.files"


def test_names_of_every_sort_do_no_harm() -> None:
    for name in ("X", "Ж" * 2000, "12345", "LLC", "😀", "\u202eevil\u202c", "a\u0000b".replace("\u0000", " ")):
        found = read(XML.replace("SEA SAMPLE", name))
        assert found.counted == 3


def test_it_says_that_it_was_tried_on_a_sample() -> None:
    assert (SOURCE.word, SOURCE.tried_on, WORD) == ("uk-sl", "sample", "uk-sl")
