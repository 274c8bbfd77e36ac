"""`enduse deals`: deals in the database, in from deal files or an existing register, and out again."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enduse.cli.asking import by_option
from enduse.cli.base import Command, Exit, Group, help_text, json_option, lang_option, worst
from enduse.cli.language import language
from enduse.cli.terminal import clean
from enduse.domain.refusals import Refused
from enduse.formats.problems import BadInput, Problem
from enduse.words import say

if TYPE_CHECKING:
    from enduse.casework.people.actor import Actor
    from enduse.formats.plain import Document
    from enduse.formats.register_import import Preview


@click.group("deals", cls=Group, help=help_text("deals_group"))
@lang_option
def deals() -> None:
    """Deals in the database."""
    from enduse.config import start

    start.django()


@deals.command("list", cls=Command, help=help_text("deals.list"))
@click.option("--status", default="", metavar="STATUS", help=help_text("deals.status"))
@by_option
@json_option
@lang_option
def list_deals(status: str, by: str, as_json: bool) -> int:
    """The deals that a person may see, newest first."""
    from enduse.casework.deals.queries import visible

    rows = visible(_actor(by)).order_by("-updated_at", "-pk")
    for deal in rows.filter(status=status) if status else rows:
        if as_json:
            keys = ("reference", "title", "counterparty", "country", "solution", "outcome", "stage", "status", "missing", "version")
            _line({**{key: getattr(deal, key) for key in keys}, "due": deal.due and deal.due.isoformat(), "changed": deal.updated_at.isoformat()})
            continue
        words = [say(f"outcome.{deal.outcome}", language()), say(f"status.{deal.status}", language()), deal.counterparty, deal.title]
        click.echo(clean(f"{deal.reference}: " + " · ".join(word for word in words if word)))
    return Exit.yes


@deals.command("import", cls=Command, help=help_text("deals.import"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--update", is_flag=True, help=help_text("deals.update"))
@by_option
@json_option
@lang_option
def import_deals(files: tuple[str, ...], update: bool, by: str, as_json: bool) -> int:
    """Take deals in; one that is bad never stops the others."""
    from enduse.stores.reading import in_file, items

    actor, code = _actor(by), Exit.yes
    for name in files:
        for item in items(name):
            try:
                if item.document is None:
                    raise item.problem or BadInput()
                code = worst(code, _take_in(item.document, name, actor, update, as_json))
            except BadInput as error:
                _tell_bad(in_file(error, name), item.where, as_json)
                code = worst(code, Exit.bad)
    return code


def _take_in(document: Document, name: str, actor: Actor, update: bool, as_json: bool) -> Exit:
    """One deal: the file is read with its lines first, so that what is wrong is told with its place."""
    from enduse.casework.deals.actions import filing
    from enduse.casework.deals.deciding import edition
    from enduse.casework.deals.queries import Held, visible
    from enduse.formats.deal_file import read_deal

    held, data = read_deal(document, edition(), file=name), document.data
    assert isinstance(data, dict)
    try:
        there = visible(actor).filter(reference=held.reference).first() if update else None
        if there is None:
            kept = filing.import_deal(data, by=actor, source=Path(name).name)
        else:
            kept = filing.replace_deal(there.pk, data, by=actor, seen=Held(there).version.number, source=Path(name).name)
    except Refused as refused:
        return _tell_refused(refused, held.reference, as_json)
    decision = kept.decided.decision
    if as_json:
        _line(
            {
                "reference": held.reference,
                "deal": kept.deal.pk,
                "version": kept.version,
                "outcome": decision.outcome.name,
                "signed": kept.decided.signed,
            }
        )
    else:
        click.echo(clean(say("deals.imported", language(), reference=held.reference, outcome=say(f"outcome.{decision.outcome.name}", language()))))
    return Exit.yes


@deals.command("export", cls=Command, help=help_text("deals.export"))
@click.argument("references", nargs=-1, metavar="[REFERENCE]...")
@click.option("--output", "-o", default="-", metavar="FILE", help=help_text("deals.output"))
@by_option
@lang_option
def export_deals(references: tuple[str, ...], output: str, by: str) -> int:
    """One deal as YAML or JSON, several as JSON lines."""
    from enduse.casework.deals.exchange import all_visible, exported
    from enduse.casework.deals.queries import Held, deal_named

    actor = _actor(by)
    found = (Held(deal_named(actor, reference)) for reference in references) if references else all_visible(actor)
    contents = (exported(held) for held in found)
    suffix = Path(output).suffix.lower() if output != "-" else ".yaml" if len(references) == 1 else ".jsonl"
    if suffix in (".yaml", ".yml", ".json") and len(references) != 1:
        raise BadInput(Problem("deals.one_file", values={"file": output}))
    _write(output, _as_text(contents, suffix))
    return Exit.yes


def _as_text(contents: Iterable[dict[str, Any]], suffix: str) -> Iterator[str]:
    from enduse.formats.writing import deal_text

    for content in contents:
        if suffix in (".yaml", ".yml"):
            yield deal_text(content)
        else:
            yield json.dumps(content, ensure_ascii=False, indent=1 if suffix == ".json" else None) + "\n"


@deals.command("import-register", cls=Command, help=help_text("deals.import_register"))
@click.argument("file", metavar="FILE")
@click.option("--mapping", metavar="FILE", help=help_text("deals.mapping"))
@click.option("--sheet", metavar="NAME", help=help_text("deals.sheet"))
@click.option("--suggest", is_flag=True, help=help_text("deals.suggest"))
@click.option("--apply", "do", is_flag=True, help=help_text("deals.apply"))
@by_option
@json_option
@lang_option
def import_register(file: str, mapping: str | None, sheet: str | None, suggest: bool, do: bool, by: str, as_json: bool) -> int:
    """An existing register: shown first, with what did not fit; taken in with `--apply`."""
    from enduse.casework.deals.taking_in import preview_register, suggested, take_in_register

    table_file = Path(file)
    if suggest:
        click.echo(suggested(table_file, sheet), nl=False)
        return Exit.yes
    preview = preview_register(table_file, mapping, sheet)
    _tell_preview(preview, as_json)
    code = Exit.bad if preview.misfits or preview.kept_out else Exit.yes
    if not do:
        return code
    for reference, refused in take_in_register(preview, by=_actor(by), source=table_file.name):
        if refused is None:
            _line({"reference": reference, "imported": True}) if as_json else click.echo(clean(say("deals.taken", language(), reference=reference)))
        else:
            code = worst(code, _tell_refused(refused, reference, as_json))
    return code


def _tell_preview(preview: Preview, as_json: bool) -> None:
    lang, deals = language(), dict(preview.deals)
    for row in sorted({*deals, *preview.notes}):
        notes = preview.notes.get(row, {})
        if as_json:
            _line({"row": row, **({"deal": deals[row]} if row in deals else {}), **({"notes": notes} if notes else {})})
            continue
        for column, text in notes.items():
            click.echo(clean(say("deals.note", lang, row=row, column=column, text=text)))
    for misfit in preview.misfits:
        if as_json:
            _line({"row": misfit.row, "column": misfit.column, "value": misfit.value, "error": misfit.text(lang), "code": misfit.code})
        else:
            click.echo(clean(say("deals.misfit", lang, row=misfit.row, column=misfit.column or "-", why=misfit.text(lang))))
    if as_json:
        _line({"deals": len(preview.deals), "misfits": len(preview.misfits), "unused": list(preview.unused), "kept_out": list(preview.kept_out)})
        return
    click.echo(clean(say("deals.preview", lang, deals=len(preview.deals), misfits=len(preview.misfits), kept_out=len(preview.kept_out))))
    if preview.unused:
        click.echo(clean(say("deals.unused", lang, columns=", ".join(preview.unused))))


def _tell_bad(error: BadInput, where: str, as_json: bool) -> None:
    from enduse.formats.answers import bad_answer, line_of

    if as_json:
        click.echo(line_of(bad_answer(error, where, language())))
        return
    for problem in error.problems:
        click.echo(f"{say('error', language())}: {clean(problem.where or where)}: {clean(problem.text(language()))}", err=True)


def _tell_refused(refused: Refused, reference: str, as_json: bool) -> Exit:
    words = [refusal.text(language()) for refusal in refused.refusals]
    if as_json:
        _line({"reference": reference, "error": "; ".join(words), "codes": [refusal.code for refusal in refused.refusals]})
    else:
        for text in words:
            click.echo(f"{say('error', language())}: {clean(reference)}: {clean(text)}", err=True)
    return Exit.no


def _line(held: dict[str, Any]) -> None:
    from enduse.formats.answers import line_of

    click.echo(line_of(held))


def _write(output: str, texts: Iterable[str]) -> None:
    from enduse.stores.data import write_whole

    if output == "-":
        for text in texts:
            sys.stdout.write(text)
        sys.stdout.flush()
        return
    write_whole(Path(output), "".join(texts).encode())


def _actor(key: str) -> Actor:
    from enduse.casework.people.queries import actor_named

    return actor_named(key)
