"""Sets up `.venv` with the locked packages on a machine that may have nothing but Python: `make` runs this.

    python3 setup/bootstrap.py run | test | bench

`test` also installs a browser, where there is none and apt-get may.
Only the standard library is used. pip comes from the first place that has one (see `PLACES`), and installs exactly what
`requirements/*.lock` names, by hash. Your own pip settings (index, certificates, proxy) are honoured, none are added.
"""

from __future__ import annotations

import configparser
import fcntl
import hashlib
import html
import json
import os
import re
import shlex
import shutil
import ssl
import subprocess
import sys
from base64 import b64encode
from ctypes.util import find_library
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit, urlunsplit
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
VENVS = {"run": ".venv", "test": ".venv", "bench": ".venv-bench"}
STATE = "enduse.json"  # in the venv: what is finished there. INVARIANT: written busy before a change, and free only after it
PIP = "26.3"
PIP_WHEEL = f"pip-{PIP}-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
SYSTEM_WHEELS = Path("/usr/share/python-wheels")
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

WORDS = {
    "making": ("making `{venv}`", "создаю `{venv}`"),
    "anew": (
        "`{venv}` was left half-made, or made elsewhere or by another Python: making it anew",
        "`{venv}` недоделано, либо сделано в другом месте или другим Python: создаю заново",
    ),
    "waiting": ("another `make` is at work on `{venv}`: waiting for it", "с `{venv}` уже работает другой `make`: жду"),
    "installer": ("pip: {where}", "pip: {where}"),
    "installing": (
        "installing {count} packages of `{lock}` (the first time this takes a minute)",
        "ставлю пакеты из `{lock}`, их {count} (в первый раз около минуты)",
    ),
    "ready": ("`{venv}` is ready", "`{venv}` готово"),
    "in-venv": ("this Python brings its own", "из самого Python"),
    "beside": ("the one installed for `{python}`", "тот, что установлен для `{python}`"),
    "system-wheel": ("the system's, `{wheel}`", "системный, `{wheel}`"),
    "index": ("version {version}, from your package index", "версия {version}, с вашего индекса пакетов"),
    "apt": (
        "Debian's, unpacked into `{venv}` (nothing is installed into the system)",
        "пакет Debian, распакован в `{venv}` (в систему ничего не ставится)",
    ),
    "old-python": (
        "enduse needs Python 3.11 or newer, and `{python}` is {version}. Install a newer one and name it, for example: make demo PYTHON=python3.12",
        "Для enduse нужен Python 3.11 или новее, а `{python}` — {version}. Установите новее и назовите его, например: make demo PYTHON=python3.12",
    ),
    "no-pip": (
        "No pip could be found or fetched, so the packages cannot be installed. Tried: {tried}. Install pip for `{python}` "
        "(on Debian and Ubuntu: apt-get install python3-venv), or name your package index in PIP_INDEX_URL, and run make again.",
        "pip не нашёлся и не скачался, поэтому пакеты поставить нечем. Испробовано: {tried}. Установите pip для `{python}` "
        "(в Debian и Ubuntu: apt-get install python3-venv) или укажите свой индекс пакетов в PIP_INDEX_URL и снова запустите make.",
    ),
    "pip-failed": (
        "pip could not install the packages of `{lock}`; its own words are above. Mostly the package index cannot be reached: "
        "see that the network is up; behind a proxy set HTTPS_PROXY, for an index of your own PIP_INDEX_URL, "
        "for certificates of your own PIP_CERT. Then run make again.",
        "pip не смог поставить пакеты из `{lock}`; его слова выше. Чаще всего недоступен индекс пакетов: "
        "проверьте сеть; за прокси задайте HTTPS_PROXY, для своего индекса — PIP_INDEX_URL, "
        "для своих сертификатов — PIP_CERT. Затем снова запустите make.",
    ),
    "no-venv": (
        "Python could not make `{venv}`; its own words are above. Its `venv` module seems to be missing: "
        "on Debian and Ubuntu it comes by apt-get install python3-venv",
        "Python не смог создать `{venv}`; его слова выше. Похоже, у него нет модуля `venv`: в Debian и Ubuntu его даёт apt-get install python3-venv",
    ),
    "not-ours": (
        "`{venv}` is in the way: it is no virtual environment, so it is left alone. Move it away and run make again.",
        "`{venv}` мешает: это не виртуальное окружение, поэтому оно не тронуто. Уберите его и снова запустите make.",
    ),
    "browser": (
        "installing what the tests in a browser need of Debian: {packages} (this takes a minute)",
        "ставлю из Debian то, что нужно тестам в браузере: {packages} (около минуты)",
    ),
    "no-browser": (
        "the browser could not be installed; apt-get's own words are above. The tests that need one will not run, all others will",
        "браузер поставить не удалось; слова apt-get выше. Тесты, которым он нужен, не пойдут, остальные пойдут",
    ),
    "system": (
        "The set-up stopped: {error}. Mend that and run make again.",
        "Установка остановилась: {error}. Устраните это и снова запустите make.",
    ),
    "interrupted": ("stopped; the next make starts over", "прервано; следующий make начнёт заново"),
    "usage": ("Say what to set up, one of: {kinds}", "Скажите, что установить, одно из: {kinds}"),
}


