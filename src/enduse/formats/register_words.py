"""What a register's cell says, as a value of the deal file, or why it cannot be read. Nothing is guessed.

An empty cell, a dash, `n/a`, `unknown` say nothing: None. What cannot be read is a problem, and counts as nothing said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from enduse.domain.deal import Role, given
from enduse.formats.problems import Problem, nearest, short
from enduse.reference import country_codes, country_name
from enduse.reference.country_names import country_named

DayOrder = Literal["day_first", "month_first"]
Kind = Literal["text", "name", "day", "partial_day", "country", "countries", "yes_no", "word"]
Value = str | tuple[str, ...] | None
ROLES: tuple[str, ...] = get_args(Role)
NOBODY, SAME = "none", "same"  # of a party's name: there is no such party; it is the counterparty
NOT_SAID = frozenset(
    ("", "-", "--", "–", "—", "?", "n/a", "na", "н/д", "нд", "нет данных", "no data", "unknown", "неизвестно", "не известно", "tbd", "уточняется")
)
_NOBODY = frozenset(("none", "нет", "отсутствует", "не предусмотрен", "не предусмотрена"))
_SAME = frozenset(
    ("same", "same as counterparty", "the counterparty", "он же", "она же", "тот же", "то же", "то же лицо", "контрагент", "совпадает с контрагентом")
)
_STATELESS = frozenset(("stateless", "без гражданства", "лицо без гражданства", "апатрид"))
_YES_NO = {"yes": ("yes", "y", "true", "да", "истина"), "no": ("no", "n", "false", "нет", "ложь")}
_FORMS = {
    "saas": ("software as a service", "облачный сервис", "программное обеспечение как услуга"),
    "api": ("api access", "доступ по api", "доступ через api"),
    "on_premises": ("on-premises", "on-premise", "on prem", "локальная установка", "установка у заказчика", "на площадке заказчика"),
    "device": ("устройство", "оборудование", "программно-аппаратный комплекс", "пак"),
    "weights": ("model weights", "веса", "веса модели", "передача весов"),
    "source_code": ("исходный код", "исходные коды", "исходный текст", "исходники"),
    "ip_rights": ("исключительные права", "исключительное право", "передача исключительных прав", "отчуждение прав"),
    "development": ("custom development", "разработка", "разработка на заказ", "заказная разработка"),
    "other": ("иное", "другое", "прочее"),
}
_RESULTS = {
    "not_listed": ("не подпадает", "не входит", "не входит в перечень", "не включено", "не включена"),
    "listed": ("подпадает", "входит", "входит в перечень", "включено в перечень"),
    "not_done": ("не проводилась", "не проведена", "не проведено"),
}
_KINDS = {
    "company": ("legal entity", "организация", "компания", "юридическое лицо", "юрлицо", "юр. лицо"),
    "person": ("individual", "natural person", "физическое лицо", "физлицо", "физ. лицо", "человек"),
    "state": ("государство",),
}
_CLAUSES = {"agreed": ("согласована", "согласованы", "согласовано"), "rejected": ("отклонена", "отклонены", "отклонено"), "unknown": ()}
_CONTRACTS: dict[str, tuple[str, ...]] = {"development": ("разработка",), "export": ("экспорт",)}
_RISKS = {"none": ("no", "нет", "не выявлен", "не выявлены", "не выявлено"), "identified": ("yes", "да", "есть", "выявлен", "выявлены", "выявлено")}
_MONTHS = (
    ("jan", "january", "янв", "январь", "января"),
    ("feb", "february", "фев", "февр", "февраль", "февраля"),
    ("mar", "march", "мар", "март", "марта"),
    ("apr", "april", "апр", "апрель", "апреля"),
    ("may", "май", "мая"),
    ("jun", "june", "июн", "июнь", "июня"),
    ("jul", "july", "июл", "июль", "июля"),
    ("aug", "august", "авг", "август", "августа"),
    ("sep", "sept", "september", "сен", "сент", "сентябрь", "сентября"),
    ("oct", "october", "окт", "октябрь", "октября"),
    ("nov", "november", "ноя", "нояб", "ноябрь", "ноября"),
    ("dec", "december", "дек", "декабрь", "декабря"),
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
_TAIL = r"(?:\s*(?:г|г\.|год|года)|[ t]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?z?)?"
_BIG_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})" + _TAIL)
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})" + _TAIL)
_SLASHES = re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})" + _TAIL)
_NAMED = re.compile(r"[«\"]?(\d{1,2})[»\"]?(?:st|nd|rd|th)?[\s-]+([a-zа-я]+)\.?,?[\s-]+(\d{4})" + _TAIL)
_NAMED_FIRST = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_AND = re.compile(r"\s*[,;/\n]\s*|\s+(?:и|and)\s+")
_YEARS = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the deal file that a column can fill. `demanded`: left out it would count as a harmless answer, so it has to be read."""

    kind: Kind
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    demanded: bool = False


