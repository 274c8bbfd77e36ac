"""`enduse lists`: which lists are held and how they stand; taking one in from files; bringing them up to date from their publishers."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enduse.cli.base import Command, Exit, Group, help_text, json_option, lang_option, worst
from enduse.cli.language import language
from enduse.cli.terminal import clean
from enduse.words import say

if TYPE_CHECKING:
    from enduse.config.environment import ListSettings
    from enduse.formats.problems import BadInput, Problem
    from enduse.sources.source import File, Source
    from enduse.sources.source import Skipped as Part
    from enduse.stores.lists import Snapshot, Standing

MOST_TOLD = 20  # things not taken over that are told to people; programs get all


@click.group("lists", cls=Group, invoke_without_command=True, help=help_text("lists"))
@json_option
@lang_option
@click.pass_context
def lists(context: click.Context, as_json: bool) -> int:
    """What is held and what is missing, where no subcommand is given; a bad question where a list is damaged."""
    if context.invoked_subcommand is not None:
        return Exit.yes
    from enduse.config.environment import list_settings
    from enduse.stores.data import data_folder
    from enduse.stores.lists import standing

    settings = list_settings()
    at = _today(settings)
    found = standing(data_folder(), settings.chosen, at=at, limits=settings.limits)
    found += [one for one in standing(data_folder(), at=at, limits=settings.limits) if one.word not in settings.chosen]
    for one in found:
        told_one = {**told_standing(one, at), "chosen": not settings.chosen or one.word in settings.chosen}
        click.echo(json.dumps(told_one, ensure_ascii=False) if as_json else clean(_standing_line(one)))
    if not found and not as_json:
        click.echo(say("lists.none", language()))
    return Exit.bad if any(one.state == "damaged" for one in found) else Exit.yes


@lists.command("import", cls=Command, help=help_text("lists.import"))
@click.argument("source", metavar="SOURCE")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--as", "word", metavar="NAME", help=help_text("lists.as"))
@click.option("--mapping", metavar="FILE", help=help_text("lists.mapping"))
@click.option("--published", metavar="DAY", help=help_text("lists.published"))
@click.option("--smaller", is_flag=True, help=help_text("lists.smaller"))
@click.option("--damaged", is_flag=True, help=help_text("lists.damaged"))
@json_option
@lang_option
def import_list(
    source: str,
    files: tuple[str, ...],
    word: str | None,
    mapping: str | None,
    published: str | None,
    smaller: bool,
    damaged: bool,
    as_json: bool,
) -> int:
    """Take a list in from its publisher's files; say what of it was not taken over and why, and what else one should know of it."""
    from enduse.config.environment import list_settings
    from enduse.stores.data import data_folder
    from enduse.stores.lists import keep

    data, settings = data_folder(), list_settings()
    by_hand = _day(published) if published is not None else None
    wanted = _source(source, word, data)
    most = settings.megabytes
    found = [_file(name, most) for name in (*files, *((mapping,) if mapping else ()))]
    snapshot, read = keep(wanted, found, at=_now(settings), data=data, word=word or source, smaller=smaller, damaged=damaged, by_hand=by_hand)
    warnings = _warnings(wanted, snapshot, data)
    if as_json:
        said = [{"code": one.code, "text": one.text(language())} for one in warnings]
        answer = {**told(snapshot, _today(settings)), "not_taken_over": _parts(read.skipped), "warnings": said}
        click.echo(json.dumps(answer, ensure_ascii=False))
        _index(settings, [snapshot.source])
        return Exit.yes
    click.echo(clean(_line(snapshot)))
    for one in read.skipped[:MOST_TOLD]:
        click.echo(clean(f"  {one.place}: {_why(one)}"), err=True)
    if len(read.skipped) > MOST_TOLD:
        click.echo(clean("  " + say("lists.more", language(), count=len(read.skipped) - MOST_TOLD)), err=True)
    for warning in warnings:
        click.echo(clean(warning.text(language())), err=True)
    _index(settings, [snapshot.source])
    return Exit.yes


def _warnings(source: Source, snapshot: Snapshot, data: Path) -> list[Problem]:
    """What whoever brings a list should know of it, though it was taken in."""
    from enduse.formats.problems import Problem
    from enduse.stores.lists import latest

    found = []
    if source.tried_on != "real":
        found.append(Problem("lists.sample", values={"list": source.word}))
    if snapshot.undated:
        found.append(Problem("lists.undated", values={"list": snapshot.source, "day": snapshot.current.isoformat()}))
    counts = latest(data, snapshot.source)
    if counts is not None and counts.digest != snapshot.digest:
        found.append(Problem("lists.newer", values={"list": snapshot.source, "day": counts.day.isoformat()}))
    return found


