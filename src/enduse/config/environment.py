"""The configuration of an installation: read once from the environment, every value checked, secrets also from files (`NAME_FILE`)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from enduse.formats.problems import BadInput, Problem, short
from enduse.stores.data import data_folder

T = TypeVar("T")
_LIST_WORD = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Database:
    """Where the records live: an embedded file, or a PostgreSQL server."""

    engine: str  # sqlite | postgresql
    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""
    options: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ListSettings:
    """Which published lists an organisation looks at, how old they may be, and how they are fetched."""

    chosen: tuple[str, ...]  # the lists' words; none: all that are held
    limits: Mapping[str, int]  # days, where they are others than the list's own
    addresses: Mapping[str, tuple[str, ...]]  # where they are others than the publisher's
    proxy: str  # none: the usual environment variables say
    megabytes: int
    seconds: int
    daily: bool  # the worker fetches them once a day
    time_zone: str


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of an installation. Sizes are in MB, times in the unit that their name says."""

    data: Path
    database: Database
    hosts: tuple[str, ...]
    address: str
    port: int
    secure: bool  # served over HTTPS only: cookies say so
    secret_key: str | None  # None: one is made in the data folder
    checkpoint_key: Path
    checkpoint_folder: Path
    mail_url: str
    mail_from: str
    checkpoint_mail: tuple[str, ...]
    act: str | None
    session_hours: int
    upload_mb: int
    log_format: str  # json | text
    sweep_seconds: int
    time_zone: str
    lists: ListSettings


def read_config(environ: Mapping[str, str] | None = None) -> Config:
    """The configuration that the environment gives. Raises BadInput naming the setting, what is wrong and what would be right."""
    held = os.environ if environ is None else environ
    data = data_folder(held)
    return Config(
        data=data,
        database=_database(_value(held, "DATABASE_URL"), data),
        hosts=tuple(_words(_value(held, "ENDUSE_HOSTS") or "localhost 127.0.0.1 [::1]")),
        address=_value(held, "ENDUSE_ADDRESS") or "127.0.0.1",
        port=_number(held, "ENDUSE_PORT", 8000, 1, 65535),
        secure=_choice(held, "ENDUSE_SECURE", "no", ("yes", "no")) == "yes",
        secret_key=_value(held, "ENDUSE_SECRET_KEY"),
        checkpoint_key=Path(_value(held, "ENDUSE_CHECKPOINT_KEY") or data / "keys" / "checkpoint.pem"),
        checkpoint_folder=Path(_value(held, "ENDUSE_CHECKPOINT_FOLDER") or data / "checkpoints"),
        mail_url=_checked(held, "ENDUSE_MAIL_URL", "", _mail, "smtp://user:password@host:587?tls=yes"),
        mail_from=_value(held, "ENDUSE_MAIL_FROM") or "enduse@localhost",
        checkpoint_mail=tuple(_words(_value(held, "ENDUSE_CHECKPOINT_MAIL") or "")),
        act=_value(held, "ENDUSE_ACT"),
        session_hours=_number(held, "ENDUSE_SESSION_HOURS", 9, 1, 24 * 14),
        upload_mb=_number(held, "ENDUSE_UPLOAD_MB", 50, 1, 2000),
        log_format=_choice(held, "ENDUSE_LOG", "json", ("json", "text")),
        sweep_seconds=_number(held, "ENDUSE_SWEEP_SECONDS", 60, 1, 3600),
        time_zone=_time_zone(held),
        lists=list_settings(held),
    )


def list_settings(environ: Mapping[str, str] | None = None) -> ListSettings:
    """The settings of published lists alone, for what needs no database. Raises BadInput as `read_config`."""
    held = os.environ if environ is None else environ
    return ListSettings(
        chosen=_checked(held, "ENDUSE_LISTS", "", _list_words, "un-sc ru-rosfin …"),
        limits=_limits(held, "ENDUSE_LIST_DAYS"),
        addresses=_addresses(held, "ENDUSE_LIST_ADDRESSES"),
        proxy=_checked(held, "ENDUSE_LIST_PROXY", "", _proxy, "http://user:password@host:3128"),
        megabytes=_number(held, "ENDUSE_LIST_MB", 512, 1, 4096),
        seconds=_number(held, "ENDUSE_LIST_SECONDS", 600, 1, 86_400),
        daily=_choice(held, "ENDUSE_LIST_UPDATE", "never", ("never", "daily")) == "daily",
        time_zone=_time_zone(held),
    )


