"""What became known of a list's snapshot since it was taken in: when it was last given out, and the day that somebody told by hand.

It is a file of its own in the snapshot's folder, the only one there that is ever written anew, and always whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from enduse.stores.data import write_whole

CHECKED, FORMAT = "checked.json", "enduse/list-checked-1"


@dataclass(frozen=True, slots=True)
class Checked:
    """When just these bytes were last given out, what the publisher said of each file then (nothing where somebody brought them), the day told."""

    at: datetime | None = None
    files: tuple[Mapping[str, str], ...] = ()
    by_hand: date | None = None


def checked_in(folder: Path) -> Checked:
    """What is known of the snapshot in this folder. Raises OSError, ValueError, KeyError or TypeError where the file is damaged."""
    path = folder / CHECKED
    if not path.is_file():
        return Checked()
    data = json.loads(path.read_text("utf-8"))
    if data["format"] != FORMAT:
        raise ValueError(data["format"])
    at, by_hand = data["checked"], data.get("day_by_hand")
    files = tuple({str(name): str(value) for name, value in dict(one).items()} for one in data["files"])
    return Checked(None if at is None else datetime.fromisoformat(at), files, None if by_hand is None else date.fromisoformat(by_hand))


def known_of(folder: Path) -> Checked | None:
    """What is known of the snapshot in this folder; None where the file is damaged."""
    try:
        return checked_in(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def confirm(folder: Path, at: datetime, fetched: Sequence[Mapping[str, str]]) -> None:
    """Write down that the publisher gave out just this snapshot at a moment, and what it said of each file. The day told by hand stays.

    Raises BadInput where it cannot.
    """
    known = known_of(folder) or Checked()
    _write(folder, Checked(at, tuple(fetched), known.by_hand))


def tell(folder: Path, day: date, *, before: Checked | None = None) -> None:
    """Write down the day that somebody tells of this snapshot; `before` is what was known of it, else what the folder says.

    That somebody brought it again later says no more then; that the publisher gave it out still does. Raises BadInput where it cannot.
    """
    known = before or known_of(folder) or Checked()
    _write(folder, Checked(known.at, known.files, day) if known.files else Checked(by_hand=day))


def fetched_files(folder: Path) -> list[Mapping[str, str]]:
    """What the publisher said of each file when it last gave the snapshot out; nothing where it was brought by hand."""
    known = known_of(folder) or Checked()  # where it is damaged all is fetched anew
    return list(known.files)


def _write(folder: Path, known: Checked) -> None:
    data: dict[str, object] = {"format": FORMAT, "checked": known.at and known.at.isoformat(), "files": [dict(one) for one in known.files]}
    if known.by_hand is not None:
        data["day_by_hand"] = known.by_hand.isoformat()
    write_whole(folder / CHECKED, json.dumps(data, ensure_ascii=False, indent=1).encode())
