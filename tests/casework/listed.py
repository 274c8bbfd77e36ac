"""Made-up lists in the data folder of the tests, for the time of a test: nobody else finds them there."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings

from enduse.casework import clock
from enduse.casework.deals.actions import screening
from enduse.casework.deals.models import Search
from enduse.casework.people.actor import Actor
from enduse.formats.deal_parts import items
from enduse.sources.registry import source_named
from enduse.sources.source import File
from enduse.stores import indexes, lists
from tests.casework.cast import held as held_deal

TITLES = ("id", "name", "alias", "kind", "birth date", "nationality", "country", "address", "registration number", "programme", "reason")
LISTED = {"id": "A-1", "name": "Lakeside Telecom", "kind": "company", "country": "Kenya", "programme": "ARMS", "reason": "ships arms"}


@contextmanager
def held(*rows: dict[str, str], word: str = "own-a") -> Iterator[None]:
    """Within, a list of these entries is held."""
    try:
        hold(*rows, word=word)
        yield
    finally:
        forget()


def hold(*rows: dict[str, str], word: str = "own-a", at: datetime | None = None) -> lists.Snapshot:
    """Take a list of these entries in, of the day that it is."""
    text = io.StringIO()
    table = csv.DictWriter(text, TITLES)
    table.writeheader()
    table.writerows([{name: row.get(name, "") for name in TITLES} for row in rows])
    files = [File("own.csv", text.getvalue().encode())]
    return lists.keep(source_named("csv"), files, at=at or clock.now(), data=settings.CONFIG.data, word=word, smaller=True)[0]


def forget() -> None:
    """Take every list away."""
    for folder in (lists.FOLDER, indexes.FOLDER):
        shutil.rmtree(settings.CONFIG.data / folder, ignore_errors=True)
    indexes.forget()


def search(cast: Mapping[str, Actor], deal: int) -> Any:
    """An officer holds every party of a deal, as it stands, against the lists."""
    return screening.search(deal, by=cast["anna"], seen=held_deal(deal).version.number)


def states(deal: int) -> list[str]:
    """How each party of a deal stands, in their order."""
    now = held_deal(deal)
    return [now.screening.state(party) for party in items(now.content, "parties")]


def settled(by: Actor, deal: int) -> None:
    """A deal of which one party was found on a list, and was somebody else."""
    with held(LISTED):
        screening.search(deal, by=by, seen=1)
    found = Search.objects.filter(deal=deal).order_by("pk")[0]
    screening.settle_hit(deal, by=by, seen=2, found=found.pk, number=0, result="dismissed", reason="another street")
