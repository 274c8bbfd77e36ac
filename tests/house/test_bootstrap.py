"""The set-up: locks without addresses, a half-made venv noticed, a plain word where nothing works."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from setup import bootstrap

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
LOCK_LINE = re.compile(r"[a-z0-9-]+==[0-9a-z.+!]+( ; [^\\:]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")


def pins(lock: str) -> set[str]:
    """Each `name==version ; marker` of a lock, with its hashes."""
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements" / lock).read_text().strip())
    return {" ".join(entry.replace("\\\n", "").split()) for entry in entries}


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[\w.-]+", line) for line in requirements)
    return {match[0].lower().replace(".", "-") for match in found if match}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an empty lock, so that nothing needs the network."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/run.lock").write_text("")
    for name in ("PIP_INDEX_URL", "PIP_CONFIG_FILE", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Takes the place of pip, and keeps what was asked of it."""
    asked: list[str] = []

    def install(venv: Path, kind: str) -> None:
        asked.append(kind)

    monkeypatch.setattr(bootstrap, "install", install)
    return asked


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_versions_and_hashes_and_no_address(lock: Path) -> None:
    odd = [line for line in lock.read_text().splitlines() if not LOCK_LINE.fullmatch(line)]
    assert odd == []
    assert all("--hash=sha256:" in pin for pin in pins(lock.name))


@pytest.mark.parametrize("lock", ["test.lock", "bench.lock"])
def test_what_runs_is_locked_alike_everywhere(lock: str) -> None:
    assert pins("run.lock") <= pins(lock)


def test_a_plain_pip_install_asks_for_what_the_run_lock_was_made_from() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    direct = [line for line in (ROOT / "requirements/run.in").read_text().splitlines() if not line.startswith("#")]
    assert names(project["dependencies"]) == names(direct)