def _day(text: str) -> date:
    """The day that somebody tells. Raises BadInput where it is none, or where a month could be meant by its first number."""
    from enduse.formats.problems import BadInput, Problem, short

    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form).date()
    raise BadInput(Problem("list.published.day", values={"value": short(text)}))


@lists.command("update", cls=Command, help=help_text("lists.update"))
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option("--smaller", is_flag=True, help=help_text("lists.smaller"))
@click.option("--damaged", is_flag=True, help=help_text("lists.damaged"))
@json_option
@lang_option
def update_lists(sources: tuple[str, ...], smaller: bool, damaged: bool, as_json: bool) -> int:
    """Fetch lists and take in what is new; one that fails never stops the others."""
    from enduse.config.environment import list_settings
    from enduse.formats.problems import BadInput, Problem
    from enduse.stores.data import data_folder
    from enduse.stores.updating import addresses_of, words_to_update

    if (smaller or damaged) and not sources:
        raise BadInput(Problem("list.consent", values={"option": "--smaller" if smaller else "--damaged"}))
    settings, code, good = list_settings(), Exit.yes, []
    if not sources:
        for word in settings.chosen:
            if not addresses_of(word, settings.addresses):
                click.echo(clean(say("lists.unaddressed", language(), list=word)), err=True)
    words = words_to_update(data_folder(), sources, settings.chosen, settings.addresses)
    for number, word in enumerate(words, 1):
        if sys.stderr.isatty():
            click.echo(clean(say("lists.fetching", language(), number=number, of=len(words), list=word)), err=True)
        one = _update(word, settings, smaller, damaged, as_json)
        good += [word] if one == Exit.yes else []
        code = worst(code, one)
    _index(settings, good)
    return code


def _index(settings: ListSettings, words: Sequence[str]) -> None:
    """Build the index of the chosen lists, if one of these is among them, for the first search not to wait. What goes wrong is only said."""
    from enduse.stores.data import data_folder
    from enduse.stores.screening import desk

    if not words or (settings.chosen and not set(words) & set(settings.chosen)):
        return
    if sys.stderr.isatty():
        click.echo(say("lists.indexing", language()), err=True)
    try:  # as a search finds it: by the same lists, in the same order
        desk(data_folder(), at=_now(settings), words=settings.chosen or None, limits=settings.limits)
    except Exception as error:  # a search builds it itself, or says what is wrong
        if os.environ.get("ENDUSE_TRACEBACK"):
            raise
        click.echo(clean(say("lists.not_indexed", language(), why=f"{type(error).__name__}: {error}")), err=True)


def _update(word: str, settings: ListSettings, smaller: bool, damaged: bool, as_json: bool) -> Exit:
    """One list: what came of it is said, whatever it is."""
    from enduse.documents.own_lists import source_of
    from enduse.formats.problems import BadInput, Problem
    from enduse.stores.data import data_folder
    from enduse.stores.fetching import Reach
    from enduse.stores.updating import update

    reach = Reach(settings.proxy, settings.megabytes, settings.seconds)
    try:
        done = update(
            word,
            addresses=settings.addresses,
            reach=reach,
            at=datetime.now(UTC),
            data=data_folder(),
            source_of=source_of,
            smaller=smaller,
            damaged=damaged,
        )
    except BadInput as error:
        return _failed(word, error, as_json, Exit.bad)
    except Exception as error:  # our own fault: said, never let through, and the others go on
        if os.environ.get("ENDUSE_TRACEBACK"):
            raise
        why = f"{type(error).__name__}: {error}"
        return _failed(word, BadInput(Problem("own.fault", values={"thing": word, "why": why})), as_json, Exit.fault)
    if as_json:
        parts = {"not_taken_over": _parts(done.read.skipped)} if done.read is not None and done.new else {}
        result = {"result": "new" if done.new else "same", **told(done.snapshot, _today(settings)), **parts}
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        click.echo(clean(_line(done.snapshot) + " · " + say("lists.updated" if done.new else "lists.same", language())))
    return Exit.yes


