"""`enduse screen --replay`: searches made again by their receipts, on the very snapshots, and what differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from enduse.cli.base import Exit, worst
from enduse.cli.terminal import clean
from enduse.domain.rules import canonical
from enduse.domain.screening.receipt import Receipt
from enduse.formats.answers import bad_answer, line_of
from enduse.formats.plain import once
from enduse.formats.problems import BadInput, Problem, short
from enduse.formats.receipts import agrees, intact, misstated, receipt_from
from enduse.stores.reading import opened
from enduse.stores.screening import replay
from enduse.words import say

MOST_MEGABYTES = 16
_MOST = MOST_MEGABYTES * 1024 * 1024
Told = tuple[str, Mapping[str, Any] | None, BadInput | None]  # where, the object, or what is wrong with it


def replay_file(data: Path, name: str, lang: str, *, as_json: bool) -> Exit:
    """Replay every receipt of a file; the worst exit code of all."""
    run = _Run(data, lang, as_json)
    for where, held, problem in receipts_in(name):
        run.one(where, held, problem)
    run.end()
    return run.code


def receipts_in(name: str) -> Iterator[Told]:
    """The receipts of a file, or the answers that hold them: one object, or one a line."""
    with opened(name) as stream:
        begin = stream.read(_MOST + 1)
        whole = _object(begin) if len(begin) <= _MOST else None
        if whole is not None:
            yield name, whole, None
            return
        stream.seek(0)
        number = 0
        for number, line in enumerate(iter(lambda: stream.readline(_MOST + 1), b""), 1):
            where = f"{name}:{number}"
            if len(line) > _MOST:
                yield where, None, BadInput(Problem("receipt.large", line=number, values={"limit": MOST_MEGABYTES}, file=name))
                return
            if line.strip():
                found = _object(line)
                yield where, found, None if found is not None else BadInput(Problem("receipt.json", line=number, file=name))
        if not number:
            yield name, None, BadInput(Problem("receipt.json", file=name))


def receipt_in(held: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    """The receipt of an object: itself, or the one that an answer holds. Raises BadInput where there is none."""
    if "receipt" not in held and isinstance(held.get("error"), str):
        raise BadInput(Problem("receipt.no_receipt", values={"why": short(held["error"])}, file=where))
    found = held.get("receipt", held)
    if not isinstance(found, dict):
        raise BadInput(Problem("receipt.format", values={"format": "enduse/receipt-1"}, file=where))
    return found


def _object(text: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(text.decode("utf-8-sig"), object_pairs_hook=once)
    except (ValueError, KeyError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


class _Run:
    """One replay: what it counts and how it tells."""

    def __init__(self, data: Path, lang: str, as_json: bool) -> None:
        self.data, self.lang, self.as_json = data, lang, as_json
        self.code, self.same, self.differ, self.bad = Exit.yes, 0, 0, 0

    def one(self, where: str, held: Mapping[str, Any] | None, problem: BadInput | None) -> None:
        """Replay one object of the file."""
        try:
            if held is None:
                raise problem or BadInput()
            found = receipt_in(held, where)
            receipt = receipt_from(found)
            altered = "receipt.altered" if not intact(found) else "receipt.line_altered" if found is not held and not agrees(held, receipt) else ""
            if altered:
                self._told(where, receipt, {"altered": say(altered, self.lang, name=where)}, altered)
                return
            differs = {**misstated(found, receipt), **replay(self.data, receipt).differs}
        except BadInput as error:
            self.bad += 1
            self.code = worst(self.code, Exit.bad)
            self._bad(where, error)
            return
        self._told(where, receipt, {part: {"recorded": _plain(then), "now": _plain(now)} for part, (then, now) in differs.items()})

    def _told(self, where: str, receipt: Receipt, differs: Mapping[str, object], altered: str = "") -> None:
        if differs:
            self.differ += 1
            self.code = worst(self.code, Exit.no)
        else:
            self.same += 1
        if self.as_json:
            told = {"where": where, "name": receipt.query.name, "same": not differs, **({"differs": differs} if differs else {})}
            click.echo(line_of(told))
            return
        if altered:
            click.echo(clean(say(altered, self.lang, name=where)))
            return
        shown = f"{where}, {short(receipt.query.name)}"
        click.echo(clean(say("receipt.differs" if differs else "receipt.same", self.lang, name=shown)))
        for part, values in differs.items():
            if isinstance(values, Mapping):
                then, now = (short(canonical(values[key]), 400) for key in ("recorded", "now"))
                click.echo("  " + clean(say("receipt.part", self.lang, part=part, recorded=then, now=now)))

    def _bad(self, where: str, error: BadInput) -> None:
        if self.as_json:
            click.echo(line_of(bad_answer(error, where, self.lang)))
            return
        for problem in error.problems:
            click.echo(clean(f"{say('error', self.lang)}: {problem.where or where}: {problem.text(self.lang)}"), err=True)

    def end(self) -> None:
        """The totals, for people."""
        if not self.as_json:
            count = self.same + self.differ + self.bad
            click.echo(say("receipt.total", self.lang, count=count, same=self.same, differ=self.differ, bad=self.bad))


def _plain(value: object) -> object:
    """A part of an answer as JSON holds it."""
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value.isoformat() if isinstance(value, date) else value
