"""The mapping `enduse/register-mapping-1`: which column of an existing register fills which field of a deal; and a first guess at one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pydantic import TypeAdapter

from enduse.domain.deal import given
from enduse.formats.plain import Document
from enduse.formats.problems import BadInput, Path, Problem, nearest, short
from enduse.formats.register_words import FIELDS, ROLES, DayOrder, field_of, plain_words, value_of
from enduse.formats.schema import Shape, Text, check, place
from enduse.formats.writing import deal_text

FORMAT: Literal["enduse/register-mapping-1"] = "enduse/register-mapping-1"
ROW = "{row}"
EMPTY = "empty"  # in `words`: what an empty cell of the column says
UNKNOWN = "unknown"  # in `words`: the cell says nothing


class RegisterMapping(Shape):
    """A mapping as it stands in a file: the columns by their titles, the words of a column, what is the same for every deal."""

    format: Literal["enduse/register-mapping-1"]
    columns: dict[Text, Text]
    words: dict[Text, dict[Text, Text]] = {}
    constant: dict[Text, Text] = {}
    skip: list[Text] = []
    number: Text | None = None
    dates: DayOrder | None = None


_MAPPING = TypeAdapter(RegisterMapping)


def read_mapping(document: Document, *, file: str = "") -> RegisterMapping:
    """The mapping that a document describes. Raises BadInput with all its problems, each with its line."""
    held = check(_MAPPING, document, file=file)
    problems = [place(problem, document, file) for problem in _sense(held)]
    if problems:
        raise BadInput(*problems)
    return held


def mapping_text(mapping: RegisterMapping) -> str:
    """A mapping as a YAML file that reads back to the same."""
    return deal_text(mapping.model_dump(exclude_defaults=True, exclude_none=True))


def _sense(held: RegisterMapping) -> Iterator[Problem]:
    """What a shape cannot say: fields that exist and are filled once, words that the field has, a pattern with its place."""
    titles = {plain_words(title): target for title, target in held.columns.items()}
    targets = [*held.columns.values(), *held.constant]
    for path, target in _named(held):
        if field_of(target) is None:
            near = nearest(target, FIELDS)
            yield Problem("mapping.target", path, values={"target": short(target), "near": near})
        elif target != "note" and targets.count(target) > 1:
            yield Problem("mapping.twice", path, values={"target": target})
    for at, title in enumerate(held.skip):
        if plain_words(title) in titles:
            yield Problem("mapping.both", ("skip", at), values={"column": short(title)})
    for title, words in held.words.items():
        if plain_words(title) not in titles:
            yield Problem("mapping.idle", ("words", title), values={"column": short(title)})
            continue
        for cell, word in words.items():
            yield from _fitting(titles[plain_words(title)], word, ("words", title, cell))
    for target, value in held.constant.items():
        if target in ("reference", "note"):
            yield Problem("mapping.constant", ("constant", target), values={"target": target})
        elif field_of(target) is not None and value_of(FIELDS["note"], value) is None:
            yield Problem("want.given", ("constant", target), values={"key": target})  # to know nothing is no constant
        yield from _fitting(target, value, ("constant", target))
    if held.number is not None and ROW not in held.number:
        yield Problem("mapping.number", ("number",), values={"value": short(held.number), "place": ROW})


def _named(held: RegisterMapping) -> Iterator[tuple[Path, str]]:
    yield from ((("columns", title), target) for title, target in held.columns.items())
    yield from ((("constant", target), target) for target in held.constant)


def _fitting(target: str, word: str, path: Path) -> Iterator[Problem]:
    """The problem of a word that the field does not have."""
    held = field_of(target)
    found = value_of(held, word) if held is not None and word != UNKNOWN else None
    if isinstance(found, Problem):
        yield Problem(found.code, path, values=found.values)


_ROLE_TITLES = {
    "counterparty": (
        ("контрагент", "контрагента"),
        ("покупатель", "покупателя"),
        ("заказчик", "заказчика"),
        ("лицензиат", "лицензиата"),
        *((word, word) for word in ("counterparty", "customer", "buyer", "client", "licensee")),
    ),
    "end_user": (("конечный пользователь", "конечного пользователя"), ("end user", "end user")),
    "intermediary": (
        ("посредник", "посредника"),
        ("агент", "агента"),
        ("intermediary", "intermediary"),
        ("agent", "agent"),
        ("reseller", "reseller"),
    ),
    "consignee": (("грузополучатель", "грузополучателя"), ("получатель", "получателя"), ("consignee", "consignee")),
    "payer": (("плательщик", "плательщика"), ("payer", "payer")),
    "owner": (("бенефициар", "бенефициара"), ("владелец", "владельца"), ("owner", "owner"), ("beneficial owner", "beneficial owner")),
}
_KEY_TITLES = {
    "name": ("наименование", "название", "имя", "name"),
    "country": ("страна", "страна регистрации", "юрисдикция", "country", "jurisdiction"),
    "citizenship": ("гражданство", "citizenship", "nationality"),
    "kind": ("тип", "вид", "kind", "type"),
    "address": ("адрес", "address"),
    "birth_date": ("дата рождения", "date of birth", "birth date"),
    "identifiers.inn": ("инн", "tax id", "tin"),
}
_TITLES = {
    "reference": ("номер", "номер сделки", "регистрационный номер", "рег номер", "reference", "ref", "deal", "deal no", "deal number", "id"),
    "title": ("сделка", "название сделки", "описание", "описание сделки", "title", "deal title", "description"),
    "date": ("дата", "дата сделки", "date", "deal date"),
    "note": ("статус", "примечание", "примечания", "комментарий", "итог", "status", "outcome", "note", "notes", "comment", "remarks"),
    "exporter.name": ("экспортер", "поставщик", "exporter", "supplier"),
    "solution.name": (
        "решение",
        "наименование решения",
        "предмет",
        "предмет сделки",
        "предмет договора",
        "продукт",
        "solution",
        "product",
        "subject",
    ),
    "solution.version": ("версия", "версия решения", "версия продукта", "version", "solution version", "product version"),
    "solution.civil_only": ("гражданское назначение", "только гражданское назначение", "civil only", "civil use only"),
    "solution.hardware": ("оборудование", "hardware"),
    "solution.identification.result": ("идентификация", "результат идентификации", "identification", "identification result"),
    "solution.identification.deeper_check": ("углубленная проверка", "deeper check"),
    "delivery.form": ("форма передачи", "способ передачи", "форма поставки", "способ поставки", "form of delivery", "delivery form", "delivery"),
    "delivery.recipient_can_modify": ("получатель может изменять", "возможность модификации", "recipient can modify"),
    "documents.contract.number": ("номер договора", "договор", "номер контракта", "контракт", "contract no", "contract number", "contract"),
    "documents.contract.date": ("дата договора", "дата контракта", "contract date", "date of contract"),
    "contract.clauses": ("оговорка", "оговорки", "contract clauses", "clauses"),
    "end_use.purpose": ("цель использования", "конечное использование", "end use", "purpose", "end use purpose"),
    "shipment.final_destination.country": ("страна назначения", "country of destination", "destination country"),
    "risk": ("риск", "риски", "risk"),
}
_COUNTING = frozenset(("номер п п", "п п", "пп", "номер пп", "номер строки", "row", "row number"))
_SIGNS = ("№", "#")
_ALIKE = 0.86


def _titles() -> dict[str, str]:
    """Every title that is known, with its field. A party's title without a role is the counterparty's."""
    found = {title: f"parties.counterparty.{key}" for key, titles in _KEY_TITLES.items() if key != "kind" for title in titles}
    for role in ROLES:
        for name, of_name in _ROLE_TITLES[role]:
            found[name] = f"parties.{role}.name"
            for key, titles in _KEY_TITLES.items():
                for title in titles:
                    for whole in (f"{title} {of_name}", f"{name} {title}", f"{title} of {name}"):
                        found[whole] = f"parties.{role}.{key}"
    return found | {title: target for target, titles in _TITLES.items() for title in titles}


def suggest(header: Sequence[str]) -> RegisterMapping:
    """A first guess at a mapping, from the titles alone, for a person to correct. A column that is like nothing known is left for them.

    Each field is given to the column that is most like it; a column that only counts the rows is skipped.
    """
    known = _titles()
    found: list[tuple[float, int, str]] = []
    skipped = []
    numbered = any(known.get(_folded(title)) == "reference" and title.strip() not in _SIGNS for title in header)
    for at, title in enumerate(header):
        if _folded(title) in _COUNTING or (numbered and title.strip() in _SIGNS):
            skipped.append(title)
        elif given(title):
            found += ((alike, at, target) for alike, target in _like(_folded(title), known))
    columns: dict[int, str] = {}
    for _, at, target in sorted(found, key=lambda one: (-one[0], one[1])):
        if at not in columns and (target == "note" or target not in columns.values()):
            columns[at] = target
    return RegisterMapping(format=FORMAT, columns={header[at]: columns[at] for at in sorted(columns)}, skip=skipped)


def _like(plain: str, known: dict[str, str]) -> Iterable[tuple[float, str]]:
    """The fields whose titles are like this one, and how much."""
    if plain in known:
        return [(1.0, known[plain])]
    if len(plain) < 4 or len(plain) > 60:
        return []
    near = difflib.get_close_matches(plain, known, n=3, cutoff=_ALIKE)
    return [(difflib.SequenceMatcher(None, plain, title).ratio(), known[title]) for title in near]


def _folded(title: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", plain_words(title.replace("№", " номер "))).split())
