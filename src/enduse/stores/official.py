"""The organisation's own copy of the official text, kept in the data folder beside the edition it was held against."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from enduse.formats.official import Official, parse_official
from enduse.formats.problems import BadInput, Problem
from enduse.stores.data import data_folder, write_whole
from enduse.stores.reading import opened

MOST = 8 * 1024 * 1024
_KINDS = {b"%PDF": "PDF", b"PK\x03\x04": "DOCX/ODT/ZIP", b"\xd0\xcf\x11\xe0": "DOC", b"{\\rtf": "RTF"}


def read_official(name: str) -> tuple[bytes, Official]:
    """The bytes of a copy and what they say. Raises BadInput where it is no text, or holds no clause."""
    with opened(name) as stream:
        data = stream.read(MOST + 1)
    if len(data) > MOST:
        raise BadInput(Problem("official.large", values={"file": name, "limit": MOST // 1024 // 1024}, file=name))
    for start, kind in _KINDS.items():
        if data.startswith(start):
            raise BadInput(Problem("official.format", values={"file": name, "kind": kind}, file=name))
    official = parse_official(_decoded(data))
    if not official.clauses:
        raise BadInput(Problem("official.none", values={"file": name}, file=name))
    return data, official


def keep_official(data: bytes, official: Official, edition: str, day: date) -> Path:
    """Keep a copy for `edition`: the bytes as they are, and the clauses and indicators found. Gives the folder."""
    folder = _folder(edition)
    held = {"attached": day.isoformat(), "clauses": official.clauses, "indicators": official.indicators}
    write_whole(folder / "official.txt", data)
    write_whole(folder / "official.json", (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode())
    return folder


def held_official(edition: str) -> tuple[Official, date] | None:
    """The copy kept for `edition` and the day it was attached; None where there is none."""
    path = _folder(edition) / "official.json"
    if not path.is_file():
        return None
    try:
        held = json.loads(path.read_text("utf-8"))
        texts = Official(held["clauses"], held["indicators"])
        if not (isinstance(texts.clauses, dict) and isinstance(texts.indicators, dict)):
            raise TypeError("clauses and indicators are no mappings")
        return texts, date.fromisoformat(held["attached"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(Problem("file.unreadable", values={"file": str(path), "why": type(error).__name__}, file=str(path))) from error


def _folder(edition: str) -> Path:
    return data_folder() / "declaration" / edition


def _decoded(data: bytes) -> str:
    """Text in UTF-8 (with or without a mark), UTF-16 with a mark, or Windows-1251, as such copies come."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")
