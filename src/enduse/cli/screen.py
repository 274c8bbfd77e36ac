"""`enduse screen`: a name, or a table of names, held against the lists; receipts, and receipts replayed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from enduse.cli.base import Command, Exit, help_text, json_option, lang_option, worst
from enduse.cli.language import language
from enduse.words import say

if TYPE_CHECKING:
    from enduse.domain.screening.receipt import Receipt
    from enduse.domain.screening.search import Norms

_WORD = re.compile(r"[a-z][a-z0-9-]{0,39}")
_THRESHOLD = re.compile(r"(?:([a-z0-9-]+)(?::([a-z]+))?=)?([01](?:\.\d{1,6})?|\.\d{1,6})")


@click.command("screen", cls=Command, help=help_text("screen"))
@click.argument("name", metavar="NAME", required=False)
@click.option("--kind", metavar="KIND", help=help_text("screen.kind"))
@click.option("--country", "countries", multiple=True, metavar="COUNTRY", help=help_text("screen.country"))
@click.option("--birth-date", metavar="DATE", help=help_text("screen.birth_date"))
@click.option("--identifier", "identifiers", multiple=True, metavar="NUMBER", help=help_text("screen.identifier"))
@click.option("--address", metavar="ADDRESS", help=help_text("screen.address"))
@click.option("--list", "lists", multiple=True, metavar="WORD", help=help_text("screen.list"))
@click.option("--threshold", "thresholds", multiple=True, metavar="SCORE", help=help_text("screen.threshold"))
@click.option("--receipt", "receipt", metavar="FILE", help=help_text("screen.receipt"))
@click.option("--pdf", "pdf", metavar="FILE", help=help_text("screen.pdf"))
@click.option("--input", "source", metavar="FILE", help=help_text("screen.input"))
@click.option("--output", "output", metavar="FILE", help=help_text("screen.output"))
@click.option("--sheet", metavar="SHEET", help=help_text("screen.sheet"))
@click.option("--workers", type=click.IntRange(1, 256), metavar="NUMBER", help=help_text("screen.workers"))
@click.option("--restart", is_flag=True, help=help_text("screen.restart"))
@click.option("--replay", "replayed", metavar="FILE", help=help_text("screen.replay"))
@json_option
@lang_option
def screen(name: str | None, lists: tuple[str, ...], thresholds: tuple[str, ...], as_json: bool, **given: Any) -> int:
    """One of three: a name, a table, or receipts to be replayed."""
    from enduse.formats.problems import BadInput, Problem

    _refuse_together(name, given)
    _refuse_places(given)
    if given["replayed"]:
        return _replay(given["replayed"], given["pdf"], as_json)
    if name is not None and not name.strip():
        raise BadInput(Problem("screen.no_name"))
    words = _words(lists)
    norms = _norms(thresholds, words)
    if given["source"]:
        return _many(given, words, norms, as_json)
    row = {"name": name, "kind": given["kind"], "country": given["countries"], "birth_date": given["birth_date"]}
    return _one({**row, "identifier": given["identifiers"], "address": given["address"]}, words, norms, given["receipt"], given["pdf"], as_json)


def _refuse_together(name: str | None, given: Mapping[str, Any]) -> None:
    """Raise BadInput where the options ask for two things at once, or for none."""
    from enduse.formats.problems import BadInput, Problem

    of_a_name = [f"--{option}" for option in ("kind", "birth-date", "address", "receipt", "pdf") if given[option.replace("-", "_")]]
    of_a_name += [f"--{option}" for option, key in (("country", "countries"), ("identifier", "identifiers")) if given[key]]
    of_a_table = [f"--{option}" for option in ("output", "sheet", "workers", "restart") if given[option]]
    asked = [*(["NAME"] if name is not None else []), *(["--input"] if given["source"] else []), *(["--replay"] if given["replayed"] else [])]
    if not asked:
        raise BadInput(Problem("screen.nothing"))
    misplaced = {
        "NAME": of_a_table,
        "--input": of_a_name,
        "--replay": [*of_a_table, *(option for option in of_a_name if option != "--pdf")],
    }[asked[0]]
    if others := [*asked[1:], *misplaced]:
        raise BadInput(Problem("screen.together", values={"first": asked[0], "second": others[0]}))
    if given["source"] and not given["output"]:
        raise BadInput(Problem("screen.no_output"))


def _refuse_places(given: Mapping[str, Any]) -> None:
    """Raise BadInput where a file cannot be written, or one would wipe another: before anything is searched."""
    from enduse.formats.problems import BadInput, Problem
    from enduse.stores.places import same, to_be_written

    for option in ("receipt", "pdf"):
        if given[option] is not None:
            to_be_written(given[option])
    for first, key in (("--receipt", "receipt"), ("--replay", "replayed")):
        if given["pdf"] and given[key] and same(given[key], given["pdf"]):
            raise BadInput(Problem("screen.one_place", values={"first": first, "second": "--pdf"}))


def _words(lists: Sequence[str]) -> tuple[str, ...] | None:
    """The lists asked for, else those chosen in the settings; None for all that are held. Raises BadInput where one can be no list."""
    from enduse.config.environment import list_settings
    from enduse.sources.registry import SOURCES, source_named
    from enduse.stores.data import data_folder
    from enduse.stores.lists import FOLDER

    for word in lists:
        if word not in SOURCES and not (_WORD.fullmatch(word) and (data_folder() / FOLDER / word).is_dir()):
            source_named(word)
    return tuple(dict.fromkeys(lists)) or list_settings().chosen or None


def _norms(texts: Sequence[str], words: tuple[str, ...] | None) -> Norms:
    """The thresholds of the options. Raises BadInput where one cannot be read, or is for a list that is not searched."""
    from enduse.domain.screening.query import KINDS
    from enduse.domain.screening.search import Norms
    from enduse.formats.problems import BadInput, Problem, nearest, short
    from enduse.stores.data import data_folder
    from enduse.stores.lists import held_words

    plain, of = Norms(), {}
    threshold = plain.threshold
    for text in texts:
        found = _THRESHOLD.fullmatch(text.strip())
        if found is None or float(found[3]) > 1 or (found[2] and found[2] not in KINDS[1:]):
            raise BadInput(Problem("screen.threshold", values={"value": short(text), "known": KINDS[1:]}))
        searched = words or held_words(data_folder())
        if found[1] and found[1] not in searched and searched:  # without any list that is what is told
            values = {"list": short(found[1]), "known": tuple(searched), "near": nearest(found[1], searched)}
            raise BadInput(Problem("screen.threshold_list", values=values))
        if found[1]:
            of[f"{found[1]}:{found[2]}" if found[2] else found[1]] = float(found[3])
        else:
            threshold = float(found[3])
    return Norms(threshold, of or plain.of, plain.limit) if texts else plain


def _one(row: Mapping[str, Any], words: tuple[str, ...] | None, norms: Norms, receipt_to: str | None, pdf_to: str | None, as_json: bool) -> int:
    from enduse.cli.screen_page import shown
    from enduse.formats.answers import line_of
    from enduse.formats.problems import BadInput, Problem
    from enduse.formats.receipts import answer, plain, troubles
    from enduse.stores.data import data_folder
    from enduse.stores.places import write_at
    from enduse.stores.questions import query_from
    from enduse.stores.screening import screen as screened

    lang = language()
    query = query_from(row)
    at, limits = _now()
    found = screened(data_folder(), query, norms, at=at, words=words, limits=limits)
    if not found.lists:
        raise BadInput(Problem("screen.no_lists"))
    page = _page(found, lang) if pdf_to else b""
    if receipt_to:
        write_at(Path(receipt_to), (json.dumps(plain(found), ensure_ascii=False, indent=1) + "\n").encode())
    if pdf_to:
        write_at(Path(pdf_to), page)
    if as_json:
        click.echo(line_of({"id": None, **answer(found, lang)}))
    else:
        shown(found, lang)
    for why in troubles(found, lang):
        click.echo(f"{say('error', lang)}: {say('screen.incomplete', lang, why=why)}", err=True)
    return worst(Exit.yes if found.complete else Exit.bad, Exit.no if found.found.hits else Exit.yes)


def _many(given: Mapping[str, Any], words: tuple[str, ...] | None, norms: Norms, as_json: bool) -> int:
    from enduse.cli.screen_many import Ask, screen_many
    from enduse.stores.data import data_folder

    at, limits = _now()
    ask = Ask(given["source"], data_folder(), words, limits, norms, language(), at)
    return screen_many(ask, given["output"], sheet=given["sheet"], workers=given["workers"], restart=given["restart"], as_json=as_json)


def _replay(name: str, pdf_to: str | None, as_json: bool) -> int:
    from enduse.cli.screen_replay import receipt_in, receipts_in, replay_file
    from enduse.formats.receipts import receipt_from
    from enduse.stores.data import data_folder
    from enduse.stores.places import write_at

    code = replay_file(data_folder(), name, language(), as_json=as_json)
    if pdf_to and code == Exit.yes:  # what was altered, or cannot be made again, is not printed as if it were
        for where, held, _ in _first(receipts_in(name)):
            write_at(Path(pdf_to), _page(receipt_from(receipt_in(held or {}, where)), language()))
    return code


def _first(found: Iterator[Any]) -> list[Any]:
    return [next(found)]


def _now() -> tuple[datetime, Mapping[str, int]]:
    """The moment, in the organisation's zone, and how old lists may be."""
    from enduse.config.environment import list_settings

    settings = list_settings()
    return datetime.now(ZoneInfo(settings.time_zone)), settings.limits


def _page(receipt: Receipt, lang: str) -> bytes:
    from enduse.documents.receipt_pdf import receipt_pdf

    return receipt_pdf(receipt, lang)
