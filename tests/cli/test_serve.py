"""`enduse serve`: how it is called, and when it says no; serving itself is tested in tests/config/test_serving.py."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from enduse.config import serving
from tests.commands import Enduse, process


@pytest.fixture(autouse=True)
def _logs() -> Iterator[None]:
    root, events = logging.getLogger(), logging.getLogger("enduse")
    before = (list(root.handlers), root.level, events.level)
    yield
    logging.captureWarnings(False)
    root.handlers[:], root.level, events.level = before


def test_a_database_that_is_not_set_up_is_a_no_with_what_to_do(tmp_path: Path) -> None:
    ran = process("serve", environ={"ENDUSE_DATA": str(tmp_path / "data")})
    assert (ran.code, ran.out) == (3, "")
    assert "enduse init" in ran.err


def test_a_database_that_is_away_is_our_own_fault_in_words(tmp_path: Path) -> None:
    environ = {"ENDUSE_DATA": str(tmp_path / "data"), "DATABASE_URL": "postgresql://who:secret@127.0.0.1:1/nothing"}
    ran = process("serve", "--lang", "ru", environ=environ)
    assert (ran.code, ran.out) == (1, "")
    assert "DATABASE_URL" in ran.err
    assert "secret" not in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.django_db
def test_it_serves_where_it_is_told_to(enduse: Enduse) -> None:
    with patch.object(serving, "serve", return_value=0) as served, patch.object(serving, "refuse_taken"):
        assert enduse("serve", "--address", "127.0.0.2", "--port", "8099", "--workers", "3").code == 0
    how = served.call_args.args[1]
    assert (how.address, how.port, how.workers) == ("127.0.0.2", 8099, 3)


@pytest.mark.parametrize("port", ["0", "70000", "web"])
def test_a_port_that_is_none_is_a_bad_question(enduse: Enduse, port: str) -> None:
    ran = enduse("serve", "--port", port)
    assert ran.code == 2
    assert "port" in ran.err
