"""An existing register taken in: read from its file by a mapping, looked at first, then a deal a row, each an action of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from enduse.casework.deals.actions.filing import import_deal
from enduse.casework.deals.deciding import edition
from enduse.casework.people.actor import Actor
from enduse.documents.tables import Table, read_table
from enduse.domain.refusals import Refusal, Refused
from enduse.formats.deal_file import read_deal
from enduse.formats.deal_parts import Content
from enduse.formats.plain import Document, read_yaml
from enduse.formats.problems import BadInput, Problem
from enduse.formats.register_import import Preview, convert
from enduse.formats.register_mapping import RegisterMapping, mapping_text, read_mapping, suggest
from enduse.stores.reading import items_in, read_text

IMPORTS = "imports"  # in the data folder: registers that somebody looks at before they are taken in
IMPORTS_LAST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one deal of a file: its reference where it has one, the deal's key where it was taken in, and why not where it was not."""

    reference: str
    where: str
    deal: int | None = None
    problems: tuple[Problem, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def take_in_file(stream: BinaryIO, name: str, *, by: Actor) -> Iterator[Taken]:
    """Take in every deal of a file; one that is bad never stops the others. Raises NotAllowed."""
    by.demand("deal.import")
    for item in items_in(stream, name):
        try:
            if item.document is None:
                raise item.problem or BadInput()
            reference = read_deal(item.document, edition(), file=name).reference
            data = item.document.data
            assert isinstance(data, dict)
            yield Taken(reference, item.where, import_deal(data, by=by, source=name).deal.pk)
        except BadInput as bad:
            yield Taken(bad.reference or "", item.where, problems=bad.problems)
        except Refused as refused:
            yield Taken(reference, item.where, refusals=refused.refusals)


def suggested(file: Path, sheet: str | None = None) -> str:
    """A mapping for the register in `file`, guessed from the titles of its columns, to be read and mended by a person."""
    return mapping_text(suggest(read_table(file, file.name, sheet=sheet).header))


def preview_register(file: Path, mapping: str | None, sheet: str | None = None) -> Preview:
    """What a register would give, and what does not fit; nothing is written. Without a mapping, by the one suggested."""
    held = None if mapping is None else read_mapping(read_yaml(read_text(mapping)), file=mapping)
    return preview_table(read_table(file, file.name, sheet=sheet), held)


def preview_table(table: Table, mapping: RegisterMapping | None) -> Preview:
    """What a table would give; nothing is written."""
    held = mapping or suggest(table.header)
    return convert(table.header, table.rows, held, check=_check, unread=table.unread)


def take_in_register(preview: Preview, *, by: Actor, source: str) -> Iterator[tuple[str, Refused | None]]:
    """Take in every deal of a preview, one after the other, its notes as a comment: its reference, and why not where it was refused."""
    for row, content in preview.deals:
        try:
            import_deal(content, by=by, source=source, comment=_comment(preview.notes.get(row, {})))
        except Refused as refused:
            yield str(content.get("reference")), refused
        else:
            yield str(content.get("reference")), None


def _comment(notes: Mapping[str, str]) -> str:
    return "\n".join(f"{column}: {text}" for column, text in notes.items())


def _check(content: Content) -> object:
    return read_deal(Document(content), edition())
