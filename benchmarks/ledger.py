"""How long verifying a long ledger takes: `python -m benchmarks.ledger [--records N] [--versions N]`, on SQLite.

The records are put in whole batches, past the triggers, with the hashes they must have; what is measured is the real command
`enduse ledger verify` as a process of its own, from its start to its end, with a checkpoint that proves all of it. Twice: a log of
records alone, and one of versions, each of which is also held against its row and the digest of its content taken anew.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.measuring import Spread, spread
from enduse.domain.ledger import Entry, Frontier, Tree, body_hash, leaf, leaf_hash, stamp
from enduse.domain.rules import canonical, fingerprint

MILLION = 1_000_000
TARGET_SECONDS = 15
BATCH = 10_000
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
Written = tuple[str, str, str]  # kind, about, body
Taken = tuple[Spread, Spread]  # seconds on the clock, and of the processor
INSERT = 'INSERT INTO ledger_record ("index", at, kind, about, "by", body_hash, leaf_hash, salt, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'


def main(arguments: list[str]) -> int:
    """Fill, verify, print; 0 where the target is met, else 3."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.ledger", description=__doc__)
    options.add_argument("--records", type=int, default=MILLION)
    options.add_argument("--versions", type=int, default=MILLION // 10)
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="enduse-ledger-") as folder:
        plain = verified(Path(folder) / "records", talk(chosen.records), [], chosen.records, chosen.runs)
        held = [content(number) for number in range(1, chosen.versions + 1)]
        versions = verified(Path(folder) / "versions", filed(held), held, chosen.versions, chosen.runs)
    target = TARGET_SECONDS * chosen.records / MILLION
    met = plain[0].median < target
    row(f"ledger verify, {chosen.records:,} records", plain, f"< {target:g} s", "yes" if met else "**no**")
    row(f"ledger verify, {chosen.versions:,} records of versions, each held against its row", versions, "", "")
    return 0 if met else 3


def row(measure: str, taken: Taken, target: str, met: str) -> None:
    """A line of the table."""
    clock, processor = taken
    note = f"the whole command; {processor.median:.1f} s of processor time"
    print(f"| {measure} | {target} | {clock.median:.1f} s ({clock.low:.1f}–{clock.high:.1f}) |  | {met} | {note} |")


def talk(count: int) -> Iterator[Written]:
    """Records such as people leave all day, of which nothing else is kept that they would be held against."""
    for number in range(count):
        about = f"deal:{1 + number % 50_000}"
        if number % 2:
            yield "deal.commented", about, canonical({"text": f"Контрагент ответил на вопрос {number}, см. письмо; жду подтверждения адреса"})
        else:
            said = {"outcome": "diligence", "today": "diligence", "stale_checks": ["screening", "risk_assessment"]}
            yield "deal.reviewed", about, canonical({**said, "note": f"round {number}"})


def content(number: int) -> dict[str, object]:
    """A deal's content of ordinary size."""
    party = {"kind": "company", "country": "KE", "address": f"{number} Ngong Road, Nairobi", "activities": [{"text": "telecommunications"}]}
    return {
        "format": "enduse/deal-1",
        "reference": f"D-{number}",
        "title": f"Speech recognition for a call centre, phase {number}",
        "solution": {"name": "Slovo", "version": "1.10", "civil_only": "yes", "hardware": "no", "identification": {"result": "not_listed"}},
        "parties": [{"role": role, "name": f"Lakeside Telecom {number}", **party} for role in ("counterparty", "end_user", "payer")],
        "checks": ["wmd", "terrorism", "military", "other_harm", "notice", "screening", "risk_assessment"],
        "indicators": {str(indicator): "absent" for indicator in range(1, 23)},
        "contract": {"clauses": "agreed"},
    }


