"""`enduse replay`: decide again under what decisions recorded."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import click

from enduse.cli.base import Command, Exit, act_option, help_text, json_option, lang_option, worst
from enduse.cli.language import language
from enduse.cli.terminal import clean
from enduse.domain.deal import Deal
from enduse.domain.decision import decide
from enduse.domain.edition import Edition
from enduse.domain.replay import Replayed, compare
from enduse.domain.rules import canonical
from enduse.formats.answers import bad_answer, line_of
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document
from enduse.formats.problems import BadInput, Problem, short
from enduse.stores.editions import accepted_act, editions_held, load_edition
from enduse.stores.reading import in_file, items, records
from enduse.words import say


@click.command("replay", cls=Command, help=help_text("replay"))
@click.argument("decisions", metavar="DECISIONS.jsonl")
@click.option("--deals", "deals", required=True, multiple=True, metavar="DEALS", help=help_text("deals"))
@act_option
@json_option
@lang_option
def replay(decisions: str, deals: tuple[str, ...], act: str | None, as_json: bool) -> int:
    """Hold every recorded decision against the deal decided again."""
    run = _Run(act, as_json)
    for name in deals:
        run.hold(name)
    for where, record, problem in records(decisions):
        run.one(where, record, problem)
    run.end()
    return run.code


@dataclass
class _Run:
    """One replay: what it counts and how it tells."""

    act: str | None
    as_json: bool
    documents: dict[str, list[tuple[str, Document]]] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    code: Exit = Exit.yes
    same: int = 0
    differ: int = 0
    bad: int = 0

    def hold(self, name: str) -> None:
        """Keep the deals of a file by their reference, unread; what is wrong with one comes up when a decision asks for it."""
        for item in items(name):
            data = item.document.data if item.document is not None else None
            reference = data.get("reference") if isinstance(data, dict) else None
            if item.document is None:
                self.bad += 1
                self._bad(item.problem or BadInput(), "", language())
            elif isinstance(reference, str):
                self.documents.setdefault(reference.strip(), []).append((name, item.document))

    def one(self, where: str, record: Mapping[str, object] | None, problem: BadInput | None) -> None:
        """Replay one line of the decisions."""
        lang = language()
        reference = str((record or {}).get("reference") or "").strip()
        try:
            if record is None:
                raise problem or BadInput()
            _is_decision(record)
            edition, unlike = self._edition(record)
            if edition is None:
                self._told(reference, {"record": unlike}, lang)
                return
            deal = self._deal(reference, edition)
            recorded_for = _day(record)
            result = compare(record, decide(deal, edition, at=recorded_for))
        except BadInput as error:
            self.bad += 1
            self._bad(in_file(error, where), reference, lang)
            return
        self._compared(reference, result, lang)

    def _deal(self, reference: str, edition: Edition) -> Deal:
        held = self.documents.get(reference, [])
        if len(held) != 1:
            raise BadInput(Problem("replay.two_deals" if held else "replay.no_deal", values={"reference": short(reference)}))
        name, document = held[0]
        return read_deal(document, edition, file=name)

    def _edition(self, record: Mapping[str, object]) -> tuple[Edition | None, str]:
        """The edition (with the act) that the record names, or why it cannot be had."""
        lang, name = language(), str(record.get("edition"))
        if name not in editions_held():
            return None, say("replay.edition", lang, recorded=name)
        if name not in self.editions:
            self.editions[name] = accepted_act(self.act, name) if self.act else load_edition(name)
        held = self.editions[name]
        act = record.get("act")
        recorded = act.get("fingerprint") if isinstance(act, Mapping) else act
        mine = held.act.fingerprint if held.act else None
        if recorded != mine:
            none = say("replay.none", lang)
            return None, say("replay.act", lang, recorded=recorded or none, held=mine or none)
        if record.get("table") != held.table.fingerprint:
            return None, say("replay.table", lang, recorded=record.get("table"), held=held.table.fingerprint)
        return held, ""

    def _compared(self, reference: str, result: Replayed, lang: str) -> None:
        if not result.same:
            told = {part: {"recorded": then, "now": now} for part, (then, now) in result.differs.items()}
            self._told(reference, told, lang)
            return
        self.same += 1
        notes = list(_notes(result, lang))
        if self.as_json:
            _write({"reference": reference, "same": True, **({"notes": notes} if notes else {})})
        else:
            click.echo(clean(say("replay.same", lang, reference=reference) + "".join(f" ({note})" for note in notes)))

    def _told(self, reference: str, differs: Mapping[str, object], lang: str) -> None:
        self.differ += 1
        self.code = worst(self.code, Exit.no)
        if self.as_json:
            _write({"reference": reference, "same": False, "differs": differs})
            return
        click.echo(clean(say("replay.differs", lang, reference=reference)))
        for part, values in differs.items():
            if isinstance(values, Mapping):
                then, now = (canonical(values[key]) for key in ("recorded", "now"))
                click.echo("  " + clean(say("replay.part", lang, part=part, recorded=then, now=now)))
            else:
                click.echo(f"  {clean(values)}")

    def _bad(self, error: BadInput, reference: str, lang: str) -> None:
        self.code = worst(self.code, Exit.bad)
        if self.as_json:
            error.reference = reference or None
            _write(bad_answer(error, "", lang))
            return
        for problem in error.problems:
            click.echo(f"{say('error', lang)}: {clean(problem.where)}: {clean(problem.text(lang))}", err=True)

    def end(self) -> None:
        """The totals, for people."""
        if not self.as_json:
            count = self.same + self.differ + self.bad
            click.echo(say("replay.total", language(), count=count, same=self.same, differ=self.differ, bad=self.bad))


def _is_decision(record: Mapping[str, object]) -> None:
    """Raise BadInput where a record lacks what it takes to decide again; an answer on a bad deal is told as that."""
    lacks = [key for key in ("reference", "at", "outcome", "edition", "table") if not isinstance(record.get(key), str)]
    if "error" in record and lacks:
        raise BadInput(Problem("replay.line", values={"why": short(record["error"])}))
    if lacks:
        raise BadInput(*(Problem("key.missing", values={"key": key}) for key in lacks))


def _day(record: Mapping[str, object]) -> date:
    try:
        return date.fromisoformat(str(record.get("at")))
    except ValueError as error:
        raise BadInput(Problem("value.day", ("at",), values={"value": short(record.get("at"))})) from error


def _notes(result: Replayed, lang: str) -> Iterator[str]:
    if result.engine is not None:
        from enduse.domain.decision import ENGINE

        yield say("replay.engine", lang, recorded=result.engine, now=ENGINE)
    elif not result.same_content:
        yield say("replay.content", lang)


def _write(held: dict[str, object]) -> None:
    sys.stdout.write(line_of(held) + "\n")
