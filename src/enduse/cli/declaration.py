"""`enduse declaration`: our wording and readings, the organisation's own copy of the official text beside them, the schema."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from enduse.cli.assess import today
from enduse.cli.base import Command, Exit, Group, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.cli.terminal import clean, console
from enduse.domain.decision import clause_order
from enduse.domain.edition import Edition
from enduse.domain.rules import Words, guard_text
from enduse.domain.wording import Wording, day
from enduse.formats.answers import line_of
from enduse.formats.official import differences
from enduse.formats.problems import BadInput, Problem
from enduse.stores.editions import CURRENT, load_edition
from enduse.stores.official import held_official, keep_official, read_official
from enduse.words import say


@click.group("declaration", cls=Group, help=help_text("declaration"))
@lang_option
def declaration() -> None:
    """The Declaration."""


@declaration.command("show", cls=Command, help=help_text("declaration.show"))
@click.argument("clause", required=False, metavar="[CLAUSE]")
@json_option
@click.option("--edition", default=CURRENT, metavar="NAME", help=help_text("edition"))
@lang_option
def show(clause: str | None, as_json: bool, edition: str) -> int:
    """Show the Declaration, one clause, or one indicator."""
    held = load_edition(edition)
    if clause is None:
        _overview(held, as_json)
    elif clause in held.indicators:
        _told(_indicator(held, clause), as_json)
    elif clause in held.clauses:
        _told(_clause(held, clause), as_json)
    else:
        known = f"1.1–7.2; {say('show.indicators', language())}: 1–22"
        raise BadInput(Problem("clause.absent", values={"clause": clause, "known": known}))
    return Exit.yes


@declaration.command("attach", cls=Command, help=help_text("declaration.attach"))
@click.argument("file", metavar="FILE")
@json_option
@click.option("--edition", default=CURRENT, metavar="NAME", help=help_text("edition"))
@lang_option
def attach(file: str, as_json: bool, edition: str) -> int:
    """Keep the organisation's copy and say what it and our wording lack of each other."""
    held, lang = load_edition(edition), language()
    data, official = read_official(file)
    folder = keep_official(data, official, held.id, today())
    found = differences(official, held)
    rows = []
    for one in found:
        ours = held.clauses.get(one.number) if one.kind == "clause" else held.indicators.get(one.number)
        theirs = (official.clauses if one.kind == "clause" else official.indicators).get(one.number, "")
        title = ours.title.of(lang) if ours is not None else theirs[:80]
        rows.append((one, say(f"attach.{one.lacks}_lacks.{one.kind}", lang, number=one.number, title=title)))
    if as_json:
        told = [{"kind": one.kind, "number": one.number, "lacks": one.lacks, "text": text} for one, text in rows]
        answer = {
            "edition": held.id,
            "clauses": len(official.clauses),
            "indicators": len(official.indicators),
            "differences": told,
            "kept": str(folder),
        }
        sys.stdout.write(line_of(answer) + "\n")
        return Exit.no if found else Exit.yes
    out = console()
    out.print(say("attach.kept", lang, clauses=len(official.clauses), indicators=len(official.indicators), where=folder), soft_wrap=True)
    for _, text in rows:
        out.print(Text("✗ " + clean(text), style="red"))
    if not rows:
        out.print(Text("✓ " + say("attach.match", lang), style="green"))
    for number in official.clauses:
        if number in held.clauses:
            _beside(out, number, held.clauses[number].text, official.clauses[number])
    for number in official.indicators:
        if number in held.indicators:
            _beside(out, say("show.indicator", lang, number=number), held.indicators[number].text, official.indicators[number])
    return Exit.no if found else Exit.yes


@declaration.command("schema", cls=Command, help=help_text("declaration.schema"))
@lang_option
def schema() -> int:
    """The JSON Schema of a deal file."""
    from enduse.formats.deal_shape import published_schema

    sys.stdout.write(json.dumps(published_schema(), ensure_ascii=False, indent=2) + "\n")
    return Exit.yes


def _beside(out: Console, head: str, ours: Words, theirs: str) -> None:
    """Our wording and the attached text, side by side where the terminal has room."""
    from rich.table import Table

    lang = language()
    out.print()
    out.print(Text(head, style="bold"))
    grid = Table.grid(padding=(0, 3), expand=True, pad_edge=False)
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    official = say("show.official", lang, day="").split(" (")[0]
    grid.add_row(Text(say("show.ours", lang), style="dim"), Text(official, style="dim"))
    grid.add_row(Text(ours.of(lang)), Text(clean(theirs)))
    out.print(grid)


Rows = list[tuple[str, str | list[tuple[str, str]]]]


