"""Logs: one line an event, with numbers and codes, never what somebody wrote."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError

from enduse.config import logs


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    root, events = logging.getLogger(), logging.getLogger("enduse")
    before = (list(root.handlers), root.level, events.level)
    stream = io.StringIO()
    logs.set_up("json", stream=stream)
    yield stream
    logging.captureWarnings(False)
    root.handlers[:], root.level, events.level = before


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_a_line_of_json(said: io.StringIO) -> None:
    logs.event("work.swept", looked=3)
    (line,) = lines(said)
    assert (line["level"], line["event"], line["looked"]) == ("info", "work.swept", 3)
    assert line["time"].endswith("Z")
    assert "request" not in line


def test_it_carries_the_number_of_the_request(said: io.StringIO) -> None:
    token = logs.request_id.set("abc12345")
    logs.event("request")
    logs.request_id.reset(token)
    assert lines(said)[0]["request"] == "abc12345"


def test_what_others_log_is_told_without_what_fills_it_in(said: io.StringIO) -> None:
    logging.getLogger("django.request").warning("Not Found: %s", "/people/Иванов")
    assert lines(said)[0]["says"] == "Not Found: %s"
    assert "Иванов" not in said.getvalue()


def failing(error: Exception) -> None:
    try:
        raise error
    except type(error):
        logging.getLogger("django.request").error("failed", exc_info=True)


def test_an_error_is_told_by_class_and_place_and_not_by_its_words(said: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENDUSE_TRACEBACK", raising=False)
    failing(ValueError("passport 4509 123456"))
    (line,) = lines(said)
    assert line["error"] == "ValueError"
    assert line["at"][-1].endswith(" failing")
    assert "passport" not in said.getvalue()


def test_the_words_of_the_database_being_away_are_told(said: io.StringIO) -> None:
    failing(OperationalError("connection refused"))
    assert lines(said)[0]["why"] == "connection refused"


def test_text_is_for_people(said: io.StringIO) -> None:
    said.truncate(0)
    logs.set_up("text", stream=said)
    logs.event("work.stuck", error=ValueError(), deal=5)
    head, *frames = said.getvalue().splitlines()
    assert " info work.stuck deal=5 error=" in head
    assert frames == []
