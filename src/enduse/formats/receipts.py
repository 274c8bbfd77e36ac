"""Receipts of searches as plain data and back (`enduse/receipt-1`), and what they say in words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, get_args

from enduse import __version__
from enduse.domain.rules import canonical, fingerprint
from enduse.domain.screening.entity import NameKind, Period
from enduse.domain.screening.hit import Blind, Feature, Found, Hit
from enduse.domain.screening.query import KINDS, Query
from enduse.domain.screening.receipt import UNSEARCHED, Receipt, Searched, State
from enduse.domain.screening.search import Norms
from enduse.formats.problems import BadInput, Problem, short
from enduse.reference import country_name
from enduse.words import say

FORMAT, DIGEST = "enduse/receipt-1", "digest"
_OF_A_ROW = frozenset(("id", "row"))  # what a line says of itself, and its receipt nothing
_IN_WORDS = frozenset(("not_covered",))
_WORD = re.compile(r"(?=.{1,40}\Z)[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_COUNTRY = re.compile("[A-Z]{2}")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")


def plain(receipt: Receipt) -> dict[str, Any]:
    """A receipt as plain data, its digest (SHA-256 over the canonical JSON of all the rest) as the last key."""
    query, found = receipt.query, receipt.found
    data: dict[str, Any] = {
        "format": FORMAT,
        "at": receipt.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "program": receipt.program,
        "algorithm": receipt.algorithm,
        "query": {
            "name": query.name,
            "kind": query.kind,
            "countries": list(query.countries),
            "birth": None
            if query.birth is None
            else {"first": query.birth.first.isoformat(), "last": query.birth.last.isoformat(), "circa": query.birth.circa},
            "identifiers": list(query.identifiers),
            "address": query.address,
        },
        "lists": [_list(one) for one in receipt.lists],
        "unsearched": list(receipt.unsearched),
        "complete": receipt.complete,
        "norms": {"threshold": receipt.norms.threshold, "of": dict(receipt.norms.of), "limit": receipt.norms.limit},
        "hits": [plain_hit(hit) for hit in found.hits],
        "more": found.more,
        "blind": [{"code": one.code, "values": _json(one.values)} for one in found.blind],
    }
    return {**data, DIGEST: fingerprint(data)}


def plain_hit(hit: Hit) -> dict[str, Any]:
    """A hit as plain data, its explanation as codes and values."""
    told = [{"code": one.code, "values": _json(one.values), "gave": one.gave, "of": one.of} for one in hit.explanation]
    return {
        "list": hit.list,
        "entry": hit.entry,
        "name": hit.name,
        "kind": hit.kind,
        "score": hit.score,
        "strength": hit.strength,
        "explanation": told,
    }


def answer(receipt: Receipt, lang: str) -> dict[str, Any]:
    """The answer on one name as programs read it, its explanations in words of one language and its receipt in none."""
    hits = [
        {**plain_hit(hit), "explanation": [explained(feature, lang) for feature in hit.explanation]}  # the codes stand in the receipt
        for hit in receipt.found.hits
    ]
    return {
        "name": receipt.query.name,
        "hits": hits,
        "more": receipt.found.more,
        "complete": receipt.complete,
        "not_covered": not_covered(receipt, lang),
        "receipt": plain(receipt),
    }


def agrees(line: Mapping[str, Any], receipt: Receipt) -> bool:
    """Whether an answer's line says what its receipt says, in either language.

    Its words are those of the program that wrote it: they are held against ours where that is the same version.
    """
    told = {name: value for name, value in line.items() if name not in _OF_A_ROW}
    answers = [answer(receipt, lang) for lang in ("ru", "en")]
    if receipt.program != __version__:
        told, answers = _wordless(told), [_wordless(answers[0])]
    try:
        return canonical(told) in map(canonical, answers)
    except (TypeError, ValueError, RecursionError):
        return False


def _wordless(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line but for what it says in words."""
    told = {name: value for name, value in line.items() if name not in _IN_WORDS}
    hits = told.get("hits")
    if isinstance(hits, list):
        told["hits"] = [{name: value for name, value in hit.items() if name != "explanation"} if isinstance(hit, dict) else hit for hit in hits]
    return told


