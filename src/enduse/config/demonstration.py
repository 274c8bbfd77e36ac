"""The demonstration: an embedded database filled through the real actions, told over the past weeks; made once, then used again."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from enduse.casework import clock
from enduse.casework.ledger.actions.checkpointing import begin_key, checkpoint
from enduse.casework.people.actions.persons import add_first, add_person, substitute
from enduse.casework.people.actions.settling import settle
from enduse.casework.people.actor import SYSTEM, Actor
from enduse.casework.people.directory import strangers
from enduse.casework.people.models import Account
from enduse.casework.people.queries import actor_named
from enduse.casework.sweep import Sweep
from enduse.config import schema
from enduse.config.stories import CAST, ORGANISATION, STORIES, WORKER, Scene
from enduse.config.story_steps import Told
from enduse.demonstration import LISTS
from enduse.domain.refusals import refuse
from enduse.sources.registry import source_named
from enduse.sources.source import File
from enduse.stores.data import write_whole
from enduse.stores.lists import keep

MARK = "demonstration.json"  # stands in the data folder: what is here was made for show, and may be made anew
DOMAIN = "demo.invalid"
BEGINS, ABSENCE = 60, (timedelta(days=5), timedelta(days=19))
MORNING, PACE = timedelta(hours=6), timedelta(minutes=2)  # UTC; a day's scenes follow one another


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A demonstration that is ready: who may sign in, and with what."""

    password: str
    accounts: tuple[tuple[str, str, str], ...]  # role, e-mail, name


def ready(tell: Callable[[], None] = lambda: None) -> Demonstration:
    """The demonstration of this data folder, made where there is none; `tell` is called before that takes its seconds.

    Raises Refused where the folder holds what the demonstration did not make, and what the database raises where it cannot be asked.
    """
    mark: Path = settings.CONFIG.data / MARK
    held = _held(mark)
    if held.get("made"):
        schema.bring_up()
        hold_lists()
        return _shown(held["password"])
    half_made = held.get("made") is False
    if (schema.begun() and (not half_made or strangers(DOMAIN))) or (not half_made and _attached()):
        raise refuse("demo.not_ours", folder=str(settings.CONFIG.data))
    tell()
    password = "-".join(("demo", secrets.token_hex(2), secrets.token_hex(2), secrets.token_hex(2)))
    write_whole(mark, json.dumps({"made": False}).encode())
    if half_made:  # by the mark that stood there before, and by nothing else
        _clear()
    schema.bring_up()
    fill(password)
    hold_lists()
    write_whole(mark, json.dumps({"made": True, "password": password}).encode())
    mark.chmod(0o600)
    return _shown(password)


def _held(mark: Path) -> dict[str, Any]:
    """What the mark says; a mark that says nothing is none."""
    try:
        held = json.loads(mark.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _attached() -> bool:
    folder: Path = settings.CONFIG.data / "attachments"
    return folder.is_dir() and any(folder.iterdir())


def _shown(password: str) -> Demonstration:
    return Demonstration(password, tuple((CAST[key][0][0], email_of(key), CAST[key][1]) for key in CAST))


def hold_lists() -> None:
    """Hold the made-up lists. What is held already is known to be right today: they never grow old, however long the demonstration is used."""
    for word in LISTS:
        name = f"{word}.csv"
        content = (files("enduse.demonstration") / "lists" / name).read_bytes()
        keep(source_named("csv"), [File(name, content)], at=clock.now(), data=settings.CONFIG.data, word=word, smaller=True)


def email_of(key: str) -> str:
    """The e-mail of somebody in the stories."""
    return f"{key}@{DOMAIN}"


def _clear() -> None:
    """Take away what an earlier start left half made."""
    config = settings.CONFIG
    connections.close_all()
    for end in ("", "-wal", "-shm", "-journal"):
        Path(config.database.name + end).unlink(missing_ok=True)
    shutil.rmtree(config.data / "attachments", ignore_errors=True)


def fill(password: str) -> None:
    """Tell all stories, scene by scene in the order of their days, so that the ledger's clock never runs backwards."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # half made is made anew
    now = clock.now()
    with clock.at(_morning(now, BEGINS)):
        _people(password)
        hold_lists()
    told = {name: Told(name, {key: email_of(key) for key in CAST}) for name in STORIES}
    day, moment = BEGINS, _morning(now, BEGINS)
    for ago, name, scene in _in_order():
        moment, day = (moment + PACE, day) if ago == day else (_morning(now, ago), ago)
        with clock.at(moment):
            _play(told[name], scene)
    with clock.at(_morning(now, 1) + timedelta(hours=10)):
        absent, other = (actor_named(email_of(key)) for key in ("approver", "approver2"))
        assert absent.person is not None and other.person is not None
        since, until = (clock.today() + days for days in ABSENCE)
        substitute(by=absent, absent=absent.person, substitute=other.person, since=since, until=until, reason="отпуск")
        if not settings.CONFIG.checkpoint_key.exists():
            begin_key()
        checkpoint(by=SYSTEM)
    Sweep().go()
    connection.close()


def _in_order() -> list[tuple[int, str, Scene]]:
    scenes = [(scene[0], name, scene) for name, story in STORIES.items() for scene in story]
    return sorted(scenes, key=lambda found: -found[0])  # steady: a story's own scenes of a day stay in order


def _morning(now: datetime, ago: int) -> datetime:
    return (now - timedelta(days=ago)).replace(hour=0, minute=0, second=0, microsecond=0) + MORNING


def _people(password: str) -> None:
    add_first(name=CAST["administrator"][1], email=email_of("administrator"), password=password)
    root = actor_named(email_of("administrator"))
    settle("organisation", ORGANISATION, by=root, reason="показательные данные")
    for key, (roles, name) in CAST.items():
        if key != "administrator":
            add_person(by=root, name=name, email=email_of(key), roles=roles, password=password)
    Account.objects.update(password_by_other=False)  # whoever is shown round has one password for all of them


def _play(told: Told, scene: Scene) -> None:
    _, who, step = scene
    by: Actor = SYSTEM if who == WORKER else actor_named(email_of(who))
    step(told, by)