class Stop(Exception):
    """What keeps the set-up from going on: a key of WORDS and what fills it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(words(key, **values))


def words(key: str, **values: object) -> str:
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return WORDS[key][locale.startswith("ru")].format(**values)


def say(key: str, **values: object) -> None:
    print("==", words(key, **values), flush=True)


# What is there already


def lock_hash(kind: str) -> str:
    return hashlib.sha256(lock_file(kind).read_bytes()).hexdigest()


def lock_file(kind: str) -> Path:
    return ROOT / "requirements" / f"{kind}.lock"


def finished(venv: Path) -> dict[str, str] | None:
    """The locks that `venv` holds, by kind, or None where it is not whole: half-made, moved, or made by another Python."""
    try:
        state = json.loads((venv / STATE).read_text())
        whole = state["made"] == made_by(venv) and not state["busy"] and (venv / "bin/python").exists()
        return dict(state["locks"]) if whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def made_by(venv: Path) -> str:
    return f"{venv} {sys.version_info[0]}.{sys.version_info[1]}"


def note(venv: Path, locks: dict[str, str], *, busy: bool) -> None:
    draft = venv / (STATE + ".new")
    draft.write_text(json.dumps({"made": made_by(venv), "busy": busy, "locks": locks}))
    draft.replace(venv / STATE)


# Making it


def set_up(kind: str) -> None:
    venv = ROOT / VENVS[kind]
    if (finished(venv) or {}).get(kind) == lock_hash(kind):
        return
    with venv.with_name(venv.name + ".lock").open("w") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting", venv=venv.name)
            fcntl.flock(turn, fcntl.LOCK_EX)
        locks = finished(venv)
        if locks is None:
            make(venv)
            locks = {}
        if locks.get(kind) != lock_hash(kind):
            note(venv, locks, busy=True)
            install(venv, kind)
            put_in_place(venv)
            note(venv, {**locks, kind: lock_hash(kind)}, busy=False)
        say("ready", venv=venv.name)


def make(venv: Path) -> None:
    if venv.exists() or venv.is_symlink():
        ours = venv.is_dir() and not venv.is_symlink() and (any((venv / name).exists() for name in (STATE, "pyvenv.cfg")) or not any(venv.iterdir()))
        if not ours:
            raise Stop("not-ours", venv=venv)
        say("anew", venv=venv.name)
        shutil.rmtree(venv)
    else:
        say("making", venv=venv.name)
    venv.mkdir()
    note(venv, {}, busy=True)
    python = getattr(sys, "_base_executable", sys.executable)  # not the one of an activated venv, which may just have been removed
    if not runs([python, "-m", "venv", "--without-pip", str(venv)], quiet=False):
        raise Stop("no-venv", venv=venv)


def install(venv: Path, kind: str) -> None:
    pip, lock = find_pip(venv), lock_file(kind)
    say("installing", count=len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE)), lock=lock.relative_to(ROOT))
    options = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--no-input", "--no-warn-script-location", "--root-user-action=ignore"]
    if not sys.stdout.isatty():
        options.append("--progress-bar=off")
    if not runs([*pip, "install", *options, "-r", str(lock)], quiet=False, env=pip_environment(venv)):
        raise Stop("pip-failed", lock=lock.relative_to(ROOT))


def put_in_place(venv: Path) -> None:
    """Make `import enduse` and the command `enduse` work in `venv`, straight from the sources: no build, no network."""
    packages = next(venv.glob("lib/python3*/site-packages"))
    (packages / "enduse.pth").write_text(f"{ROOT / 'src'}\n")
    command = venv / "bin/enduse"
    python = shlex.quote(str(venv / "bin/python"))  # by way of sh: a `#!` line takes neither blanks nor a long path
    command.write_text(f"#!/bin/sh\n'''exec' {python} \"$0\" \"$@\"\n'''\nimport sys\nfrom enduse.cli.main import main\nsys.exit(main())\n")
    command.chmod(0o755)


def runs(command: list[str], *, quiet: bool = True, env: dict[str, str] | None = None, cwd: Path | None = None) -> bool:
    sink = subprocess.DEVNULL if quiet else None
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, env=env, cwd=cwd, check=False).returncode == 0
    except OSError:
        return False


# Where pip comes from


def find_pip(venv: Path) -> list[str]:
    """The command of the first pip that runs, or Stop with all the places that had none."""
    tried = []
    for name, place in PLACES.items():
        try:
            pip = place(venv)
        except (OSError, ValueError) as error:
            tried.append(f"{name} ({error})")
            continue
        if pip and runs([*pip, "--version"], env=pip_environment(venv)):
            return pip
        tried.append(name)
    raise Stop("no-pip", tried="; ".join(tried), python=sys.executable)


def from_python(venv: Path) -> list[str] | None:
    pip = [str(venv / "bin/python"), "-m", "pip"]
    if runs([*pip, "--version"]) or runs([str(venv / "bin/python"), "-m", "ensurepip"]):
        say("installer", where=words("in-venv"))
        return pip
    return None


def from_beside(venv: Path) -> list[str] | None:
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin/python")]
    if not runs([*pip, "--version"]):  # pip takes --python since 22.3
        return None
    say("installer", where=words("beside", python=sys.executable))
    return pip


def from_system_wheels(venv: Path) -> list[str] | None:
    for wheel in SYSTEM_WHEELS.glob("pip-*.whl"):
        say("installer", where=words("system-wheel", wheel=wheel))
        return from_wheel(venv, wheel)
    return None


def from_index(venv: Path) -> list[str] | None:
    """The wheel pinned above, from the index that the user has set: its page of links is the simple repository API."""
    wheel, index = venv / "pip" / PIP_WHEEL, pip_environment(venv).get("PIP_INDEX_URL")
    if not index:
        return None
    if not wheel.exists():
        page = index.rstrip("/") + "/pip/"
        link = re.search(rf"""href=["']([^"']*{re.escape(PIP_WHEEL)}[^"']*)""", fetch(page).decode())
        if not link:
            return None
        content = fetch(urldefrag(urljoin(page, html.unescape(link[1])))[0])
        if hashlib.sha256(content).hexdigest() != PIP_SHA256:
            raise ValueError(f"{PIP_WHEEL}: sha256")
        wheel.parent.mkdir(exist_ok=True)
        wheel.write_bytes(content)
    say("installer", where=words("index", version=PIP))
    return from_wheel(venv, wheel)


def from_apt(venv: Path) -> list[str] | None:
    """Debian's own pip, checked by apt; it trusts the system's certificates, so where there are none Debian's come along."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    say("installer", where=words("apt", venv=venv.name))
    wheel = next(unpack_debian("python3-pip-whl", venv / "debian").glob("usr/share/python-wheels/pip-*.whl"), None)
    if not SYSTEM_CERTIFICATES.exists() and not certificates(venv):
        trusted = sorted(unpack_debian("ca-certificates", venv / "debian").glob("usr/share/ca-certificates/mozilla/*.crt"))
        (venv / "ca.pem").write_text("\n".join(file.read_text() for file in trusted))
    for spent in ("lists", "cache"):
        shutil.rmtree(venv / "debian" / spent, ignore_errors=True)
    return from_wheel(venv, wheel) if wheel else None