def _value(environ: Mapping[str, str], name: str) -> str | None:
    """A setting's text, else what the file `NAME_FILE` holds; None where neither is given."""
    if environ.get(name):
        return environ[name]
    file = environ.get(f"{name}_FILE")
    if not file:
        return None
    try:
        return Path(file).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(Problem("setting.unreadable", values={"name": f"{name}_FILE", "file": file, "why": str(error)})) from error


def _wrong(name: str, value: str, expected: str) -> BadInput:
    return BadInput(Problem("setting.wrong", values={"name": name, "value": value, "expected": expected}))


def _checked(environ: Mapping[str, str], name: str, default: str, check: Callable[[str], T], expected: str) -> T:
    text = _value(environ, name) or default
    try:
        return check(text)
    except (ValueError, KeyError) as error:
        raise _wrong(name, re.sub(r"//.*@", "//…@", text), expected) from error


def _number(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    def check(text: str) -> int:
        if not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return _checked(environ, name, str(default), check, f"{least} … {most}")


def _choice(environ: Mapping[str, str], name: str, default: str, words: tuple[str, ...]) -> str:
    def check(text: str) -> str:
        return words[words.index(text)]

    return _checked(environ, name, default, check, " | ".join(words))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", text) if word]


def _time_zone(held: Mapping[str, str]) -> str:
    return _checked(held, "ENDUSE_TIME_ZONE", "Europe/Moscow", _zone, "Europe/Moscow")


def _list_words(text: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(_words(text)))
    if not all(_LIST_WORD.fullmatch(word) for word in words):
        raise ValueError(text)
    return words


def _limits(environ: Mapping[str, str], name: str) -> Mapping[str, int]:
    """Days by lists: `un-sc=3 ofac-sdn=14`."""

    def check(text: str) -> Mapping[str, int]:
        found = {}
        for word, _, days in (pair.partition("=") for pair in _words(text)):
            if not _LIST_WORD.fullmatch(word) or not days.isascii() or not days.isdecimal() or not 1 <= int(days) <= 3650 or word in found:
                raise ValueError(word)
            found[word] = int(days)
        return found

    return _checked(environ, name, "", check, "un-sc=3 ofac-sdn=14 (1 … 3650)")


def _addresses(environ: Mapping[str, str], name: str) -> Mapping[str, tuple[str, ...]]:
    """Addresses by lists, parted by blanks: an address may hold commas. Those of one list that are several stand one after the other."""
    found: dict[str, tuple[str, ...]] = {}
    for word, _, address in (pair.partition("=") for pair in (_value(environ, name) or "").split()):
        try:
            parts = urlsplit(address)
            good = bool(_LIST_WORD.fullmatch(word)) and parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good:  # an address may hold a token: it is not shown
            raise _wrong(name, f"{short(word, 40)}=…", "un-sc=https://host/list.xml ofac-sdn=https://host/sdn.csv ofac-sdn=https://host/alt.csv")
        found[word] = (*found.get(word, ()), address)
    return found


def _proxy(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme != "http" or not parts.hostname or parts.port == 0 or parts.path.strip("/")):
        raise ValueError(text)
    return text


def _zone(text: str) -> str:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only where a zone is asked for

    return ZoneInfo(text).key


def _mail(text: str) -> str:
    parts = urlsplit(text)
    port = parts.port  # one that is no number raises
    if text and (parts.scheme not in ("smtp", "smtps") or not parts.hostname or port == 0 or parts.path.strip("/")):
        raise ValueError(text)
    return text


def _database(url: str | None, data: Path) -> Database:
    """SQLite in the data folder, or what `DATABASE_URL` names."""
    if not url:
        return Database("sqlite", str(data / "enduse.sqlite3"))
    expected = "postgresql://user:password@host:5432/name"
    shown = re.sub(r"//.*@", "//…@", url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _wrong("DATABASE_URL", shown, expected) from error
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return Database("sqlite", unquote(parts.path))
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise _wrong("DATABASE_URL", shown, expected)
    return Database(
        "postgresql",
        unquote(parts.path.strip("/")),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.hostname or "",
        str(port or ""),
        dict(parse_qsl(parts.query)),
    )
