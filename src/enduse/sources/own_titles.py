"""A first guess at which column of an own list holds what, from its title in Russian or English and from how its cells look."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from enduse.domain.screening.entity import Schema
from enduse.formats.problems import BadInput, Problem, short
from enduse.formats.register_words import plain_words
from enduse.sources.own_rows import WORD, Cell, Rows

FORMAT = "enduse/list-mapping-1"
KINDS: dict[str, Schema] = {
    **dict.fromkeys(("person", "individual", "natural person", "физическое лицо", "физлицо", "фл", "человек", "гражданин", "p", "ип"), "Person"),
    **dict.fromkeys(("company", "business", "компания", "общество", "предприятие"), "Company"),
    **dict.fromkeys(
        ("organization", "organisation", "entity", "enterprise", "group", "организация", "юридическое лицо", "юрлицо", "юл", "учреждение", "e"),
        "Organization",
    ),
    **dict.fromkeys(("legal entity", "legalentity", "субъект", "лицо"), "LegalEntity"),
    **dict.fromkeys(("vessel", "ship", "судно", "корабль"), "Vessel"),
    **dict.fromkeys(("aircraft", "airplane", "самолет", "воздушное судно"), "Airplane"),
    **dict.fromkeys(("wallet", "crypto wallet", "cryptowallet", "кошелек", "криптокошелек"), "CryptoWallet"),
}
TITLES = {
    "id": ("id", "entry id", "entity id", "reference", "ref", "ref no", "reference number", "ид", "идентификатор", "код", "номер записи"),
    "name": (
        *("name", "full name", "entity name", "primary name", "company name", "organization name", "organisation name", "name of entity"),
        *("имя", "фио", "ф и о", "наименование", "название", "полное наименование", "наименование организации", "наименование или фио"),
        *("контрагент", "лицо", "субъект", "название организации", "фамилия имя отчество"),
    ),
    "aliases": (
        *("alias", "aliases", "aka", "a k a", "also known as", "other names", "alternative names", "alternate names"),
        *("псевдоним", "псевдонимы", "другие имена", "другие названия", "иные наименования", "другие наименования", "также известен как"),
        *("сокращенное наименование", "краткое наименование"),
    ),
    "former": ("former name", "former names", "formerly", "fka", "f k a", "previous name", "previous names", "прежнее наименование", "прежние имена"),
    "weak": ("weak alias", "weak aliases", "low quality aka", "прозвище", "прозвища", "кличка"),
    "original": ("original name", "name original script", "native name", "оригинальное наименование", "имя на языке оригинала"),
    "given": ("first name", "given name", "forename", "имя собственное", "middle name", "patronymic", "отчество"),
    "family": ("last name", "family name", "surname", "фамилия"),
    "kind": ("kind", "type", "entity type", "schema", "party type", "вид", "тип", "тип лица", "вид лица", "designation"),
    "birth": ("birth date", "date of birth", "dob", "birthdate", "year of birth", "дата рождения", "год рождения"),
    "nationality": ("nationality", "nationalities", "citizenship", "гражданство"),
    "country": ("country", "countries", "jurisdiction", "country of registration", "страна", "юрисдикция", "страна регистрации", "государство"),
    "address": ("address", "addresses", "location", "адрес", "адреса", "место нахождения", "местонахождение", "юридический адрес"),
    "passport": ("passport", "passport number", "passport no", "паспорт", "номер паспорта", "серия и номер паспорта"),
    "national_id": ("national id", "id number", "national identification number", "снилс", "личный номер"),
    "tax": ("tax id", "tin", "inn", "tax number", "vat", "инн", "налоговый номер"),
    "registration": ("registration number", "reg no", "company number", "ogrn", "огрн", "регистрационный номер", "огрнип"),
    "imo": ("imo", "imo number", "номер имо", "имо"),
    "mmsi": ("mmsi",),
    "swift": ("swift", "bic", "swift bic", "свифт"),
    "wallet": ("wallet", "crypto address", "кошелек"),
    "programme": ("programme", "program", "programs", "regime", "list", "source list name", "программа", "перечень", "режим", "список"),
    "reason": (
        *("reason", "reasons", "notes", "note", "remarks", "comment", "comments", "description", "grounds", "federal register", "citation"),
        *("основание", "основания", "причина", "примечание", "примечания", "комментарий", "описание"),
    ),
    "since": (
        *("since", "date added", "listed on", "date listed", "effective date", "start date", "designation date", "date of listing"),
        *("дата включения", "включен", "дата внесения", "с", "дата начала"),
    ),
    "until": ("until", "end date", "expiry date", "expires", "valid until", "дата исключения", "дата окончания", "до", "действует до"),
}
_SEVERAL = frozenset({"reason", "given"})  # fields that more than one column may fill
_SPLIT = frozenset({"aliases", "former", "weak", "nationality", "country"})
_MARKS = (";", "|", "\n")
_ALIKE = 0.88


def suggested(rows: Rows) -> dict[str, Any]:
    """A mapping as plain data. Raises BadInput where no column is like one of names."""
    known = {_folded(title): target for target, titles in TITLES.items() for title in titles}
    found: list[tuple[float, int, str]] = []
    for at, title in enumerate(rows.titles):
        found += ((alike, at, target) for alike, target in _like(_folded(title), known))
    taken: dict[int, str] = {}
    for _, at, target in sorted(found, key=lambda one: (-one[0], one[1])):
        if at not in taken and (target in _SEVERAL or target not in taken.values()) and _fits(target, rows, at):
            taken[at] = target
    if not {"name", "family", "aliases"} & set(taken.values()):
        raise BadInput(
            Problem("list.mapping.needed", values={"list": WORD, "known": tuple(f"`{short(one, 40)}`" for one in rows.titles)}, file=rows.file)
        )
    columns: dict[str, list[dict[str, str]]] = {}
    name = next((at for at in taken if taken[at] == "name"), None)
    for at in sorted(taken):
        split = _mark(rows, at, name) if taken[at] in _SPLIT else None
        columns.setdefault(taken[at], []).append({"column": rows.titles[at]} | ({"split": split} if split else {}))
    return {"format": FORMAT, "columns": columns}


def _like(plain: str, known: dict[str, str]) -> Iterator[tuple[float, str]]:
    """The fields whose titles are like this one, and how much."""
    if plain in known:
        yield 1.0, known[plain]
    elif 4 <= len(plain) <= 60:
        for near in difflib.get_close_matches(plain, known, n=2, cutoff=_ALIKE):
            yield difflib.SequenceMatcher(None, plain, near).ratio(), known[near]


def _fits(target: str, rows: Rows, at: int) -> bool:
    """Whether the cells may be what the title says: a column that holds nothing is none, ids are not all the same, kinds are few words."""
    held = [values for _, cells in rows.rows if (values := cells[at])]
    if not held:
        return False
    if target == "id":
        return len(set(held)) == len(rows.rows)
    if target == "country":
        return len(set(held)) > 1 or len(held) < 3 or _stands_elsewhere(rows, at)  # one for all may only say whose list it is
    return target != "kind" or any(plain_words(one) in KINDS for one in _few(held))


def _stands_elsewhere(rows: Rows, at: int) -> bool:
    """Whether most rows name what their cell holds in another column, too, as an address names its country."""
    told = []
    for _, cells in rows.rows:
        for said in cells[at][:1]:
            others = " ".join(text for values in (*cells[:at], *cells[at + 1 :]) for text in values)
            told.append(len(said) > 3 and said.casefold() in others.casefold())
    return sum(told) * 2 > len(told)


def _few(held: Sequence[Cell]) -> Iterator[str]:
    for values in dict.fromkeys(held[:1000]):
        yield from values


def _mark(rows: Rows, at: int, name: int | None) -> str | None:
    """What parts several values in the cells of a column, where one sign does. A comma stands in names, too: it parts only where the cells
    that have one mostly begin with the row's name."""
    told = [(text, cells[name] if name is not None else ()) for _, cells in rows.rows for text in cells[at]]
    with_comma = [(text, names) for text, names in told if "," in text]
    alike = sum(text.split(",")[0].strip() in map(str.strip, names) for text, names in with_comma)
    if with_comma and alike * 10 >= len(with_comma) * 8:
        return ","
    return next((mark for mark in _MARKS if any(mark in text for text, _ in told)), None)


def _folded(title: str) -> str:
    spaced = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", title.replace("№", " номер "))
    return " ".join(re.sub(r"[\W_]+", " ", plain_words(spaced)).split())