PLACES = {
    "ensurepip": from_python,
    "python3 -m pip": from_beside,
    str(SYSTEM_WHEELS): from_system_wheels,
    "PIP_INDEX_URL": from_index,
    "apt-get download": from_apt,
}


def from_wheel(venv: Path, wheel: Path) -> list[str]:
    return [str(venv / "bin/python"), str(wheel / "pip")]


def unpack_debian(package: str, folder: Path) -> Path:
    """Unpack a Debian package under `folder`; needs no root, and fetches package lists of its own where the system's are missing or old."""
    tree = folder / package
    if tree.exists():
        return tree
    folder.mkdir(exist_ok=True)
    settings = (f"Dir::State::lists={folder}/lists", f"Dir::Cache={folder}/cache", "APT::Sandbox::User=root", "Acquire::Languages=none")
    own = [word for setting in settings for word in ("-o", setting)]
    if not runs(["apt-get", "download", package], cwd=folder):
        (folder / "lists/partial").mkdir(parents=True, exist_ok=True)
        (folder / "cache/archives/partial").mkdir(parents=True, exist_ok=True)
        if not (runs(["apt-get", *own, "update"], quiet=False) and runs(["apt-get", *own, "download", package], quiet=False, cwd=folder)):
            raise OSError(f"apt-get download {package}")
    archive = next(folder.glob(f"{package}_*.deb"))
    if not runs(["dpkg-deb", "-x", str(archive), str(tree)]):
        raise OSError(f"dpkg-deb -x {archive.name}")
    return tree