def misstated(data: Mapping[str, Any], receipt: Receipt) -> dict[str, tuple[object, object]]:
    """What of plain data is not what the rest of it comes to (`complete`), or is written as no receipt is: as stated, and as it would be."""
    due = plain(receipt)
    return {name: (data.get(name), value) for name, value in due.items() if name != DIGEST and canonical(data.get(name)) != canonical(value)}


def intact(data: Mapping[str, Any]) -> bool:
    """Whether a receipt's digest is that of what it says."""
    try:
        return bool(data.get(DIGEST) == fingerprint({name: value for name, value in data.items() if name != DIGEST}))
    except (TypeError, ValueError, RecursionError):
        return False


def receipt_from(data: object) -> Receipt:
    """The receipt of plain data. Raises BadInput where it is none. Whether it is unaltered is asked of `intact`."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadInput(Problem("receipt.format", values={"format": FORMAT}))
    try:
        _just(data, "format at program algorithm query lists unsearched complete norms hits more blind digest")
        lists = tuple(_searched(one) for one in data["lists"])
        if len({one.word for one in lists}) < len(lists):
            raise ValueError("lists")
        return Receipt(
            query=_query(data["query"]),
            lists=lists,
            algorithm=_text(data["algorithm"]),
            norms=_norms(data["norms"]),
            found=Found(
                tuple(_hit(one) for one in data["hits"]),
                _count(data["more"]),
                tuple(_blind(one) for one in data["blind"]),
            ),
            at=datetime.fromisoformat(_text(data["at"])).astimezone(UTC),
            program=_shaped(data["program"], _VERSION),
            unsearched=tuple(map(_text, data["unsearched"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        told = isinstance(error, KeyError | ValueError) and error.args  # what the others say is Python's affair
        raise BadInput(Problem("receipt.broken", values={"why": short(str(error.args[0])) if told else "?"})) from error


def explained(feature: Feature, lang: str) -> str:
    """A line of an explanation in words, with what it gave; of a code that this program does not know, the code and its values."""
    text = _said(feature.code, feature.values, lang)
    if not round(feature.gave, 2):
        return text
    return say("screen.gave.strength" if feature.of == "strength" else "screen.gave.score", lang, text=text, gave=f"{feature.gave:+.2f}")


def not_covered(receipt: Receipt, lang: str) -> list[str]:
    """What the search did not cover, in words, what makes it an error first: lists as they stood, what could not be searched by, lists not held."""
    return troubles(receipt, lang) + also_not_covered(receipt, lang)


def also_not_covered(receipt: Receipt, lang: str) -> list[str]:
    """What the search did not cover beside its troubles, in words: what it says nothing of though it is complete."""
    told = [_said(one.code, one.values, lang) for one in receipt.found.blind if one.code not in UNSEARCHED]
    return told + ([say("screen.unsearched", lang, lists=", ".join(receipt.unsearched))] if receipt.unsearched else [])


def asked(query: Query, lang: str) -> list[str]:
    """What was asked beside the name, in words."""
    told = [say("screen.asked.kind", lang, value=say(f"screen.query_kind.{query.kind}", lang))]
    if query.countries:
        told.append(say("screen.asked.countries", lang, value=", ".join(country_name(code, lang) for code in query.countries)))
    if query.birth is not None:
        told.append(say("screen.asked.birth", lang, value=born(query.birth, lang)))
    if query.identifiers:
        told.append(say("screen.asked.identifiers", lang, value=", ".join(query.identifiers)))
    if query.address:
        told.append(say("screen.asked.address", lang, value=query.address))
    return told


def born(birth: Period, lang: str) -> str:
    """When somebody was born, as short as it can be said."""
    first, last = birth.first.isoformat(), birth.last.isoformat()
    whole_year = (first, last) == (f"{first[:4]}-01-01", f"{first[:4]}-12-31")
    text = first[:4] if whole_year else first if first == last else f"{first} – {last}"
    return say("screen.asked.circa", lang, value=text) if birth.circa else text


def troubles(receipt: Receipt, lang: str) -> list[str]:
    """Why a receipt is not complete, in words; nothing where it is."""
    lists = [say("screen.list.none", lang)] if not receipt.lists else []
    lists += [
        say(f"screen.list.{one.state}", lang, list=one.word, day=(one.current or one.day or date.min).isoformat(), limit=one.limit_days)
        for one in receipt.lists
        if one.state != "ok"
    ]
    return lists + [_said(one.code, one.values, lang) for one in receipt.found.blind if one.code in UNSEARCHED]


def _said(code: str, values: Mapping[str, object], lang: str) -> str:
    words = {name: ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else value for name, value in values.items()}
    try:
        return say(code, lang, **words)
    except (KeyError, ValueError, IndexError, TypeError):
        return f"{code} {canonical(_json(values))}"


def _list(one: Searched) -> dict[str, Any]:
    return {
        "list": one.word,
        "state": one.state,
        "publisher": one.publisher,
        "digest": one.digest,
        "day": one.day and one.day.isoformat(),
        "current": one.current and one.current.isoformat(),
        "entries": one.entries,
        "limit_days": one.limit_days,
    }


def _json(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _listed(value) for name, value in values.items()}


def _listed(value: object) -> object:
    return [_listed(one) for one in value] if isinstance(value, (tuple, list)) else value


def _values(values: Mapping[str, object]) -> dict[str, object]:
    return {_text(name): _tupled(value) for name, value in values.items()}


def _tupled(value: object) -> object:
    if isinstance(value, dict):
        raise TypeError("values")
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{short(value)} is no text")
    return value


def _just(data: Mapping[str, Any], known: str) -> None:
    """Raise ValueError where an object has keys that nobody asked for: what they say would be believed and never be held against anything."""
    if more := [name for name in data if name not in known.split()]:
        raise ValueError(f"`{short(more[0])}`")


def _shaped(value: object, shape: re.Pattern[str]) -> str:
    if not shape.fullmatch(_text(value)):
        raise ValueError(short(value))
    return _text(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise TypeError(f"{short(value)} is no number")
    return value


def _norm(value: object) -> float:
    if not 0 <= _number(value) <= 1:
        raise ValueError(f"0 <= {short(value)} <= 1")
    return _number(value)


def _count(value: object, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{short(value)} < {least}")
    return value


def _one_of(value: object, known: tuple[Any, ...]) -> Any:
    if value not in known:
        raise ValueError(short(value))
    return value


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def _query(data: Mapping[str, Any]) -> Query:
    _just(data, "name kind countries birth identifiers address")
    birth = data["birth"]
    if birth is not None:
        _just(birth, "first last circa")
    return Query(
        name=_text(data["name"]),
        kind=_one_of(data["kind"], KINDS),
        countries=tuple(_shaped(one, _COUNTRY) for one in data["countries"]),
        birth=birth and Period(date.fromisoformat(birth["first"]), date.fromisoformat(birth["last"]), bool(birth["circa"])),
        identifiers=tuple(map(_text, data["identifiers"])),
        address=_text(data["address"]),
    )


def _searched(data: Mapping[str, Any]) -> Searched:
    _just(data, "list state publisher digest day current entries limit_days")
    return Searched(
        word=_shaped(data["list"], _WORD),
        state=_one_of(data["state"], get_args(State)),
        publisher=_text(data["publisher"]),
        digest=_text(data["digest"]),
        day=_day(data["day"]),
        current=_day(data["current"]),
        entries=_count(data["entries"]),
        limit_days=_count(data["limit_days"]),
    )


def _norms(data: Mapping[str, Any]) -> Norms:
    _just(data, "threshold of limit")
    return Norms(_norm(data["threshold"]), {_text(name): _norm(value) for name, value in data["of"].items()}, _count(data["limit"], 1))


def _hit(data: Mapping[str, Any]) -> Hit:
    _just(data, "list entry name kind score strength explanation")
    return Hit(
        list=_text(data["list"]),
        entry=_text(data["entry"]),
        name=_text(data["name"]),
        kind=_one_of(data["kind"], get_args(NameKind)),
        score=_number(data["score"]),
        strength=_number(data["strength"]),
        explanation=tuple(_feature(one) for one in data["explanation"]),
    )


def _feature(data: Mapping[str, Any]) -> Feature:
    _just(data, "code values gave of")
    return Feature(_text(data["code"]), _values(data["values"]), _number(data["gave"]), _text(data["of"]))


def _blind(data: Mapping[str, Any]) -> Blind:
    _just(data, "code values")
    return Blind(_text(data["code"]), _values(data["values"]))
