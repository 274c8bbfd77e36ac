"""A register of many deals in an embedded database, and how long the server takes for its pages: `python -m benchmarks.casework [--deals N]`.

The deals are put in by whole batches, past the actions but with everything that an action leaves (version, decision, checks, links, a
ledger record); what is measured are the real pages, asked through the whole stack of a request, and the real actions.
"""

from __future__ import annotations

import argparse
import copy
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PEOPLE = 40
BATCH = 500
NAMES = ("Аврора", "Lakeside", "Нордик", "Sahel", "Байкал", "Orinoco", "Вектор", "Zambezi", "Гранит", "Pacific")
KINDS = ("Systems", "Телеком", "Airport Services", "Логистика", "Care Line", "Энерго", "Retail", "Медиа")
PAGES = 200


def main(arguments: list[str]) -> int:
    """Fill, measure, print; 0 where every target is met, else 3."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.casework", description=__doc__)
    options.add_argument("--deals", type=int, default=100_000)
    options.add_argument("--keep", help="a folder to fill, or to use again where it is filled")
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="enduse-casework-") as folder:
        data = Path(chosen.keep or folder)
        os.environ.update(ENDUSE_DATA=str(data), DJANGO_SETTINGS_MODULE="enduse.config.settings", ENDUSE_HOSTS="testserver localhost")
        os.environ.pop("DATABASE_URL", None)
        import django  # noqa: PLC0415 - the settings come first

        django.setup()
        return measure(data, chosen.deals)


def measure(data: Path, deals: int) -> int:
    """The whole run."""
    from django.core.management import call_command  # noqa: PLC0415

    from enduse.casework.deals.models import Deal  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if Deal.objects.count() < deals:
        began = time.perf_counter()
        fill(deals)
        print(f"filled {deals} deals in {time.perf_counter() - began:.0f} s, {size(data) / 2**20:.0f} MB", file=sys.stderr)
    figures = pages() + actions()
    for name, value, unit, target, met in figures:
        print(f"| {name} | {value} {unit} | {target} | {'met' if met else 'MISSED'} |")
    return 0 if all(met for *_, met in figures) else 3


def size(folder: Path) -> int:
    """How much the folder holds."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def content_of(number: int, chance: random.Random) -> dict[str, Any]:
    """A deal's file, unlike its neighbours; most are in order, some lack answers or are stopped."""
    from tests.builders import CLEAN  # noqa: PLC0415

    found = copy.deepcopy(CLEAN)
    who, other = (f"{chance.choice(NAMES)} {chance.choice(KINDS)} {chance.randrange(deals_of_one_name)}" for deals_of_one_name in (4000, 9000))
    found |= {"reference": f"D-{2020 + number % 7}-{number:06d}", "title": f"{chance.choice(NAMES)}: поставка {number}"}
    found.pop("date")
    found["parties"][0] |= {"name": who, "country": chance.choice(["KE", "AE", "IN", "BR", "KZ", "VN"])}
    found["parties"][1] |= {"name": other, "country": chance.choice(["KE", "AE", "IN", "BR", "KZ", "VN"])}
    found["solution"] |= {"name": f"Slovo {number % 30}", "version": f"{number % 9}.{number % 5}"}
    if number % 3 == 1:
        found["indicators"] = {key: state for key, state in found["indicators"].items() if chance.random() < 0.8}
    if number % 5 == 2:
        found["evidence"] = [
            {"id": "e1", "purpose": "military", "grade": chance.choice(["alleged", "concern"]), "source": "press", "recorded_by": "x"}
        ]
    return found


def fill(deals: int) -> None:
    """People, then deals in batches."""
    from enduse.casework.people.actions import persons  # noqa: PLC0415
    from enduse.casework.people.queries import actor_named  # noqa: PLC0415

    password = "wide river under a bridge 7"
    if not deals or not _somebody():
        persons.add_first(name="Root", email="root@example.org", password=password)
        root = actor_named("root@example.org")
        for number in range(PEOPLE):
            role = ("officer", "initiator", "approver", "auditor")[number % 4]
            persons.add_person(by=root, name=f"Person {number}", email=f"p{number}@example.org", roles=(role,), password=password)
    chance = random.Random(7)
    began = datetime.now(UTC) - timedelta(days=1)
    for start in range(0, deals, BATCH):
        batch([content_of(number, chance) for number in range(start, min(deals, start + BATCH))], start, began + timedelta(milliseconds=start * 0.5))


def _somebody() -> bool:
    from enduse.casework.people.models import Person  # noqa: PLC0415

    return Person.objects.exists()