def _clause(edition: Edition, number: str) -> tuple[str, Rows, dict[str, object]]:
    """A clause as headings with what stands under them, and the same for programs."""
    lang, clause = language(), edition.clauses[number]
    rows: Rows = [(say("show.ours", lang), clause.text.of(lang)), (say("show.here", lang), clause.here.of(lang))]
    rows += _official_rows(edition, "clauses", number)
    terms = [(term.name.of(lang), term.text.of(lang)) for term in edition.terms.values() if term.clause == number]
    readings = [one for one in edition.readings if number in one.clauses]
    rules = [rule for rule in edition.table.rules if number in rule.clauses]
    duties = [duty for duty in edition.duties.values() if number in duty.clauses]
    words = Wording(edition, lang)
    if terms:
        rows.append((say("show.terms", lang), terms))
    if readings:
        parts = ("unclear", "taken", "because", "may_change")
        texts = [(one.unclear, one.taken, one.why, one.may_change) for one in readings]
        told = [
            (f"{one.number}. {say(f'show.{part}', lang)}" if part == "unclear" else say(f"show.{part}", lang), text.of(lang))
            for one, group in zip(readings, texts, strict=True)
            for part, text in zip(parts, group, strict=True)
        ]
        rows.append((say("show.readings", lang), told))
    if rules:
        told = [(f"{rule.id}", f"{words.outcome(rule.effect)} ({words.phrase('basis', rule.basis)}): {_when(rule.when)}") for rule in rules]
        rows.append((say("show.rules", lang), told))
    if duties:
        rows.append((say("show.duties", lang), [(words.phrase("stages", duty.when), duty.text.of(lang)) for duty in duties]))
    data: dict[str, object] = {
        "clause": number,
        "title": clause.title.of(lang),
        "text": clause.text.of(lang),
        "here": clause.here.of(lang),
        "official": _official(edition, "clauses", number),
        "readings": [
            {
                "reading": one.reading,
                "unclear": one.unclear.of(lang),
                "taken": one.taken.of(lang),
                "why": one.why.of(lang),
                "may_change": one.may_change.of(lang),
            }
            for one in readings
        ],
        "rules": [{"rule": rule.id, "effect": rule.effect.name, "basis": rule.basis, "when": guard_text(rule.when)} for rule in rules],
        "lang": lang,
    }
    return f"{number}  {clause.title.of(lang)}", rows, data


def _indicator(edition: Edition, key: str) -> tuple[str, Rows, dict[str, object]]:
    lang, one, words = language(), edition.indicators[key], Wording(edition, language())
    rows: Rows = [
        (say("show.ours", lang), one.text.of(lang)),
        *_official_rows(edition, "indicators", key),
        (say("show.concerns", lang), ", ".join(words.phrase("roles", role) for role in one.concerns)),
        (say("show.condition", lang), one.condition.of(lang)),
        (say("show.question", lang), one.question.of(lang)),
        (say("show.guidance", lang), one.guidance.of(lang)),
        (say("show.evidence", lang), one.evidence.of(lang)),
        (say("show.answered", lang), words.phrase("answered", one.answered)),
        (say("show.feeds", lang), ", ".join(one.feeds)),
    ]
    if one.applies:
        rows.append((say("show.applies", lang), one.applies))
    texts = {
        "title": one.title,
        "text": one.text,
        "condition": one.condition,
        "question": one.question,
        "guidance": one.guidance,
        "evidence": one.evidence,
    }
    data: dict[str, object] = {
        "indicator": key,
        **{name: text.of(lang) for name, text in texts.items()},
        "concerns": list(one.concerns),
        "answered": one.answered,
        "applies": one.applies,
        "feeds": list(one.feeds),
        "official": _official(edition, "indicators", key),
        "lang": lang,
    }
    return f"{say('show.indicator', lang, number=key)}  {one.title.of(lang)}", rows, data


def _when(guard: object, limit: int = 160) -> str:
    text = guard_text(guard)  # type: ignore[arg-type]
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _official(edition: Edition, kind: str, number: str) -> str | None:
    held = held_official(edition.id)
    if held is None:
        return None
    texts: dict[str, str] = getattr(held[0], kind)
    return texts.get(number)


def _official_rows(edition: Edition, kind: str, number: str) -> Rows:
    lang, held = language(), held_official(edition.id)
    if held is None:
        return [("", say("show.no_official", lang))]
    text = getattr(held[0], kind).get(number) or say("show.lacks", lang)
    return [(say("show.official", lang, day=day(held[1], lang)), text)]


def _told(what: tuple[str, Rows, dict[str, object]], as_json: bool) -> None:
    head, rows, data = what
    if as_json:
        sys.stdout.write(line_of(data) + "\n")
        return
    out = console()
    out.print(Text(head, style="bold"))
    for name, text in rows:
        out.print()
        if name:
            out.print(Text(name, style="bold cyan"))
        if isinstance(text, str):
            out.print(Padding(Text(clean(text), style="" if name else "dim"), (0, 0, 0, 2)))
            continue
        for place, (left, right) in enumerate(text):
            if place and left[:1].isdigit():  # the next reading
                out.print()
            out.print(Padding(Text.assemble((f"{clean(left)}: ", "italic"), clean(right)), (0, 0, 0, 2)))


def _overview(edition: Edition, as_json: bool) -> None:
    lang = language()
    clauses = [(one.clause, one.title.of(lang)) for one in sorted(edition.clauses.values(), key=lambda one: clause_order(one.clause))]
    indicators = [(key, one.title.of(lang)) for key, one in edition.indicators.items()]
    if as_json:
        answer: dict[str, object] = {
            "edition": edition.id,
            "dated": edition.dated.isoformat(),
            "title": edition.title.of(lang),
            "clauses": [{"clause": number, "title": title} for number, title in clauses],
            "indicators": [{"indicator": key, "title": title} for key, title in indicators],
            "table": edition.table.fingerprint,
            "fingerprint": edition.fingerprint,
            "lang": lang,
        }
        sys.stdout.write(line_of(answer) + "\n")
        return
    out = console()
    out.print(Text(edition.title.of(lang), style="bold"))
    out.print(Padding(edition.note.of(lang), (0, 0, 0, 2)))
    _list(out, say("show.clauses", lang), clauses)
    _list(out, say("show.indicators", lang), indicators)
    out.print()
    told = say("show.fingerprint", lang, edition=edition.id, day=day(edition.dated, lang), fingerprint=edition.fingerprint)
    out.print(Text(told, style="dim"), soft_wrap=True)


def _list(out: Console, head: str, rows: Iterable[tuple[str, str]]) -> None:
    out.print()
    out.print(Text(head, style="bold cyan"))
    for number, title in rows:
        out.print(f"  {number:>4}  {title}")
