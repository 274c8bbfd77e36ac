"""Lists in XML: entries one by one from untrusted bytes; what is no such XML is BadInput that says what it is."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import errors

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from enduse.formats.problems import BadInput, Problem, short
from enduse.sources.cells import cell, day
from enduse.sources.mending import losses, mended
from enduse.sources.sorts import PACKED, sort_of
from enduse.sources.source import File, Skipped

DEEPEST = 40  # elements within each other; published lists have up to ten
_CHUNK = 1 << 20
_CUT_OFF = frozenset(errors.codes[why] for why in ("no element found", "unclosed token", "partial character", "unclosed CDATA section"))
KNOWN_ROOTS = {  # which list has which root element, so that the wrong file is called by its name
    "CONSOLIDATED_LIST": "un-sc",
    "data-set": "ca-sema",
    "export": "eu-fsf",
    "sdnList": "ofac-sdn, ofac-consolidated",
    "Designations": "uk-sl",
    "ArrayOfFinancialSanctionsTarget": "uk-ofsi",
    **dict.fromkeys(("Перечень", "СписокРешений", "СписокОМУ", "TERRORISTS_CATALOG"), "ru-rosfin"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """What the XML of a list looks like: the list's word, its root element, the paths of its entries beneath it (`A/B`), and all
    other paths of what is known: within an entry, an attribute as `A@b`."""

    list: str
    root: str
    entries: tuple[str, ...]
    known: frozenset[str] = frozenset()

    def names(self) -> frozenset[str]:
        """The names of all elements that the list is known to have."""
        paths = (self.root, *self.entries, *(path.partition("@")[0] for path in self.known))
        return frozenset(name for path in paths for name in path.split("/") if name)


@dataclass(slots=True)
class Tree:
    """The entries of a file, as they are read: names without their namespaces. `root` is there with the first entry, and when all
    are read it holds what else the file has. `damaged` where characters were lost before the file came here."""

    file: File
    form: Form
    root: Element = field(default_factory=lambda: Element(""))
    damaged: bool = False

    def __iter__(self) -> Iterator[tuple[str, Element]]:
        """Each entry with its path. Raises BadInput where the file is no such list, and at the place where it breaks off."""
        _refuse_other_sorts(self.file, self.form)
        found = False
        try:
            for at, element in self._walk():
                found = True
                yield at, element
        except ParseError as error:
            raise BadInput(_broken(self.file, self.form, error)) from error
        except DefusedXmlException as error:
            values = {"list": self.form.list, "name": short(getattr(error, "name", "") or "", 40)}
            raise BadInput(Problem("list.doctype", values=values, file=self.file.name)) from error
        except (LookupError, ValueError) as error:  # an encoding that there is none of, or that expat does not read
            unread = {"list": self.form.list, "why": str(error), "at": 1, "column": 1}
            raise BadInput(Problem("list.broken", values=unread, file=self.file.name)) from error
        if not found:
            values = {"list": self.form.list, "expected": ", ".join(f"<{path.rpartition('/')[2]}>" for path in self.form.entries)}
            raise BadInput(Problem("list.no_entries", values=values, file=self.file.name))

    def _walk(self) -> Iterator[tuple[str, Element]]:
        stack: list[Element] = []
        names: list[str] = []
        whole = mended(self.file.data, self.form.names()) if self.form.known else None
        self.damaged = whole is not None
        for event, element in iterparse(_Chunks(self.file.data if whole is None else whole), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                if not stack:
                    self._begin(element)
                stack.append(element)
                names.append(_local(element.tag))
                if len(stack) > DEEPEST:
                    raise BadInput(Problem("list.deep", values={"list": self.form.list, "limit": DEEPEST}, file=self.file.name))
                continue
            stack.pop()
            element.tag = names[-1]
            at = "/".join(names[1:])
            names.pop()
            if at in self.form.entries:
                yield at, element
                stack[-1].remove(element)

    def _begin(self, root: Element) -> None:
        name = _local(root.tag)
        self.root = root
        if name == self.form.root:
            return
        values: dict[str, Any] = {"list": self.form.list, "expected": self.form.root, "root": short(name, 40)}
        if name in KNOWN_ROOTS:
            raise BadInput(Problem("list.root.other", values={**values, "other": KNOWN_ROOTS[name]}, file=self.file.name))
        if name.casefold() == "html":
            raise BadInput(_sort(self.file, self.form, "got.html"))
        raise BadInput(Problem("list.root", values=values, file=self.file.name))


class _Chunks(io.BytesIO):
    """Bytes handed to the parser in large pieces: a piece that ends within a token is looked at again from the token's beginning."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(_CHUNK if size is not None and 0 <= size < _CHUNK else size)