def test_a_second_run_does_nothing(project: Path, installs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap.set_up("run")
    capsys.readouterr()
    bootstrap.set_up("run")
    assert installs == ["run"]
    assert capsys.readouterr().out == ""


def test_a_changed_lock_is_installed_into_the_same_venv(project: Path, installs: list[str]) -> None:
    bootstrap.set_up("run")
    (project / ".venv/kept").touch()
    (project / "requirements/run.lock").write_text("# changed\n")
    bootstrap.set_up("run")
    assert installs == ["run", "run"]
    assert (project / ".venv/kept").exists()


def killed_before_python(venv: Path) -> None:
    (venv / "bin/python").unlink()


def killed_while_installing(venv: Path) -> None:
    bootstrap.note(venv, {}, busy=True)


def killed_at_the_first_step(venv: Path) -> None:
    for path in sorted(venv.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def made_by_another_tool(venv: Path) -> None:
    (venv / bootstrap.STATE).unlink()


def cut_short_state(venv: Path) -> None:
    (venv / bootstrap.STATE).write_text('{"made": ')


def moved_from_elsewhere(venv: Path) -> None:
    state = json.loads((venv / bootstrap.STATE).read_text())
    (venv / bootstrap.STATE).write_text(json.dumps({**state, "made": "/elsewhere/.venv 3.11"}))


@pytest.mark.parametrize(
    "harm", [killed_before_python, killed_while_installing, killed_at_the_first_step, made_by_another_tool, cut_short_state, moved_from_elsewhere]
)
def test_a_half_made_venv_is_made_anew(harm: Callable[[Path], None], project: Path, installs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    bootstrap.set_up("run")
    left_over = project / ".venv/lib/left-over"
    left_over.touch()
    harm(project / ".venv")
    bootstrap.set_up("run")
    assert installs == ["run", "run"]
    assert "making it anew" in capsys.readouterr().out
    assert not left_over.exists()
    assert (project / ".venv/bin/python").exists()


def test_an_install_that_fails_leaves_the_venv_to_be_made_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(venv: Path, kind: str) -> None:
        raise bootstrap.Stop("pip-failed", lock=kind)

    monkeypatch.setattr(bootstrap, "install", fails)
    with pytest.raises(bootstrap.Stop):
        bootstrap.set_up("run")
    assert bootstrap.finished(project / ".venv") is None


def test_a_folder_that_is_no_venv_is_left_alone(project: Path) -> None:
    (project / ".venv").mkdir()
    (project / ".venv/thesis.txt").write_text("years of work")
    with pytest.raises(bootstrap.Stop, match="left alone"):
        bootstrap.set_up("run")
    assert (project / ".venv/thesis.txt").read_text() == "years of work"


def test_the_command_and_the_import_come_from_the_sources(project: Path, installs: list[str]) -> None:
    cli = project / "src/enduse/cli"
    cli.mkdir(parents=True)
    (cli / "main.py").write_text("import sys\n\ndef main():\n    print(*sys.argv[1:])\n    return 3\n")
    bootstrap.set_up("run")
    answer = subprocess.run([project / ".venv/bin/enduse", "two words", "$HOME"], capture_output=True, text=True, cwd="/", check=False)
    assert (answer.returncode, answer.stdout, answer.stderr) == (3, "two words $HOME\n", "")


@pytest.mark.parametrize(("locale", "said"), [("C.UTF-8", "No pip could be found or fetched"), ("ru_RU.UTF-8", "pip не нашёлся и не скачался")])
def test_where_nothing_works_it_says_what_to_do(
    locale: str, said: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(venv: Path) -> list[str] | None:
        raise OSError("no route to host")

    monkeypatch.setenv("LANG", locale)
    monkeypatch.setattr(bootstrap, "PLACES", {"a bare place": lambda venv: None, "a broken place": broken, "a dead pip": lambda venv: ["/bin/false"]})
    assert bootstrap.main(["run"]) == 2
    message = capsys.readouterr().err
    assert said in message
    for helpful in ("a bare place", "a broken place (no route to host)", "a dead pip", "python3-venv", "PIP_INDEX_URL", sys.executable):
        assert helpful in message
    assert "Traceback" not in message


def test_an_older_python_can_read_it_and_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ast.parse(Path(bootstrap.__file__).read_text(), feature_version=(3, 7))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setattr(bootstrap, "newer_python", lambda: None)
    with monkeypatch.context() as old:
        old.setattr(sys, "version_info", (3, 9, 2))
        answer = bootstrap.main(["run"])
    assert answer == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_every_message_stands_in_both_languages_and_names_the_same_things() -> None:
    blanks = {key: [set(re.findall(r"{\w+}", text)) for text in pair] for key, pair in bootstrap.WORDS.items()}
    assert [key for key, pair in blanks.items() if len(pair) != 2 or pair[0] != pair[1]] == []


def an_index(folder: Path, content: bytes) -> str:
    (folder / "pip").mkdir(parents=True)
    (folder / bootstrap.PIP_WHEEL).write_bytes(content)
    (folder / "pip/index.html").write_text(f'<a href="../{bootstrap.PIP_WHEEL}#sha256=0">{bootstrap.PIP_WHEEL}</a>')
    return folder.as_uri()


def read_file_address(address: str) -> bytes:
    return Path(address.removeprefix("file://")).joinpath("index.html" * address.endswith("/")).read_bytes()


def test_pip_comes_from_the_index_that_is_set_for_uv(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = an_index(tmp_path / "index", b"a wheel")
    monkeypatch.setattr(bootstrap, "fetch", read_file_address)
    monkeypatch.setattr(bootstrap, "PIP_SHA256", hashlib.sha256(b"a wheel").hexdigest())
    monkeypatch.setattr(bootstrap, "pip_setting", lambda name: None)
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"ours={index}")
    venv = project / ".venv"
    venv.mkdir()
    assert bootstrap.from_index(venv) == [str(venv / "bin/python"), str(venv / "pip" / bootstrap.PIP_WHEEL / "pip")]
    assert (venv / "pip" / bootstrap.PIP_WHEEL).read_bytes() == b"a wheel"
    assert bootstrap.pip_environment(venv)["PIP_INDEX_URL"] == index


def test_a_pip_with_another_hash_is_refused(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", an_index(tmp_path / "index", b"something else"))
    monkeypatch.setattr(bootstrap, "fetch", read_file_address)
    with pytest.raises(ValueError, match="sha256"):
        bootstrap.from_index(project / ".venv")
    assert not (project / ".venv").exists()


@pytest.fixture
def debian(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A venv to be, on a Debian without certificates whose packages stand ready in a folder."""
    for file in (
        "python3-pip-whl/usr/share/python-wheels/pip-23.0.1-py3-none-any.whl",
        "ca-certificates/usr/share/ca-certificates/mozilla/B.crt",
        "ca-certificates/usr/share/ca-certificates/mozilla/A.crt",
    ):
        path = tmp_path / "debian" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.stem)
    for name in ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(bootstrap, "pip_setting", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap, "SYSTEM_CERTIFICATES", tmp_path / "none.crt")
    monkeypatch.setattr(bootstrap, "unpack_debian", lambda package, folder: tmp_path / "debian" / package)
    (project / ".venv").mkdir()
    return project / ".venv"


def test_debians_pip_gets_debians_certificates_where_there_are_none(debian: Path) -> None:
    pip = bootstrap.from_apt(debian)
    assert pip is not None
    assert pip[1].endswith("python-wheels/pip-23.0.1-py3-none-any.whl/pip")
    assert (debian / "ca.pem").read_text() == "A\nB"
    assert bootstrap.pip_environment(debian)["PIP_CERT"] == str(debian / "ca.pem")


def test_certificates_of_the_users_own_come_first(debian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/office/ca.pem")
    bootstrap.from_apt(debian)
    assert not (debian / "ca.pem").exists()
    assert bootstrap.pip_environment(debian)["PIP_CERT"] == "/office/ca.pem"


def test_settings_in_pips_own_files_are_read_the_users_last(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home/.pip").mkdir(parents=True)
    (tmp_path / "home/.pip/pip.conf").write_text("[global]\nindex-url = https://old.example/simple\ncert = /old.pem\n")
    (tmp_path / "own.conf").write_text("[global]\nindex-url = https://own.example/100%simple\n")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "own.conf"))
    monkeypatch.delenv("PIP_CERT", raising=False)
    assert bootstrap.pip_setting("index-url") == "https://own.example/100%simple"
    assert bootstrap.pip_setting("cert") == "/old.pem"
    monkeypatch.setenv("PIP_INDEX_URL", "https://environment.example/simple")
    assert bootstrap.pip_setting("index-url") == "https://environment.example/simple"


@pytest.fixture
def system(project: Path, installs: list[str], monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """A Debian without a browser, whose root we are: keeps what apt-get was asked for, and all of it works."""
    asked: list[list[str]] = []

    def runs(command: list[str], **options: object) -> bool:
        asked.append(command)
        return True

    monkeypatch.setattr(bootstrap, "set_up", installs.append)
    monkeypatch.setattr(bootstrap, "runs", runs)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "chromium" else f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap, "find_library", lambda name: None)
    return asked


@pytest.mark.parametrize(("locale", "said"), [("C.UTF-8", "installing what the tests"), ("ru_RU.UTF-8", "ставлю из Debian")])
def test_the_tests_get_a_browser(
    locale: str, said: str, system: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert bootstrap.main(["test"]) == 0
    assert [(command[0], command[-2:]) for command in system] == [("apt-get", ["chromium", "libatomic1"])]
    assert said in capsys.readouterr().out


def test_beside_a_browser_only_what_drives_it_is_installed(system: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert bootstrap.main(["test"]) == 0
    assert [command[-2:] for command in system] == [["--no-install-recommends", "libatomic1"]]


def test_what_only_runs_gets_no_browser(system: list[list[str]]) -> None:
    assert bootstrap.main(["run"]) == 0
    assert system == []


def has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap, "find_library", lambda name: f"lib{name}.so.1")


def has_no_apt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)


def is_not_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


@pytest.mark.parametrize("place", [has_one, has_no_apt, is_not_root])
def test_no_browser_is_installed_where_there_is_one_or_where_it_cannot_be(
    place: Callable[[pytest.MonkeyPatch], None], system: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place(monkeypatch)
    assert bootstrap.main(["test"]) == 0
    assert system == []
    assert capsys.readouterr().out == ""


def test_old_package_lists_are_renewed_before_a_second_try(
    system: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails_at_first(command: list[str], **options: object) -> bool:
        system.append(command)
        return len(system) > 1

    monkeypatch.setattr(bootstrap, "runs", fails_at_first)
    assert bootstrap.main(["test"]) == 0
    assert [("update" in command, "install" in command) for command in system] == [(False, True), (True, False), (False, True)]
    assert "could not" not in capsys.readouterr().out


def test_a_browser_that_cannot_be_installed_is_said_and_stops_nothing(
    system: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "runs", lambda command, **options: False)
    assert bootstrap.main(["test"]) == 0
    assert "the browser could not be installed" in capsys.readouterr().out
