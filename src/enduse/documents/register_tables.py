"""The register of 5.3 as a table: a row an entry, its four groups in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from enduse.documents.safe_cells import write_csv
from enduse.words import say

COLUMNS = (
    "number",
    "event",
    "at",
    "by",
    "corrects",
    "corrected_by",
    "reference",
    "title",
    "outcome",
    "clauses",
    "documents",
    "counterparty",
    "end_user",
    "others",
    "solution",
    "version",
    "quantity",
    "form",
    "purpose",
    "identification",
    "entries",
    "conclusion",
    "permits",
    "complete",
    "lacks",
    "excused",
    "reason",
)


def write_register(entries: Iterable[Mapping[str, Any]], stream: BinaryIO, lang: str) -> None:
    """The entries as CSV that no spreadsheet takes for formulas, headings and words in `lang`."""
    write_csv(_rows(entries, lang), stream)


def _rows(entries: Iterable[Mapping[str, Any]], lang: str) -> Iterator[list[str]]:
    yield [say(f"register_column.{column}", lang) for column in COLUMNS]
    for entry in entries:
        row = _row(entry, lang)
        yield [row[column] for column in COLUMNS]


def _row(entry: Mapping[str, Any], lang: str) -> dict[str, str]:
    parties = entry.get("parties") or []
    subjects, found = entry.get("subjects") or {}, entry.get("identification") or {}
    solution, quantity = subjects.get("solution") or {}, subjects.get("quantity") or {}
    delivery, end_use = subjects.get("delivery") or {}, subjects.get("end_use") or {}
    others = [party for party in parties if party.get("role") not in ("counterparty", "end_user")]
    values: dict[str, Any] = {
        **{key: entry.get(key) for key in ("number", "at", "by", "corrects", "corrected_by", "reference", "title", "excused", "reason")},
        "event": _said("register_event", entry.get("event"), lang),
        "outcome": _said("outcome", entry.get("outcome"), lang),
        "clauses": ", ".join(entry.get("clauses") or []),
        "documents": "; ".join(" ".join(str(paper[key]) for key in ("kind", "number", "date") if paper.get(key)) for paper in entry["documents"]),
        "counterparty": "; ".join(_party(party) for party in parties if party.get("role") == "counterparty"),
        "end_user": "; ".join(_party(party) for party in parties if party.get("role") == "end_user"),
        "others": "; ".join(f"{_said('party_role', party.get('role'), lang)}: {_party(party)}" for party in others),
        "solution": solution.get("name"),
        "version": solution.get("version"),
        "quantity": " ".join(str(quantity[key]) for key in ("units", "of") if quantity.get(key)),
        "form": _said("delivery_form", delivery.get("form"), lang),
        "purpose": end_use.get("purpose"),
        "identification": _said("identification_result", found.get("result"), lang),
        "entries": "; ".join(f"{one.get('list')} {one.get('entry')}" for one in found.get("entries") or []),
        "conclusion": found.get("conclusion"),
        "permits": "; ".join(_permit(permit, lang) for permit in found.get("permits") or []),
        "complete": say("answer.yes" if entry.get("complete") else "answer.no", lang),
        "lacks": "; ".join(say(f"register_lack.{lack}", lang) for lack in entry.get("lacks") or []),
    }
    return {key: "" if value is None else str(value) for key, value in values.items()}


def _said(group: str, word: object, lang: str) -> str:
    return say(f"{group}.{word}", lang) if word else ""


def _party(party: Mapping[str, Any]) -> str:
    citizenship = party.get("citizenship")
    country = "/".join(citizenship) if isinstance(citizenship, list) else party.get("country")
    return ", ".join(str(part) for part in (party.get("name"), country, party.get("address")) if part)


def _permit(permit: Mapping[str, Any], lang: str) -> str:
    parts = (permit.get("number"), _said("permit_status", permit.get("status"), lang), permit.get("valid_from"), permit.get("valid_until"))
    return " ".join(str(part) for part in parts if part)