# The user's settings


def pip_environment(venv: Path) -> dict[str, str]:
    """The environment for pip: the user's, with uv's index where pip has none, and the certificates they trust."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    env.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    index = pip_setting("index-url") or env.get("UV_DEFAULT_INDEX") or env.get("UV_INDEX_URL")
    if index:
        env["PIP_INDEX_URL"] = re.sub(r"^[\w-]+=", "", index)  # uv also takes name=address
    trusted = certificates(venv)
    if trusted:
        env["PIP_CERT"] = trusted
    return env


def certificates(venv: Path) -> str | None:
    own = venv / "ca.pem"
    named = pip_setting("cert") or next(filter(None, map(os.environ.get, ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"))), None)
    return named or (str(own) if own.exists() else None)


def pip_setting(name: str) -> str | None:
    """What the user has told pip, in its environment or its files, the last file first."""
    told = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if told:
        return told
    config, home = configparser.RawConfigParser(strict=False), Path.home()
    user = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip/pip.conf"
    try:
        config.read([Path("/etc/pip.conf"), home / ".pip/pip.conf", user, Path(os.environ.get("PIP_CONFIG_FILE") or user)], encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return None  # pip itself will say what is wrong with its file
    return next((config[section][name] for section in ("install", "global") if config.has_option(section, name)), None)


def fetch(address: str) -> bytes:
    """Read an address, with the name and password that may stand in it and the certificates that pip would trust."""
    parts = urlsplit(address)
    request = Request(urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])))
    if parts.username:
        request.add_header("Authorization", "Basic " + b64encode(f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()).decode())
    trusted = pip_setting("cert")
    with urlopen(request, timeout=60, context=ssl.create_default_context(cafile=trusted) if trusted else None) as answer:
        content: bytes = answer.read()
        return content


# What the tests need of the system


def browser() -> None:
    """Debian's Chromium and what drives it, where they are not and this user may install them. A failure is said, and the tests go on without."""
    there = {"chromium": shutil.which("chromium"), "libatomic1": find_library("atomic")}  # the latter for Playwright's driver
    lacking = [package for package, place in there.items() if not place]
    if not lacking or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    say("browser", packages=" ".join(lacking))
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-qq", "--yes", "--no-install-recommends", *lacking]
    if not runs(install, env=env) and not (runs(["apt-get", "update", "-qq"], quiet=False, env=env) and runs(install, quiet=False, env=env)):
        say("no-browser")


def newer_python() -> str | None:
    return next(filter(None, (shutil.which(f"python3.{minor}") for minor in (14, 13, 12, 11))), None)


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):
        newer = newer_python()
        if newer:
            os.execv(newer, [newer, __file__, *arguments])
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        if sys.version_info < (3, 11):
            raise Stop("old-python", python=sys.executable, version=sys.version.split()[0])
        if len(arguments) != 1 or arguments[0] not in VENVS:
            raise Stop("usage", kinds=", ".join(VENVS))
        set_up(arguments[0])
        if arguments[0] == "test":
            browser()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 2
    except OSError as error:
        print(words("system", error=error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(words("interrupted"), file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