def batch(contents: list[dict[str, Any]], start: int, at: datetime) -> None:
    """Some deals with all their rows, in one transaction."""
    from django.db import transaction  # noqa: PLC0415

    from enduse.casework import door  # noqa: PLC0415
    from enduse.casework.deals import keeping  # noqa: PLC0415
    from enduse.casework.deals.deciding import decided  # noqa: PLC0415
    from enduse.casework.deals.models import Check, Deal, Decision, Version  # noqa: PLC0415
    from enduse.casework.ledger import writing  # noqa: PLC0415
    from enduse.casework.people.queries import actor_named  # noqa: PLC0415
    from enduse.formats.deal_parts import items, party_key, subject, text  # noqa: PLC0415

    officer = actor_named("p0@example.org")
    token = door._current.set("deal.imported")
    with transaction.atomic():
        head = writing.hold_head()
        found = [decided(content, policy="patch") for content in contents]
        rows = []
        for place, (content, one) in enumerate(zip(contents, found, strict=True)):
            names = [party_key(party)[1] for party in items(content, "parties")]
            rows.append(
                Deal(
                    reference=content["reference"],
                    initiator_id=2 + (start + place) % PEOPLE,
                    handler_id=2 + (start + place) % 7,
                    created_at=at,
                    updated_at=at + timedelta(milliseconds=place / 2),
                    version=1,
                    title=content["title"],
                    counterparty=names[0],
                    country=content["parties"][0]["country"],
                    solution=" ".join((content["solution"]["name"], content["solution"]["version"])),
                    outcome=one.decision.outcome.name,
                    missing=len(one.decision.missing),
                    stage=keeping.STAGES[(start + place) % 9],
                    status="released" if (start + place) % 2 else "open",
                    search=" ".join([content["reference"], content["title"], text(content, "solution", "name"), *names]).casefold(),
                )
            )
        made = Deal.objects.bulk_create(rows)
        versions = Version.objects.bulk_create(
            [
                Version(deal=deal, number=1, content=content, digest=one.deal.digest, kind="deal.imported", by_id=officer.person, hands=[2], at=at)
                for deal, content, one in zip(made, contents, found, strict=True)
            ]
        )
        Decision.objects.bulk_create(
            [
                Decision(
                    deal=deal,
                    version=version,
                    day=one.decision.at,
                    outcome=one.decision.outcome.name,
                    fingerprint=one.decision.fingerprint,
                    signed=one.signed,
                    state=f"{one.decision.state:x}",
                    answer={"edition": one.decision.edition, "rules": list(one.decision.rules), "missing": list(one.decision.missing)},
                    at=at,
                )
                for deal, version, one in zip(made, versions, found, strict=True)
            ]
        )
        Check.objects.bulk_create(
            [
                Check(deal=deal, check_word=word, covers=subject(content, word), by_id=officer.person, at=at)
                for deal, content in zip(made, contents, strict=True)
                for word in content["checks"]
            ]
        )
        for deal, one in zip(made, found, strict=True):
            body = {"reference": deal.reference, "version": 1, "digest": one.deal.digest, "outcome": one.decision.outcome.name, "signed": one.signed}
            writing.append(head, kind="deal.imported", about=f"deal:{deal.pk}", by=officer.stamp, at=at, body=body)
    door._current.reset(token)


Row = tuple[str, str, str, str, bool]


def pages() -> list[Row]:
    """p95 of the server's time for the queue, searches and case pages, and the most queries that any took."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from enduse.casework.deals.models import Deal  # noqa: PLC0415
    from enduse.casework.people.models import Account  # noqa: PLC0415

    client = Client()
    Account.objects.update(password_by_other=False)  # or nothing opens but its change
    client.force_login(Account.objects.get(email="p0@example.org"), backend="allauth.account.auth_backends.AuthenticationBackend")
    chance = random.Random(11)
    last = Deal.objects.latest("pk").pk
    words = ["аврора", "Lakeside Systems 77", "d-2024-0123", "байкал", "Slovo 7", "ничего такого нет", "поставка 99", "zambezi"]
    asked: dict[str, Callable[[], str]] = {
        "queue": lambda: chance.choice(
            ["/deals/", "/deals/?status=open", "/deals/?outcome=hold", "/deals/?status=released&outcome=diligence", "/deals/?who=me"]
        ),
        "search": lambda: f"/deals/?q={chance.choice(words)}",
        "case page": lambda: (
            f"/deals/{chance.randrange(1, last + 1)}/{chance.choice(['intake', 'indicators', 'decision', 'approval', 'screening'])}/"
        ),
        "timeline": lambda: f"/deals/{chance.randrange(1, last + 1)}/timeline/",
    }
    figures = []
    for name, path in asked.items():
        times, queries = [], []
        for _ in range(10):
            client.get(path())
        for _ in range(PAGES):
            address = path()
            with CaptureQueriesContext(connection) as captured:
                began = time.perf_counter()
                response = client.get(address)
                times.append(1000 * (time.perf_counter() - began))
            if response.status_code != 200:
                raise RuntimeError(f"{address}: {response.status_code}")
            queries.append(len(captured))
        p95 = statistics.quantiles(times, n=20)[-1]
        figures.append(
            (
                f"{name}, p95 of {PAGES}",
                f"{p95:.0f}",
                f"ms (median {statistics.median(times):.0f}; at most {max(queries)} queries)",
                "≤ 150 ms",
                p95 <= 150,
            )
        )
    return figures


def actions() -> list[Row]:
    """How many comments a second go through the door at synchronous=FULL, beside bare commits of one small row."""
    from django.db import connection  # noqa: PLC0415

    from enduse.casework.deals.actions import files  # noqa: PLC0415
    from enduse.casework.people.queries import actor_named  # noqa: PLC0415

    officer, count = actor_named("p0@example.org"), 600
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        level = cursor.fetchone()[0]
        cursor.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, text TEXT)")
    rounds: list[tuple[float, float]] = []
    for _ in range(3):
        began = time.perf_counter()
        for number in range(count):
            with connection.cursor() as cursor:
                cursor.execute("INSERT INTO bare (text) VALUES (%s)", [f"row {number}"])
        bare = count / (time.perf_counter() - began)
        began = time.perf_counter()
        for number in range(count):
            files.comment(1 + number, by=officer, text=f"comment {number}")
        rounds.append((count / (time.perf_counter() - began), bare))
    done, bare = statistics.median(one for one, _ in rounds), statistics.median(other for _, other in rounds)
    told = f"a second, synchronous={'FULL' if level == 2 else level}; bare commits {bare:.0f} a second: 1 to {bare / done:.1f}"
    return [("actions through the door", f"{done:.0f}", told, "≥ 200 a second", done >= 200)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