def _failed(word: str, error: BadInput, as_json: bool, code: Exit) -> Exit:
    lang = language()
    if as_json:
        problems = [{"code": one.code, "where": one.where, "text": one.text(lang)} for one in error.problems]
        click.echo(json.dumps({"result": "failed", "list": word, "problems": problems}, ensure_ascii=False))
        return code
    for one in error.problems:
        where = f"{word}: {one.where}" if one.where else word
        click.echo(f"{say('error', lang)}: {clean(where)}: {clean(one.text(lang))}", err=True)
    return code


def told(snapshot: Snapshot, at: date) -> dict[str, Any]:
    """A held list as programs read it on a day: the fields of `enduse lists --json`."""
    return {
        "list": snapshot.source,
        "kind": snapshot.kind,
        "publisher": snapshot.publisher,
        "day": snapshot.day.isoformat(),
        "published": snapshot.published and snapshot.published.isoformat(),
        "day_by_hand": snapshot.by_hand and snapshot.by_hand.isoformat(),
        "taken": snapshot.taken.isoformat(),
        "checked": snapshot.checked and snapshot.checked.isoformat(),
        "digest": snapshot.digest,
        "files": [{"name": name, "digest": digest, "bytes": size} for name, digest, size in snapshot.files],
        "counted": snapshot.counted,
        "entries": snapshot.entries,
        "skipped": dict(snapshot.skipped),
        "current": snapshot.current.isoformat(),
        "age_days": max(0, (at - snapshot.current).days),
    }


def told_standing(one: Standing, at: date) -> dict[str, Any]:
    """How a list stands on a day, as programs read it: with its snapshot where one is held, and with what is damaged."""
    held = told(one.snapshot, at) if one.snapshot is not None else {"list": one.word}
    why = {"why": one.why} if one.state == "damaged" else {}
    return {**held, "state": one.state, "age_days": one.age_days, "limit_days": one.limit_days, **why}


def _standing_line(one: Standing) -> str:
    values = {"list": one.word, "days": one.age_days, "limit": one.limit_days, "why": one.why}
    state = say(f"lists.state.{one.state}", language(), day=one.current.isoformat() if one.current else "", **values)
    return f"{_line(one.snapshot)} · {state}" if one.snapshot is not None else state


def _line(snapshot: Snapshot) -> str:
    """A held list in a line: which, of which day, how many entries, how much was not taken over."""
    parts = sum(count for _, count in snapshot.skipped)
    code = "lists.line" if snapshot.published else "lists.line_undated" if snapshot.undated else "lists.line_told"
    return say(code, language(), list=snapshot.source, day=snapshot.day.isoformat(), entries=snapshot.entries, parts=parts)


def _parts(skipped: tuple[Part, ...]) -> list[dict[str, Any]]:
    return [{"place": one.place, "code": one.code, "text": _why(one), "whole": one.whole} for one in skipped]


def _why(one: Part) -> str:
    from enduse.formats.problems import Problem

    return Problem(one.code, values=one.values).text(language())


def _today(settings: ListSettings) -> date:
    return _now(settings).date()


def _now(settings: ListSettings) -> datetime:
    """The moment in the installation's zone: lists age by its days."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(settings.time_zone))


def _source(source: str, word: str | None, data: Path) -> Source:
    """The source that reads a list. Raises BadInput where there is none, or where its own word will not do."""
    from enduse.documents.own_lists import source_of
    from enduse.formats.problems import BadInput, Problem
    from enduse.sources.registry import SOURCES, source_named
    from enduse.stores.lists import latest, own_word

    named = source_named(source)
    if word is None:
        return source_of(source)
    if not named.several:
        known = tuple(one for one, found in SOURCES.items() if found.several)
        raise BadInput(Problem("list.word.published", values={"list": source, "known": known}))
    held = latest(data, own_word(word))
    if held is not None and held.kind != source:
        raise BadInput(Problem("list.word.other", values={"list": word, "kind": held.kind, "given": source}))
    return source_of(source)


def _file(name: str, most: int) -> File:
    """A file whole. Raises BadInput where it cannot be read or is larger than any list."""
    from enduse.formats.problems import BadInput, Problem
    from enduse.sources.source import File
    from enduse.stores.reading import opened

    with opened(name) as stream:
        data = stream.read(most * 1024 * 1024 + 1)
    if len(data) > most * 1024 * 1024:
        raise BadInput(Problem("list.large", values={"megabytes": most}, file=name))
    return File(Path(name).name, data)