_TEXT, _YES = Field("text"), Field("yes_no", _YES_NO)
_PARTY = {
    "name": Field("name"),
    "kind": Field("word", _KINDS),
    "country": Field("country"),
    "citizenship": Field("countries"),
    "address": _TEXT,
    "correspondence_address": _TEXT,
    "birth_date": Field("partial_day"),
}
FIELDS: dict[str, Field] = {
    "reference": _TEXT,
    "title": _TEXT,
    "date": Field("day"),
    "note": _TEXT,
    "exporter.name": _TEXT,
    "exporter.registration": _TEXT,
    "solution.name": _TEXT,
    "solution.version": _TEXT,
    "solution.civil_only": _YES,
    "solution.hardware": _YES,
    **{f"solution.suitable_for.{use}": _YES for use in ("nuclear", "missile", "chemical_biological", "military_intelligence")},
    "solution.identification.result": Field("word", _RESULTS),
    "solution.identification.deeper_check": Field("yes_no", _YES_NO, demanded=True),
    "delivery.form": Field("word", _FORMS),
    "delivery.recipient_can_modify": _YES,
    **{f"parties.{role}.{key}": held for role in ROLES for key, held in _PARTY.items()},
    "documents.contract.number": _TEXT,
    "documents.contract.date": Field("day"),
    "contract.clauses": Field("word", _CLAUSES),
    "contract.kind": Field("word", _CONTRACTS),
    "contract.end_destination": _TEXT,
    "contract.end_use_purpose": _TEXT,
    "end_use.purpose": _TEXT,
    "end_use.site.name": _TEXT,
    "shipment.final_destination.country": Field("country"),
    "risk": Field("word", _RISKS, demanded=True),
}
_IDENTIFIER = re.compile(rf"parties\.({'|'.join(ROLES)})\.identifiers\.[a-z][a-z0-9_]{{0,30}}")
_DOCUMENT = re.compile(r"documents\.[a-z][a-z0-9_]{0,30}\.(number|date)")


def field_of(target: str) -> Field | None:
    """The field that a target names: one of FIELDS, `documents.KIND.number` or `.date`, `parties.ROLE.identifiers.SCHEME`."""
    if target in FIELDS:
        return FIELDS[target]
    if found := _DOCUMENT.fullmatch(target):
        return Field("day") if found[1] == "date" else _TEXT
    return _TEXT if _IDENTIFIER.fullmatch(target) else None


def plain_words(text: str) -> str:
    """A text as it is compared with a word: case, ё and spaces make no difference."""
    return " ".join(text.casefold().replace("ё", "е").split())


def value_of(held: Field, text: str, order: DayOrder | None = None) -> Value | Problem:
    """What a cell says for a field; None where it says nothing; a problem where it cannot be read."""
    if unfit := _CONTROL.search(text):
        return Problem("import.control", values={"character": f"U+{ord(unfit.group()):04X}"})
    text = " ".join(text.split())
    plain = plain_words(text)
    if given(text) is None or plain in NOT_SAID:
        return None
    if held.kind == "text":
        return text
    if held.kind == "name":
        return NOBODY if plain in _NOBODY else SAME if plain in _SAME else text
    if held.kind == "day":
        return day_of(text, order)
    if held.kind == "partial_day":
        return text if re.fullmatch(r"\d{4}", text) and int(text) in _YEARS else day_of(text, order)
    if held.kind == "country":
        return country_of(text)
    if held.kind == "countries":
        return _countries(text, plain)
    for word, others in held.words.items():
        if plain in (word, word.replace("_", " ")) or plain in others:
            return word
    if held.kind == "yes_no":
        return Problem("import.yes_no", values={"value": short(text)})
    return Problem("import.word", values={"value": short(text), "near": nearest(text, held.words), "expected": tuple(held.words)})


@lru_cache(maxsize=4096)
def country_of(text: str) -> str | Problem:
    """The code of a country by its name or code."""
    if code := country_named(text):
        return code
    known = {country_name(code, lang) for code in country_codes() for lang in ("ru", "en")}
    return Problem("import.country", values={"value": short(text), "near": nearest(text, sorted(known)) if len(text) < 80 else ""})


def _countries(text: str, plain: str) -> tuple[str, ...] | Problem:
    """All countries that are named, or a problem: half of them could be a harmless half."""
    if plain in _STATELESS:
        return ()
    whole = country_of(text)
    if isinstance(whole, str):
        return (whole,)
    found = [country_of(part) for part in _AND.split(text)]
    return next((one for one in found if isinstance(one, Problem)), None) or tuple(one for one in found if isinstance(one, str))


def day_of(text: str, order: DayOrder | None = None) -> str | Problem:
    """The ISO day of a date as people write it. Two numbers parted by a slash or a dash could be either way round: `order` says which."""
    plain = plain_words(text)
    unread = Problem("import.day", values={"value": short(text)})
    if found := _BIG_FIRST.fullmatch(plain):
        return _day(found[1], found[3], found[4]) or unread
    if found := _DOTS.fullmatch(plain):
        return _day(found[3], found[2], found[1]) or unread
    if found := _SLASHES.fullmatch(plain):
        day_first, month_first = _day(found[4], found[3], found[1]), _day(found[4], found[1], found[3])
        if day_first and month_first and day_first != month_first and order is None:
            return Problem("import.day_order", values={"value": short(text)})
        if day_first and month_first:
            return month_first if order == "month_first" else day_first
        only = day_first if order == "day_first" else month_first if order == "month_first" else day_first or month_first
        return only or unread
    if found := _NAMED.fullmatch(plain):
        return _day(found[3], str(_MONTH.get(found[2], 0)), found[1]) or unread
    if found := _NAMED_FIRST.fullmatch(plain):
        return _day(found[3], str(_MONTH.get(found[1], 0)), found[2]) or unread
    return unread


def _day(year: str, month: str, day: str) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year in _YEARS else None
