"""The ledger's records about people and settings, in words: when, what, and by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import dateformat

from enduse.casework.ledger.history import Told, told_about
from enduse.casework.people.roster import PersonRow, names
from enduse.web.templatetags.words import lang
from enduse.words import TABLE, say


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a history."""

    at: datetime
    what: str
    detail: str
    by: str


def told_of_person(person: PersonRow, substitutions: Iterable[int]) -> list[Line]:
    """What was done to a person, their accounts and substitutions, latest first."""
    accounts = {f"account:{account.pk}": account.email for account in person.accounts}
    return _lines(told_about([f"person:{person.pk}", *accounts, *(f"substitution:{pk}" for pk in substitutions)]), accounts)


def told_of_setting(name: str) -> list[Line]:
    """How a setting changed, latest first."""
    return _lines(told_about([f"setting:{name}"], most=20), {})


def value_words(name: str, value: str) -> str:
    """A setting's value as people read it."""
    if not value:
        return say("settings.unset", lang())
    code = f"settings.{name}.{value}"
    unit = f"settings.{name}.value"
    return say(code, lang()) if code in TABLE else say(unit, lang(), value=value) if unit in TABLE else value


def _lines(records: list[Told], things: dict[str, str]) -> list[Line]:
    known = names({record.by for record in records if record.by} | {record.body["substitute"] for record in records if "substitute" in record.body})
    return [
        Line(
            record.at,
            say(f"event.{record.kind}", lang()) if f"event.{record.kind}" in TABLE else record.kind,
            " · ".join(part for part in (things.get(record.about, ""), _detail(record, known)) if part),
            known.get(record.by, "") if record.by else say("told.by_system", lang()),
        )
        for record in records
    ]


def _detail(record: Told, known: dict[int, str]) -> str:
    body = record.body
    if record.erased:
        return say("told.erased", lang())
    if record.kind == "people.substitute_named":
        since, until = (dateformat.format(date.fromisoformat(body[key]), "j E Y") for key in ("since", "until"))
        return say("told.substitute", lang(), name=known.get(body["substitute"], ""), since=since, until=until, reason=body["reason"])
    if record.kind == "settings.settled":
        setting = record.about.removeprefix("setting:")
        return say("told.settled", lang(), was=value_words(setting, body["was"]), now=value_words(setting, body["now"]), reason=body["reason"])
    if record.kind == "people.account_switched":
        return say("people.account.on" if body["active"] else "people.account.off", lang())
    return ", ".join(say(f"role.{role}", lang()) for role in body.get("roles", [body["role"]] if "role" in body else []))
