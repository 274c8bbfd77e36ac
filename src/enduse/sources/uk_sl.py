"""The UK Sanctions List of the FCDO: since 28 January 2026 the only list of the United Kingdom. XML, and CSV with a row for each name.

Written from the published format and tried on a sample: no real file was at hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from enduse.sources.cells import cell
from enduse.sources.sorts import sort_of
from enduse.sources.source import File, Read, Skipped, Source
from enduse.sources.uk import TERMS, Draft, finished, read_rows, uk_day
from enduse.sources.xml import Form, Tree, only, published, text, texts, unread

WORD = "uk-sl"
_FORM = Form(WORD, "Designations", ("Designation",))
_INDICATORS = (
    "AssetFreeze ArmsEmbargo TargetedArmsEmbargo CharteringOfShips ClosureOfRepresentativeOffices CrewServicingOfShipsAndAircraft Deflag "
    "PreventionOfBusinessArrangements ProhibitionOfPortEntry TravelBan PreventionOfCharteringOfShips PreventionOfCharteringOfShipsAndAircraft "
    "TechnicalAssistanceRelatedToAircraft TrustServicesSanctions DirectorDisqualificationSanction"
)
_HELD = (  # path, its title where it stands in the reason
    ("IndividualDetails/Individual/BirthDetails/Location/TownOfBirth", "Town of birth"),
    ("IndividualDetails/Individual/BirthDetails/Location/CountryOfBirth", "Country of birth"),
    ("IndividualDetails/Individual/Genders/Gender", "Gender"),
    ("IndividualDetails/Individual/Positions/Position", "Position"),
    ("EntityDetails/Entity/TypeOfEntities/TypeOfEntity", "Type of entity"),
    ("ShipDetails/Ship/PreviousFlags/PreviousFlag", "Previous flag"),
    ("ShipDetails/Ship/TypeOfShipDetails/TypeOfShip", "Type of ship"),
    ("ShipDetails/Ship/TonnageOfShipDetails/TonnageOfShip", "Tonnage"),
    ("ShipDetails/Ship/LengthOfShipDetails/LengthOfShip", "Length"),
    ("ShipDetails/Ship/YearsBuilt/YearBuilt", "Year built"),
    ("Titles/Title", "Title"),
    ("IndividualDetails/Individual/Titles/Title", "Title"),
    ("PhoneNumbers/PhoneNumber", "Phone number"),
    ("EmailAddresses/EmailAddress", "Email address"),
    ("Websites/Website", "Website"),
    ("UNReferenceNumber", "UN reference number"),
    ("OFSIGroupID", "OFSI group ID"),
)
_TIED = (
    ("EntityDetails/Entity/ParentCompanies/ParentCompany", "parent", "Parent company"),
    ("EntityDetails/Entity/Subsidiaries/Subsidiary", "subsidiary", "Subsidiary"),
    ("ShipDetails/Ship/CurrentOwnerOperators/CurrentOwnerOperator", "owner", "Owner or operator"),
    ("ShipDetails/Ship/PreviousOwnerOperators/PreviousOwnerOperator", "past owner", "Previous owner or operator"),
)
_NUMBERED = (
    ("IndividualDetails/Individual/PassportDetails/Passport", "passport", "Passport", "PassportNumber", "PassportAdditionalInformation"),
    (
        "IndividualDetails/Individual/NationalIdentifierDetails/NationalIdentifier",
        "national_id",
        "National identifier",
        "NationalIdentifierNumber",
        "NationalIdentifierAdditionalInformation",
    ),
)
_NUMBERS = (
    ("EntityDetails/Entity/BusinessRegistrationNumbers/BusinessRegistrationNumber", "registration"),
    ("ShipDetails/Ship/IMONumbers/IMONumber", "imo"),
    ("ShipDetails/Ship/HullIdentificationNumbers/HullIdentificationNumber", "other"),
)
_NATIONALITY = "IndividualDetails/Individual/Nationalities/Nationality"
_BIRTH = "IndividualDetails/Individual/DOBs/DOB"
_FLAG = "ShipDetails/Ship/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip"
_LINES = tuple(f"AddressLine{number}" for number in range(1, 7))
_LEAVES = (
    "UniqueID LastUpdated DateDesignated RegimeName IndividualEntityShip DesignationSource SanctionsImposed OtherInformation UKStatementofReasons "
    "Names/Name/NameType Names/Name/AliasStrength NonLatinNames/NonLatinName/NameNonLatinScript NonLatinNames/NonLatinName/NonLatinScriptType "
    "NonLatinNames/NonLatinName/NonLatinScriptLanguage Addresses/Address/AddressPostalCode Addresses/Address/AddressCountry"
)


def _known() -> frozenset[str]:
    leaves = [*_LEAVES.split(), *(f"Names/Name/Name{number}" for number in range(1, 7)), *(f"Addresses/Address/{line}" for line in _LINES)]
    leaves += [f"SanctionsImposedIndicators/{name}" for name in _INDICATORS.split()]
    leaves += [path for path, *_ in (*_HELD, *_TIED, *_NUMBERS)] + [_NATIONALITY, _BIRTH, _FLAG]
    leaves += [f"{path}/{part}" for path, _, _, *parts in _NUMBERED for part in parts]
    return frozenset("/".join(leaf.split("/")[:end]) for leaf in leaves for end in range(1, leaf.count("/") + 2))


_KNOWN = _known()
_COLUMNS = {  # the columns of the CSV by what they hold; titles differ between the forms of the file
    **{f"name{number}": (f"Name {number}",) for number in range(1, 7)},
    **{f"line{number}": (f"Address Line {number}",) for number in range(1, 7)},
    "id": ("Unique ID",),
    "kind": ("Designation Type", "Individual, Entity, Ship"),
    "name_type": ("Name type",),
    "strength": ("Alias strength",),
    "original": ("Name non-latin script",),
    "programme": ("Regime Name",),
    "imposed": ("Sanctions Imposed",),
    "statement": ("UK Statement of Reasons",),
    "information": ("Other Information",),
    "postcode": ("Address Postal Code",),
    "country": ("Address Country",),
    "since": ("Date Designated",),
    "birth": ("D.O.B",),
    "nationality": ("Nationality(/ies)",),
    "national_id": ("National Identifier number",),
    "national_id_note": ("National Identifier additional information",),
    "passport": ("Passport number",),
    "passport_note": ("Passport additional information",),
    "registration": ("Business registration number (s)",),
    "imo": ("IMO number",),
    "other": ("Hull identification number (HIN)",),
    "flag": ("Current believed flag of ship",),
    "parent": ("Parent company",),
    "subsidiary": ("Subsidiaries",),
    "owner": ("Current owner/operator (s)",),
    "past owner": ("Previous owner/operator (s)",),
}
_REASONS = {  # columns that stand in the reason, by their titles
    "Title": "Title",
    "Position": "Position",
    "Gender": "Gender",
    "Town of birth": "Town of birth",
    "Country of birth": "Country of birth",
    "Type of entity": "Type of entity",
    "Previous flags": "Previous flag",
    "Type of ship": "Type of ship",
    "Tonnage of ship": "Tonnage",
    "Length of ship": "Length",
    "Year Built": "Year built",
    "Phone number": "Phone number",
    "Website": "Website",
    "Email address": "Email address",
    "UN Reference Number": "UN reference number",
    "OFSI Group ID": "OFSI group ID",
}
_IDLE = ("Last Updated", "Designation source", "Non-latin script type", "Non-latin script language")
_REQUIRED = ("Unique ID", "Name 6", "Name type", "Regime Name")


def read(files: Sequence[File]) -> Read:
    """The list from its XML or its CSV, told apart by the content."""
    file = only(files, WORD)
    if sort_of(file.data) == "got.plain":
        return read_rows(file, WORD, _COLUMNS, (*_REASONS, *_IDLE), _REQUIRED, _add_row)
    return _of_xml(file)


def _of_xml(file: File) -> Read:
    tree = Tree(file, _FORM)
    drafts = [_draft(element, file, number) for number, (_, element) in enumerate(tree, 1)]
    entities, skipped = finished(drafts)
    beside = [Skipped(file.name, "skipped.field", {"field": path, "text": said}) for path, said in unread(tree.root, {"DateGenerated", *_ROOTED})]
    told, undated = published(_generated(tree.root), file, "DateGenerated", uk_day)
    return Read(entities, (*undated, *beside, *skipped), told, len(drafts))


_ROOTED = ("@noNamespaceSchemaLocation", "@schemaLocation", "@DateGenerated", "@dateGenerated")


def _generated(root: Element) -> str:
    return text(root, "DateGenerated") or root.get("DateGenerated") or root.get("dateGenerated") or ""


def _draft(element: Element, file: File, number: int) -> Draft:
    id = text(element, "UniqueID")
    draft = Draft(id, f"{file.name}: {id or f'Designation {number}'}")
    draft.add_schema(text(element, "IndividualEntityShip"), "IndividualEntityShip")
    for name in element.iterfind("Names/Name"):
        draft.add_name([text(name, f"Name{part}") for part in range(1, 7)], text(name, "NameType"), text(name, "AliasStrength"))
    for said in texts(element, "NonLatinNames/NonLatinName/NameNonLatinScript"):
        draft.add_original(said)
    for said in texts(element, _BIRTH):
        draft.add_births(said, "DOB")
    for said in texts(element, _NATIONALITY):
        draft.add_countries(draft.nationalities, said, "Nationality")
    for said in texts(element, _FLAG):
        draft.add_countries(draft.countries, said, "CurrentBelievedFlagOfShip")
    for address in element.iterfind("Addresses/Address"):
        lines = [text(address, line) for line in (*_LINES, "AddressPostalCode")]
        draft.add_address(lines, text(address, "AddressCountry"), "AddressCountry")
    for path, kind, title, value, note in _NUMBERED:
        for found in element.iterfind(path):
            draft.add_identifiers(kind, text(found, value), text(found, note), title)
    for path, kind in _NUMBERS:
        for said in texts(element, path):
            draft.add_identifiers(kind, said, "", kind)
    _add_grounds(draft, element)
    for path, said in unread(element, _KNOWN):
        draft.skip("skipped.field", field=path, text=said)
    return draft


def _add_grounds(draft: Draft, element: Element) -> None:
    draft.add_programme(text(element, "RegimeName"))
    draft.add_since(text(element, "DateDesignated"), "DateDesignated")
    draft.add_reason(text(element, "UKStatementofReasons"))
    draft.add_reason(text(element, "OtherInformation"))
    draft.add_reason(text(element, "SanctionsImposed").replace("|", ", "), "Sanctions imposed")
    for path, title in _HELD:
        for said in texts(element, path):
            draft.add_reason(said, title)
    for path, kind, title in _TIED:
        for said in texts(element, path):
            draft.add_tie(kind, said, title)


def _add_row(draft: Draft, held: Mapping[str, str], cells: Mapping[str, str]) -> None:
    def get(field: str) -> str:
        return held.get(field, "")

    if cell(get("kind")):
        draft.add_schema(get("kind"), "Designation Type")
    draft.add_name([get(f"name{number}") for number in range(1, 7)], get("name_type"), get("strength"))
    draft.add_original(get("original"))
    draft.add_births(get("birth"), "D.O.B")
    draft.add_since(get("since"), "Date Designated")
    draft.add_countries(draft.nationalities, get("nationality"), "Nationality")
    draft.add_countries(draft.countries, get("flag"), "Current believed flag of ship")
    draft.add_address([*(get(f"line{number}") for number in range(1, 7)), get("postcode")], get("country"), "Address Country")
    for kind, title in (("passport", "Passport"), ("national_id", "National identifier")):
        draft.add_identifiers(kind, get(kind), get(f"{kind}_note"), title)
    for kind in ("registration", "imo", "other"):
        draft.add_identifiers(kind, get(kind), "", kind)
    draft.add_programme(get("programme"))
    draft.add_reason(get("statement"))
    draft.add_reason(get("information"))
    draft.add_reason(get("imposed").replace("|", ", "), "Sanctions imposed")
    for column, title in _REASONS.items():
        draft.add_reason(cells.get(column, ""), title)
    for _, kind, title in _TIED:
        draft.add_tie(kind, get(kind), title)


SOURCE = Source(
    WORD,
    "Foreign, Commonwealth & Development Office",
    ("Санкционный список Великобритании (UK Sanctions List)", "UK Sanctions List"),
    TERMS,
    read,
    ("https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml",),
    tried_on="sample",
)
