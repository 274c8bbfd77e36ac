"""The worker's lists: fetched once a day where that is wanted; one that fails stops no other, and nobody is asked again and again."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from enduse.config.environment import Config, read_config
from enduse.config.fetching_lists import TRIED, fetch_lists, safe
from enduse.formats.problems import Problem
from enduse.stores.lists import latest
from enduse.stores.screening import desk
from tests.stores.publisher import Publisher, body, publishing, status

OWN = b"Name,Country\nRosa Quill Trading,Kenya\n"


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with publishing() as found:
        yield found


def config(tmp_path: Path, publisher: Publisher, **more: str) -> Config:
    places = f"own-a={publisher.base}/a own-b={publisher.base}/b"
    held = {"ENDUSE_DATA": str(tmp_path), "ENDUSE_LISTS": "own-a own-b", "ENDUSE_LIST_ADDRESSES": places, "ENDUSE_LIST_UPDATE": "daily"}
    return read_config({**held, **more})


def told(log: pytest.LogCaptureFixture) -> list[tuple[str, Any]]:
    return [(record.getMessage(), record.values.get("list")) for record in log.records if record.name == "enduse"]  # type: ignore[attr-defined]


def test_lists_are_fetched_once_a_day_and_one_that_fails_stops_no_other(
    tmp_path: Path, publisher: Publisher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="enduse")
    publisher.put("/a", status(404))
    publisher.put("/b", body(OWN))
    held = config(tmp_path, publisher)
    fetch_lists(held)
    assert told(caplog) == [("work.list_not_updated", "own-a"), ("work.list_updated", "own-b"), ("work.index_built", None)]
    assert latest(tmp_path, "own-b") is not None
    fetch_lists(held)  # again at once: nobody is asked
    assert len(publisher.asked["/b"]) == 1
    os.utime(tmp_path / "lists" / TRIED, (time.time() - 90_000,) * 2)
    fetch_lists(held, stopping=lambda: True)
    assert len(publisher.asked["/b"]) == 1
    os.utime(tmp_path / "lists" / TRIED, (time.time() - 90_000,) * 2)
    fetch_lists(held)
    assert len(publisher.asked["/b"]) == 2


def test_an_attempt_that_is_yet_to_come_silences_nothing(tmp_path: Path, publisher: Publisher) -> None:
    publisher.put("/a", body(OWN))
    publisher.put("/b", body(OWN))
    held, tried = config(tmp_path, publisher), tmp_path / "lists" / TRIED
    fetch_lists(held)
    os.utime(tried, (time.time() + 500_000,) * 2)  # a clock was wrong, and was set right
    fetch_lists(held)
    assert len(publisher.asked["/b"]) == 2
    assert abs(tried.stat().st_mtime - time.time()) < 60
    fetch_lists(held)
    assert len(publisher.asked["/b"]) == 2


def test_a_folder_that_keeps_no_time_is_logged_and_nobody_asked(
    tmp_path: Path, publisher: Publisher, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("enduse.config.fetching_lists.os.utime", refuse)
    fetch_lists(config(tmp_path, publisher))
    assert told(caplog) == [("work.lists_not_updated", None)]
    assert not publisher.asked


def test_nothing_is_fetched_without_being_wanted(tmp_path: Path, publisher: Publisher) -> None:
    fetch_lists(config(tmp_path, publisher, ENDUSE_LIST_UPDATE="never"))
    assert not publisher.asked
    assert not (tmp_path / "lists").exists()


def test_what_cannot_begin_and_what_is_our_fault_is_logged(
    tmp_path: Path, publisher: Publisher, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, logger="enduse")
    fetch_lists(config(tmp_path / "none", publisher, ENDUSE_LISTS="", ENDUSE_LIST_ADDRESSES=""))
    assert told(caplog) == [("work.lists_not_updated", None)]
    caplog.clear()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("enduse.config.fetching_lists.update", broken)
    fetch_lists(config(tmp_path, publisher))
    assert told(caplog) == [("work.list_not_updated", "own-a"), ("work.list_not_updated", "own-b")]
    assert all(record.levelname == "ERROR" for record in caplog.records)


def values(log: pytest.LogCaptureFixture, name: str) -> dict[str, Any]:
    (found,) = [record.values for record in log.records if record.getMessage() == name]  # type: ignore[attr-defined]
    return dict(found)


def test_why_a_list_was_not_updated_is_logged_without_its_address(tmp_path: Path, publisher: Publisher, caplog: pytest.LogCaptureFixture) -> None:
    publisher.put("/a", status(404))
    publisher.put("/b", body(OWN))
    places = f"own-a={publisher.base.replace('//', '//somebody:secret@')}/a?token=secret"
    fetch_lists(config(tmp_path, publisher, ENDUSE_LISTS="own-a", ENDUSE_LIST_ADDRESSES=places))
    told_of = values(caplog, "work.list_not_updated")
    assert told_of["problems"] == ["fetch.status"]
    assert told_of["details"] == [{"code": "fetch.status", "status": 404, "why": "Not Found", "tries": 1}]
    assert "secret" not in str(told_of) and "127.0.0.1" not in str(told_of)


def test_words_that_may_hold_an_address_are_not_logged() -> None:
    said = "URL can't contain control characters. '/list?token=secret' (found at least ' ')"
    problem = Problem("fetch.network", values={"address": "https://x.example/", "why": said, "tries": 1, "other": "secret"})
    assert safe(problem) == {"code": "fetch.network", "why": "…", "tries": 1}
    assert safe(Problem("list.shrunk", values={"list": "un-sc", "entries": 3, "before": 9, "held": "2026-01-01"})) == {
        "code": "list.shrunk",
        "entries": 3,
        "before": 9,
        "held": "2026-01-01",
    }


def test_the_index_is_built_beforehand_and_a_failure_there_stops_nothing(
    tmp_path: Path, publisher: Publisher, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, logger="enduse")
    publisher.put("/a", body(OWN))
    publisher.put("/b", body(OWN))
    held = config(tmp_path, publisher)
    fetch_lists(held)
    (kept,) = (tmp_path / "indexes").glob("*.index")
    made = desk(tmp_path, at=datetime.now(UTC), words=held.lists.chosen, limits=held.lists.limits)
    assert [word for word, _ in made.index.lists] == ["own-a", "own-b"]
    assert list((tmp_path / "indexes").glob("*.index")) == [kept]  # it was the very one
    assert values(caplog, "work.index_built")["lists"] == 2

    def broken(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("enduse.config.fetching_lists.desk", broken)
    os.utime(tmp_path / "lists" / TRIED, (time.time() - 90_000,) * 2)
    caplog.clear()
    fetch_lists(held)
    assert told(caplog) == [("work.list_updated", "own-a"), ("work.list_updated", "own-b"), ("work.index_not_built", None)]


def test_no_index_is_built_where_nothing_was_updated(tmp_path: Path, publisher: Publisher) -> None:
    publisher.put("/a", status(404))
    publisher.put("/b", status(404))
    fetch_lists(config(tmp_path, publisher))
    assert not (tmp_path / "indexes").exists()
