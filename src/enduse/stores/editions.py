"""The editions held: found on disk, seen to be frozen, and built; organisations' acts read beside them."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from enduse.domain.edition import Edition
from enduse.formats.edition_shape import FILES, Source, act_of, source_of
from enduse.formats.editions import edition_of
from enduse.formats.plain import Document, read_yaml
from enduse.formats.problems import BadInput, Problem
from enduse.stores.reading import in_file, read_text, text_of

CURRENT = "2026-1"
FROZEN = "frozen.json"


def editions_held() -> list[str]:
    """The names of the editions held, oldest first."""
    return sorted(folder.name for folder in files("enduse.declaration").iterdir() if folder.joinpath(FILES[0]).is_file())


@lru_cache(maxsize=8)
def load_edition(name: str = CURRENT) -> Edition:
    """The edition `name`. Raises BadInput where it is not held, or its files are not those that were frozen."""
    return edition_of(load_source(name))


@lru_cache(maxsize=8)
def load_source(name: str = CURRENT) -> Source:
    """The files of the edition `name`, in shape; from its frozen form, once its files are seen to be the frozen ones."""
    folder = _folder(name)
    frozen = json.loads(folder.joinpath(FROZEN).read_text("utf-8"))
    changed = [file for file in FILES if _digest(folder, file) != frozen["sources"].get(file)]
    if changed:
        read_source(folder)  # says with file and line what is wrong, if the change is no good either
        raise BadInput(Problem("edition.changed", values={"edition": name, "files": tuple(changed)}, file=FROZEN))
    return source_of({file: Document(frozen["files"][file]) for file in FILES})


def load_act(file: str, name: str = CURRENT) -> Edition:
    """The edition `name` with the act in `file` laid over it, looser or not: to look at. Raises BadInput with every problem and its line."""
    try:
        document = read_yaml(read_text(file))
    except BadInput as error:
        raise in_file(error, file) from error
    return edition_of(load_source(name), act_of(document, file=file), act_file=file, act_document=document)


def accepted_act(file: str, name: str = CURRENT) -> Edition:
    """The edition `name` with the act in `file`, to decide under: only if the act is no looser (1.7). Raises BadInput where it is.

    An act that only adds cannot be looser, since the strictest effect wins; one that replaces, drops or changes the
    condition of a rule is put to the solver.
    """
    held, base = load_act(file, name), load_edition(name)
    kept = {(rule.id, rule.when, rule.effect, rule.since, rule.until) for rule in held.table.rules}
    if all((rule.id, rule.when, rule.effect, rule.since, rule.until) in kept for rule in base.table.rules):
        return held
    from enduse.domain.proof.prover import looser  # noqa: PLC0415 - the solver takes longer to load than most deals to decide

    if looser(base.table, held.table) is not None:
        raise BadInput(Problem("act.looser", values={"act": held.act.act if held.act else file, "file": file}, file=file))
    return held


def read_source(folder: Traversable) -> Source:
    """The files of an edition read from their YAML. Raises BadInput with every problem, each with file and line."""
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for file in FILES:
        try:
            documents[file] = read_yaml(text_of(folder.joinpath(file).read_bytes(), file))
        except BadInput as error:
            problems += in_file(error, file).problems
        except FileNotFoundError:
            problems.append(Problem("file.absent", values={"file": file}, file=file))
    if problems:
        raise BadInput(*problems)
    source = source_of(documents)
    edition_of(source)
    return source


def freeze(folder: Traversable) -> str:
    """The frozen form of an edition's files: what they say, and the digests that hold them to it."""
    source = read_source(folder)
    held = {"sources": {file: _digest(folder, file) for file in FILES}, "files": {file: source.documents[file].data for file in FILES}}
    return json.dumps(held, ensure_ascii=False, indent=1) + "\n"


def _digest(folder: Traversable, file: str) -> str:
    return "sha256:" + hashlib.sha256(folder.joinpath(file).read_bytes()).hexdigest()


def _folder(name: str) -> Traversable:
    if name not in editions_held():
        raise BadInput(Problem("edition.not_held", values={"edition": name, "held": tuple(editions_held())}))
    return files("enduse.declaration").joinpath(name)