def only(files: Sequence[File], word: str) -> File:
    """The file of a list that is one file. Raises BadInput where another number is given."""
    if len(files) != 1:
        raise BadInput(Problem("list.files", values={"list": word, "count": len(files)}))
    return files[0]


def text(element: Element, path: str) -> str:
    """The text of the first element at this path beneath, tidied; empty where there is none."""
    return cell(element.findtext(path))


def texts(element: Element, path: str) -> list[str]:
    """The texts of all elements at this path beneath, tidied, each once and none empty."""
    return list(dict.fromkeys(filter(None, (cell(found.text) for found in element.iterfind(path)))))


def unread(element: Element, known: Container[str], at: str = "") -> Iterator[tuple[str, str]]:
    """Where something is held beneath an element that is not among the `known` paths (`A/B`, an attribute `A/B@c`), and what."""
    for name, value in element.attrib.items():
        path = f"{at}@{_local(name)}"
        if value.strip() and path not in known:
            yield path, short(value)
    for child in element:
        path = f"{at}/{_local(child.tag)}" if at else _local(child.tag)
        if path in known:
            yield from unread(child, known, path)
        elif said := _everything(child):
            yield path, short(said)


def published(said: str, file: File, field: str, read: Callable[[str], date | None] = day) -> tuple[date | None, tuple[Skipped, ...]]:
    """The day that a publisher gives a list. One that cannot be read is told: the list then counts as of the day on which it came."""
    found = read(said)
    return found, (Skipped(file.name, "skipped.date", {"text": short(said, 60), "field": field}),) if found is None and cell(said) else ()


def misfits(element: Element, form: Form, place: str) -> Iterator[Skipped]:
    """What of an entry is not taken over: texts that lost characters, fields that are not known."""
    for name, lost in losses(element):
        yield Skipped(place, "skipped.damaged", {"field": name, "text": short(lost)})
    for path, said in unread(element, form.known):
        yield Skipped(place, "skipped.field", {"field": path, "text": said})


def leftovers(tree: Tree, known: Collection[str] = ()) -> Iterator[Skipped]:
    """What stands in a file beside its entries and is not among the `known` paths beneath the root."""
    holders = {path.rpartition("/")[0] for path in tree.form.entries}
    for path, said in unread(tree.root, {*holders, *known}):
        yield Skipped(tree.file.name, "skipped.field", {"field": path, "text": said})


def attributes(at: str, names: str | Collection[str]) -> Iterable[str]:
    """The paths of these attributes of an element, as `unread` wants them."""
    return (f"{at}@{name}" for name in (names.split() if isinstance(names, str) else names))


def _everything(element: Element) -> str:
    held = (part for inner in element.iter() for part in (inner.text, inner.tail if inner is not element else "", *inner.attrib.values()))
    return " ".join(filter(None, map(cell, held)))


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _refuse_other_sorts(file: File, form: Form) -> None:
    sort = sort_of(file.data)
    if not sort:
        raise BadInput(Problem("list.empty", values={"list": form.list}, file=file.name))
    if sort != "got.xml":
        raise BadInput(_sort(file, form, sort))


def _sort(file: File, form: Form, sort: str) -> Problem:
    values = {"list": form.list, "got": sort, "expected": "XML"}
    return Problem("list.packed" if sort in PACKED else "list.sort", values=values, file=file.name)


def _broken(file: File, form: Form, error: ParseError) -> Problem:
    line, column = error.position
    if error.code in _CUT_OFF:
        return Problem("list.truncated", line=line, values={"list": form.list, "at": line}, file=file.name)
    values = {"list": form.list, "at": line, "column": column + 1, "why": str(error).partition(":")[0]}
    return Problem("list.broken", line=line, values=values, file=file.name)
