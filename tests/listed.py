"""Made-up lists, held as `enduse lists import` holds them, for tests of what searches them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from enduse.sources.registry import SOURCES
from enduse.sources.source import File
from enduse.stores.lists import Snapshot, keep

NAMES = ("Rosa Quill Trading", "Varnet Systems", "Ivan Petrov")
STRANGER = "Ozymandias Plumbworth"


def hold(data: Path, *names: str, word: str = "", days_ago: int = 0) -> Snapshot:
    """A list of the organisation's own with these names, taken in some days ago."""
    text = "Name\n" + "".join(f"{name}\n" for name in names or NAMES)
    at = datetime.now(UTC) - timedelta(days=days_ago)
    return keep(SOURCES["csv"], [File("own.csv", text.encode())], at=at, data=data, word=word, smaller=True)[0]
