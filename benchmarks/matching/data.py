"""What is measured on: the pool of all lists in ../shared/data, its two halves, names taken out of entries, judged pairs.

Everything is the same in each run. Data are split by entity: `tune` may be looked at while tuning, `report` is what is reported.
"""

from __future__ import annotations

import csv
import hashlib
import os
import pickle
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

from enduse import sources
from enduse.domain.screening.entity import Entity
from enduse.domain.screening.query import Kind, Query
from enduse.sources.registry import SOURCES
from enduse.sources.source import File

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
Half = Literal["tune", "report"]
Key = tuple[str, str]  # a list's word, an entry's id
Listing = tuple[str, Entity]

_US = "columns: {name: name, aliases: aliases, country: country, address: address, reason: [federal_register, notes], since: effective_date}\n"
_JP = """kind: Organization
columns: {id: id, name: {column: entity_name, otherwise: addresses}, aliases: aliases, country: addresses, reason: reason}
skip: [country, entity_type, last_verified, list_id, source_list_name, source_url]
"""
_EU = """columns: {name: Name, aliases: {column: Alias, split: ","}, nationality: {column: Nationality, split: ","}, kind: Designation}
skip: [Sanction Type, Source]
"""
UN = "un-sc"
LISTS: dict[str, tuple[str, tuple[str, ...], str]] = {  # our word: the importer, its files, a mapping for own columns
    UN: ("un-sc", ("UN_consolidated_2026-02-27.xml",), ""),
    "ofac-sdn": ("ofac-sdn", tuple(f"ofac-sdn-2022-01/{name}.csv" for name in ("sdn", "alt", "add")), ""),
    "ofac-consolidated": ("ofac-consolidated", ("ofac-consolidated/consolidated_2025-03-28.xml",), ""),
    "us-dpl": ("us-dpl", ("us-dpl/dpl_2021_watchman.txt",), ""),
    "us-csl-1": ("us-csl", ("us-csl/csl_consolidated_sample.csv",), ""),
    "us-csl-2": ("us-csl", ("us-csl/csl_small_watchman.csv",), ""),
    "ca-sema": ("ca-sema", ("ca-sema/canada_2025.xml",), ""),
    "us-el": ("csv", ("other/bis_entity_list.json",), _US),
    "us-meu": ("csv", ("other/bis_meu.json",), _US),
    "us-isn": ("csv", ("other/state_nonproliferation.json",), _US),
    "jp-meti": ("csv", ("other/jp_end_user_list.json",), _JP),
    "eu-csv": ("csv", ("other/eur_Europe_parsed.csv",), _EU),
    "ftm-1": ("ftm", ("ftm/donations.ijson",), ""),
    "ftm-2": ("ftm", ("ftm/parteispenden_entities.ftm.json",), ""),
    "ftm-3": ("ftm", ("ftm/zala_entities.ftm.json",), ""),
}
DELTA = {day: tuple(f"ofac-sdn-{day}/{name}.csv" for name in ("sdn", "alt", "add")) for day in ("2021-07", "2022-01")}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query whose answer is known: the entry it means, what was done to the name (`how`), and the name as it stood on the list."""

    query: Query
    truth: Key
    how: str
    was: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of names of which people said whether they are one; `fold` (0 to 4) is fixed."""

    query: str
    candidate: str
    schema: str
    match: bool
    fold: int


def normal(text: str) -> str:
    """A name without case, accents, punctuation: what counts as the same name here. Words keep their order."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(
        " " if not (letter.isalnum() or unicodedata.combining(letter)) else "" if unicodedata.combining(letter) else letter for letter in folded
    )
    return " ".join(kept.split())


def number(*parts: object) -> int:
    """A number by SHA-256 of some values: the same in each run, spread evenly."""
    return int.from_bytes(hashlib.sha256("\0".join(map(str, parts)).encode()).digest()[:8], "big")


def half_of(name: str) -> Half:
    """The half that a name falls into, whatever the order of its words."""
    return "tune" if number("half", *sorted(normal(name).split())) % 2 else "report"


def half(word: str, entity: Entity) -> Half:
    """The half of an entry, by its main name: one person on two lists falls into the same half as far as names tell."""
    return half_of(entity.names[0].text)


def latin(text: str) -> bool:
    """Whether all letters of a name are Latin."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(letter, "") for letter in letters)


