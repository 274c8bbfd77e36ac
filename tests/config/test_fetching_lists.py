"""The worker's lists: fetched once a day where that is wanted; one that fails stops no other, and nobody is asked again and again."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from enduse.config.environment import Config, read_config
from enduse.config.fetching_lists import TRIED, fetch_lists
from enduse.stores.lists import latest
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
    assert told(caplog) == [("work.list_not_updated", "own-a"), ("work.list_updated", "own-b")]
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
