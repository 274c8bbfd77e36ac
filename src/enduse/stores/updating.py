"""Bringing a held list up to date from its publisher: what is the same is confirmed, what is new is taken in, what is worse stays out."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from enduse.formats.problems import BadInput, Problem, nearest
from enduse.sources.own import is_mapping
from enduse.sources.own_rows import WORD as OWN
from enduse.sources.registry import SOURCES
from enduse.sources.source import File, Read, Source
from enduse.stores.fetching import Got, Reach, fetch, file_name
from enduse.stores.lists import Snapshot, confirm, fetched_files, files_of, folder_of, held_words, keep, latest


@dataclass(frozen=True, slots=True)
class Updated:
    """A list after an update: its newest snapshot, whether it is another than before, and what was read where the files came anew."""

    snapshot: Snapshot
    new: bool
    read: Read | None


def words_to_update(data: Path, asked: Sequence[str], chosen: Sequence[str], addresses: Mapping[str, Sequence[str]]) -> list[str]:
    """Which lists are updated: those asked for, else those chosen, else those held; of the last two those with an address.

    Raises BadInput where a list is not known, or where there is nothing to update.
    """
    held = held_words(data)
    known = [*SOURCES, *(word for word in dict.fromkeys([*held, *chosen, *addresses]) if word not in SOURCES)]
    if strange := [word for word in asked if word not in known]:
        raise BadInput(*(Problem("list.unknown", values={"list": word, "known": tuple(known), "near": nearest(word, known)}) for word in strange))
    wanted = list(dict.fromkeys(asked)) or [word for word in chosen or held if addresses_of(word, addresses)]
    if not wanted:
        raise BadInput(Problem("fetch.nothing"))
    return wanted


def addresses_of(word: str, addresses: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Where a list is fetched from: as the settings say, else from its publisher; nothing where nobody says."""
    return addresses.get(word) or (SOURCES[word].addresses if word in SOURCES else ())


def update(
    word: str,
    *,
    addresses: Mapping[str, Sequence[str]],
    reach: Reach,
    at: datetime,
    data: Path,
    source_of: Callable[[str], Source] = SOURCES.__getitem__,
    smaller: bool = False,
    damaged: bool = False,
    wait: Callable[[float], None] = time.sleep,
) -> Updated:
    """Fetch a list and take it in. `source_of` gives the source by the kind of list; `smaller` and `damaged` are those of `keep`.

    Raises BadInput: no address, nothing or not all came, no such list, or one that may not stand in for the one held. That one then stays.
    """
    places = addresses_of(word, addresses)
    if not places:
        raise BadInput(Problem("fetch.no_address", values={"list": word}))
    held = latest(data, word)
    source = source_of(word if word in SOURCES else held.kind if held else OWN)
    known = _known(data, held, places)
    got = [fetch(place, reach, wait=wait, **_asked(told)) for place, told in zip(places, known, strict=True)]
    told = [{"address": _sealed(place), "etag": one.etag, "modified": one.modified} for place, one in zip(places, got, strict=True)]
    if held is not None and all(one.data is None for one in got):
        confirm(folder_of(data, word, held.digest), at, told)
        return Updated(latest(data, word) or held, new=False, read=None)
    files = _files(data, source, word, held, places, got)
    snapshot, read = keep(source, files, at=at, data=data, word=word, smaller=smaller, damaged=damaged, fetched=told)
    return Updated(snapshot, held is None or snapshot.digest != held.digest, read)


def _known(data: Path, held: Snapshot | None, places: Sequence[str]) -> list[Mapping[str, str]]:
    """What the publisher said of each file last time; nothing of any where the files were others, or from elsewhere."""
    told = fetched_files(data, held) if held is not None else []
    if [one.get("address") for one in told] != [_sealed(place) for place in places]:
        return [{} for _ in places]
    return told


def _asked(told: Mapping[str, str]) -> dict[str, str]:
    return {"etag": told.get("etag", ""), "modified": told.get("modified", "")}


def _sealed(address: str) -> str:
    """An address as it is kept: it may hold a password or a token."""
    return hashlib.sha256(address.encode()).hexdigest()


def _files(data: Path, source: Source, word: str, held: Snapshot | None, places: Sequence[str], got: Sequence[Got]) -> list[File]:
    """The files of the list: those that came, those that are unchanged, and an own list's mapping, which nobody publishes."""
    kept: Collection[File] = files_of(data, held) if held is not None and (source.word == OWN or any(one.data is None for one in got)) else ()
    found = []
    for number, (place, one) in enumerate(zip(places, got, strict=True)):
        found.append(File(file_name(place, word), one.data) if one.data is not None else list(kept)[number])
    return [*found, *(file for file in kept if is_mapping(file) and not any(is_mapping(one) for one in found))]
