"""`enduse init`: a real start."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from unittest.mock import patch

import pytest

from enduse.config import schema
from tests.commands import Enduse, process

EMAIL = "root@example.org"


def test_a_bare_folder_becomes_an_installation_and_a_second_time_says_so(tmp_path: Path) -> None:
    environ = {"ENDUSE_DATA": str(tmp_path / "data")}
    before = process("users", environ=environ)
    assert before.code == 2
    assert "enduse init" in before.err

    first = process("init", "--name", "Root", "--email", EMAIL, "--organisation", "Алгоритм", "--json", environ=environ)
    assert (first.code, first.err) == (0, "")
    said = json.loads(first.out)
    assert (said["begun"], said["administrator"], said["database"]) == (True, EMAIL, "sqlite")
    assert len(said["password"]) > 20
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE(Path(said["key_file"]).stat().st_mode) == 0o600

    again = process("init", "--name", "Root", "--email", EMAIL, environ=environ)
    assert again.code == 3
    assert "begun" in again.out


@pytest.mark.django_db(transaction=True)
class TestHere:
    """In this process, on the tests' database."""

    def test_it_prints_what_to_do_next(self, enduse: Enduse, tmp_path: Path) -> None:
        (tmp_path / "password").write_text("wide river under a bridge 7\n")
        ran = enduse("init", "--name", "Root", "--email", EMAIL, "--password-file", tmp_path / "password", "--lang", "ru")
        assert ran.code == 0
        assert f"--by {EMAIL}" in ran.out
        assert "bridge" not in ran.out

    def test_without_a_terminal_a_name_has_to_be_given(self, enduse: Enduse) -> None:
        ran = enduse("init", "--email", EMAIL)
        assert ran.code == 2
        assert "--name" in ran.err

    @pytest.mark.parametrize(("password", "email"), [("short", EMAIL), ("wide river under a bridge 7", "nonsense")])
    def test_a_value_that_will_not_do_is_a_bad_question(self, enduse: Enduse, password: str, email: str) -> None:
        ran = enduse("init", "--name", "Root", "--email", email, "--password-file", "-", stdin=password)
        assert (ran.code, ran.out) == (2, "")

    def test_an_installation_of_an_earlier_version_is_told_how_to_go_on(self, enduse: Enduse) -> None:
        enduse("init", "--name", "Root", "--email", EMAIL)
        with patch.object(schema, "pending", return_value=["deals.0002_more"]):
            ran = enduse("init", "--json")
        assert (ran.code, ran.answer) == (3, {"begun": False, "pending": ["deals.0002_more"]})