def foreign(text: str) -> bool:
    """Whether a name has letters and none of them is Latin."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and not any("LATIN" in unicodedata.name(letter, "") for letter in letters)


def kind_of(entity: Entity) -> Kind:
    """What somebody who asks knows of the kind; a legal entity may also be a person and is asked for as any."""
    kinds: dict[str, Kind] = {"Person": "person", "Company": "company", "Organization": "company", "Vessel": "vessel", "Airplane": "aircraft"}
    return kinds.get(entity.schema, "any")


def cache_folder() -> Path:
    """Where parsed lists are kept between runs, outside the project."""
    folder = Path(os.environ.get("ENDUSE_BENCH_CACHE") or Path(tempfile.gettempdir()) / "enduse-bench")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def read_list(importer: str, names: Sequence[str], mapping: str = "") -> tuple[Entity, ...]:
    """The entries of a list, kept between runs under a digest of its files and of the importers."""
    files = [File(Path(name).name, (DATA / "lists" / name).read_bytes()) for name in names]
    if mapping:
        files.append(File("map.yaml", f"format: enduse/list-mapping-1\n{mapping}".encode()))
    digest = hashlib.sha256(b"\0".join([_code(), importer.encode(), *(file.data for file in files)])).hexdigest()
    kept = cache_folder() / f"{digest[:32]}.pickle"
    if not kept.exists():
        found = SOURCES[importer].read(files).entities
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps(found, protocol=5))
        part.replace(kept)
    return tuple(pickle.loads(kept.read_bytes()))


@cache
def _code() -> bytes:
    """A digest of the importers: what they read is kept only as long as they stay the same."""
    folder = Path(sources.__path__[0])
    parts = [*sorted(folder.glob("*.py")), folder.parent / "domain" / "screening" / "entity.py"]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in parts)).digest()


@cache
def _pool() -> tuple[Listing, ...]:
    return tuple(
        (word, entity) for word, (importer, names, mapping) in LISTS.items() for entity in read_list(importer, names, mapping) if entity.names
    )


def pool() -> list[Listing]:
    """All entries of all lists, each list once in its newest version, in the order of the lists."""
    return list(_pool())


def un() -> list[Listing]:
    """The entries of the UN list alone."""
    return [listing for listing in _pool() if listing[0] == UN]


def sdn(day: str) -> list[Entity]:
    """The OFAC SDN list of a day in DELTA."""
    return list(read_list("ofac-sdn", DELTA[day]))


def held_out_aliases(entries: Iterable[Listing], of: Half) -> tuple[list[Listing], list[Asked]]:
    """One Latin alias (also a weak or former one) taken out of each entry of a half that has two: the entries to search, and the queries.

    The alias is gone from the entry in every writing that is the same without case, accents and punctuation. It may stand at another
    entry (the same person on another list, or a namesake): finding that one does not count, only the entry it was taken from does.
    """
    kept, asked = [], []
    for word, entity in entries:
        aliases = {normal(name.text): name for name in entity.names if name.kind in ("alias", "weak", "former") and latin(name.text)}
        aliases.pop(normal(entity.names[0].text), None)
        aliases.pop("", None)
        if half(word, entity) != of or len(aliases) < 2:
            kept.append((word, entity))
            continue
        gone = sorted(aliases)[number("alias", word, entity.id) % len(aliases)]
        kept.append((word, replace(entity, names=tuple(name for name in entity.names if normal(name.text) != gone))))
        name = aliases[gone]
        asked.append(Asked(Query(name.text, kind_of(entity)), (word, entity.id), name.kind, name.text))
    return kept, asked


def held_out_originals(entries: Iterable[Listing], of: Half) -> tuple[list[Listing], list[Asked]]:
    """All names in other scripts than Latin taken out of each entry of a half that has some, one of them asked for."""
    kept, asked = [], []
    for word, entity in entries:
        names = {normal(name.text): name for name in entity.names if foreign(name.text)}
        if half(word, entity) != of or not names or not any(latin(name.text) for name in entity.names):
            kept.append((word, entity))
            continue
        best = [one for one in sorted(names) if names[one].kind == "original"] or sorted(names)
        name = names[best[number("original", word, entity.id) % len(best)]]
        kept.append((word, replace(entity, names=tuple(one for one in entity.names if not any(map(_outside, one.text))))))
        asked.append(Asked(Query(name.text, kind_of(entity)), (word, entity.id), script(name.text), name.text))
    return kept, asked


def _outside(letter: str) -> bool:
    return letter.isalpha() and "LATIN" not in unicodedata.name(letter, "")


def script(text: str) -> str:
    """The script of most letters, as the first word of their Unicode names: `arabic`, `cyrillic`, `cjk`."""
    found = Counter(unicodedata.name(letter, "?").split()[0].lower() for letter in text if letter.isalpha())
    return found.most_common(1)[0][0] if found else ""


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of ../shared/data/matching."""
    with (DATA / "matching" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged() -> list[Judged]:
    """The judged pairs of nomenklatura, shared out to five folds of 120 in an order by hash."""
    found = rows("nomenklatura_name_pairs.csv")
    order = sorted(range(len(found)), key=lambda at: number("fold", found[at]["query"], found[at]["candidate"], at))
    folds = {at: place % 5 for place, at in enumerate(order)}
    return [Judged(row["query"], row["candidate"], row["schema"], row["is_match"] == "true", folds[at]) for at, row in enumerate(found)]