def filed(contents: list[dict[str, object]]) -> Iterator[Written]:
    """The records of these deals being filed."""
    for number, said in enumerate(contents, 1):
        digest = fingerprint(said)
        body = {"version": 1, "digest": digest, "outcome": "incomplete", "signed": digest, "fingerprint": digest, "note": ""}
        yield "deal.filed", f"deal:{number}", canonical(body)


def verified(data: Path, records: Iterator[Written], contents: list[dict[str, object]], count: int, runs: int) -> Taken:
    """Seconds that the command took on a ledger of these records and versions."""
    data.mkdir()
    environ = {**os.environ, "ENDUSE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "enduse.config.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    environ.pop("DATABASE_URL", None)
    made = "import django; django.setup(); from django.core.management import call_command; call_command('migrate', verbosity=0)"
    key = "from enduse.casework.ledger.actions.checkpointing import begin_key; begin_key()"
    subprocess.run([sys.executable, "-c", f"{made}; {key}"], env=environ, check=True)
    fill(data / "enduse.sqlite3", records, contents)
    note = data / "note.txt"
    command = [sys.executable, "-m", "enduse.cli.main", "ledger"]
    subprocess.run([*command, "checkpoint", "--output", str(note)], env=environ, check=True, capture_output=True)
    taken, spent = [], []
    for _ in range(runs):
        began, before = time.perf_counter(), processor_seconds()
        done = subprocess.run([*command, "verify", "--checkpoint", str(note), "--json"], env=environ, capture_output=True, check=False)
        taken.append(time.perf_counter() - began)
        spent.append(processor_seconds() - before)
        said = json.loads(done.stdout or "{}")
        if not said.get("verified") or said["checkpoint"]["size"] != count or said["compared"] < len(contents):
            raise RuntimeError(f"not verified: {said.get('counts')} {done.stderr.decode()[-500:]}")
    return spread(taken), spread(spent)


def processor_seconds() -> float:
    """What the processes started here have spent so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def fill(database: Path, records: Iterator[Written], contents: list[dict[str, object]]) -> None:
    """Put the records, the head and the versions in, the triggers off meanwhile."""
    tree, rows, last = Tree(), [], ""
    with closing(sqlite3.connect(database)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for index, (kind, about, body) in enumerate(records):
            salt, last = secrets.token_bytes(32), stamp(BEGAN + timedelta(milliseconds=index))
            entry = Entry(index, last, kind, about, f"person:{1 + index % 40} account:{1 + index % 40}", body_hash(salt, body.encode()))
            hashed = leaf_hash(leaf(entry))
            tree.append(hashed)
            rows.append((index, entry.at, kind, about, entry.by, entry.body, hashed.hex(), salt.hex(), body))
            if len(rows) == BATCH:
                connection.executemany(INSERT, rows)
                rows.clear()
        connection.executemany(INSERT, rows)
        frontier = Frontier(tree.size, tuple(tree.peaks)).to_text()
        connection.execute("UPDATE ledger_head SET size = ?, frontier = ?, last_at = ?", [tree.size, frontier, last])
        put_versions(connection, contents)
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


def put_versions(connection: sqlite3.Connection, contents: list[dict[str, object]]) -> None:
    """The rows that `filed` tells of."""
    version = "INSERT INTO deals_version (id, deal_id, number, content, digest, kind, by_id, hands, at) VALUES (?, ?, 1, ?, ?, 'deal.filed', ?, ?, ?)"
    decision = (
        "INSERT INTO deals_decision (id, deal_id, version_id, day, outcome, fingerprint, signed, state, answer, at)"
        " VALUES (?, ?, ?, '2026-01-01', 'incomplete', ?, ?, '0', '{}', ?)"
    )
    for number, said in enumerate(contents, 1):
        digest, person = fingerprint(said), 1 + (number - 1) % 40
        at = (BEGAN + timedelta(milliseconds=number - 1)).strftime("%Y-%m-%d %H:%M:%S.%f")
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        connection.execute(version, [number, number, text, digest, person, f"[{person}]", at])
        connection.execute(decision, [number, number, number, digest, digest, at])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
