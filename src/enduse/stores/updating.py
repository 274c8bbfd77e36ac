"""Bringing a held list up to date from its publisher: the same is confirmed, what is new, or damaged here, is taken in, worse stays out."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from enduse.formats.problems import BadInput, Problem, nearest
from enduse.sources.own import is_mapping
from enduse.sources.own_rows import WORD as OWN
from enduse.sources.registry import SOURCES
from enduse.sources.source import File, Read, Source
from enduse.stores.checked import confirm, fetched_files
from enduse.stores.fetching import Got, Reach, fetch, file_name
from enduse.stores.lists import Snapshot, file_of, files_of, folder_of, held_words, keep, latest, reads


@dataclass(frozen=True, slots=True)
class Updated:
    """A list after an update: its newest snapshot, whether it is another than before or was damaged, and what was read where the files came anew."""

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
    held, sound = _held(data, word)
    source = source_of(word if word in SOURCES else held.kind if held else OWN)
    known = _known(data, held if sound else None, places)  # what is damaged here is not asked whether it still is the same: it comes anew
    got = [fetch(place, reach, wait=wait, **_asked(told)) for place, told in zip(places, known, strict=True)]
    told = [{"address": _sealed(place), "etag": one.etag, "modified": one.modified} for place, one in zip(places, got, strict=True)]
    if held is not None and all(one.data is None for one in got):
        confirm(folder_of(data, word, held.digest), at, told)
        return Updated(latest(data, word) or held, new=False, read=None)
    files = _files(data, source, word, held, places, got)
    snapshot, read = keep(source, files, at=at, data=data, word=word, smaller=smaller, damaged=damaged, fetched=told)
    return Updated(snapshot, not sound or held is None or snapshot.digest != held.digest, read)


def _held(data: Path, word: str) -> tuple[Snapshot | None, bool]:
    """The newest snapshot and whether it reads. Raises BadInput where nobody can say what is held of a list that has a word of its own."""
    try:
        held = latest(data, word)
    except BadInput:
        if word not in SOURCES or SOURCES[word].several:
            raise  # of which kind it was, and by which mapping, stood there
        return None, False
    return held, held is not None and reads(data, held)


def _known(data: Path, held: Snapshot | None, places: Sequence[str]) -> list[Mapping[str, str]]:
    """What the publisher said of each file last time; nothing of any where the files were others, or from elsewhere."""
    told = fetched_files(folder_of(data, held.source, held.digest)) if held is not None else []
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
    kept: Sequence[File] = files_of(data, held) if held is not None and any(one.data is None for one in got) else ()
    found = []
    for number, (place, one) in enumerate(zip(places, got, strict=True)):
        found.append(File(file_name(place, word), one.data) if one.data is not None else kept[number])
    if held is None or source.word != OWN or any(is_mapping(one) for one in found):
        return found
    return [*found, *_mapping(data, held, len(places))]


def _mapping(data: Path, held: Snapshot, published: int) -> list[File]:
    """The mapping of an own list, also where the list itself is damaged. Raises BadInput where the mapping may be what is damaged."""
    found: list[File] = []
    error: BadInput | None = None
    for number in range(len(held.files)):
        try:
            found.append(file_of(data, held, number))
        except BadInput as caught:
            error = caught
    mappings = [one for one in found if is_mapping(one)]
    if error is not None and not mappings and len(held.files) > published:
        raise error  # without it the columns would be guessed
    return mappings
