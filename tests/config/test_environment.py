"""The configuration: every value checked, wrong ones refused with what would be right, secrets also from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from enduse.config.environment import list_settings, read_config
from enduse.formats.problems import BadInput


def test_nothing_set_is_an_embedded_database_on_this_machine(tmp_path: Path) -> None:
    config = read_config({"ENDUSE_DATA": str(tmp_path)})
    assert (config.database.engine, config.database.name) == ("sqlite", str(tmp_path / "enduse.sqlite3"))
    assert (config.address, config.port, config.secure, config.time_zone) == ("127.0.0.1", 8000, False, "Europe/Moscow")
    assert "localhost" in config.hosts
    assert config.checkpoint_key.is_relative_to(tmp_path)
    assert config.checkpoint_folder.is_relative_to(tmp_path)


def test_an_address_of_a_database_is_taken_apart() -> None:
    held = read_config({"DATABASE_URL": "postgresql://who:p%40ss@db.example:5433/name?sslmode=require"}).database
    assert (held.engine, held.name, held.user, held.password, held.host, held.port) == ("postgresql", "name", "who", "p@ss", "db.example", "5433")
    assert held.options == {"sslmode": "require"}


def test_lists_are_chosen_and_fetched_as_the_settings_say(tmp_path: Path) -> None:
    nothing = list_settings({})
    assert (nothing.chosen, dict(nothing.limits), dict(nothing.addresses), nothing.proxy, nothing.daily) == ((), {}, {}, "", False)
    (tmp_path / "addresses").write_text("eu-fsf=https://who:p@host/list?token=a,b=c\nofac-sdn=http://x/1 ofac-sdn=http://x/2\n", "utf-8")
    held = read_config(
        {
            "ENDUSE_LISTS": "un-sc, own-partners un-sc",
            "ENDUSE_LIST_DAYS": "un-sc=3,ofac-sdn=14",
            "ENDUSE_LIST_ADDRESSES_FILE": str(tmp_path / "addresses"),
            "ENDUSE_LIST_PROXY": "http://who:p@proxy:3128",
            "ENDUSE_LIST_UPDATE": "daily",
        }
    ).lists
    assert held.chosen == ("un-sc", "own-partners")
    assert held.limits == {"un-sc": 3, "ofac-sdn": 14}
    assert held.addresses == {"eu-fsf": ("https://who:p@host/list?token=a,b=c",), "ofac-sdn": ("http://x/1", "http://x/2")}
    assert (held.proxy, held.daily, held.megabytes, held.seconds) == ("http://who:p@proxy:3128", True, 512, 600)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("hidden\n")
    assert read_config({"ENDUSE_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "hidden"
    with pytest.raises(BadInput):
        read_config({"ENDUSE_SECRET_KEY_FILE": str(tmp_path / "absent")})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://who:secret@db/name"),
        ("DATABASE_URL", "postgresql://who:secret@db:port/name"),
        ("ENDUSE_PORT", "0"),
        ("ENDUSE_PORT", "web"),
        ("ENDUSE_SECURE", "maybe"),
        ("ENDUSE_LOG", "xml"),
        ("ENDUSE_SWEEP_SECONDS", "0"),
        ("ENDUSE_TIME_ZONE", "Mars/Olympus"),
        ("ENDUSE_LISTS", "un-sc UN/../x"),
        ("ENDUSE_LIST_DAYS", "un-sc"),
        ("ENDUSE_LIST_DAYS", "un-sc=0"),
        ("ENDUSE_LIST_DAYS", "un-sc=3651"),
        ("ENDUSE_LIST_DAYS", "un-sc=7 un-sc=8"),
        ("ENDUSE_LIST_DAYS", "=7"),
        ("ENDUSE_LIST_ADDRESSES", "https://host/list?token=secret"),
        ("ENDUSE_LIST_ADDRESSES", "un-sc=ftp://secret.example/list"),
        ("ENDUSE_LIST_ADDRESSES", "un-sc=https://"),
        ("ENDUSE_LIST_ADDRESSES", "un-sc=https://secret:port/list"),
        ("ENDUSE_LIST_PROXY", "socks5://who:secret@proxy:1080"),
        ("ENDUSE_LIST_PROXY", "http://who:secret@proxy:0"),
        ("ENDUSE_LIST_MB", "0"),
        ("ENDUSE_LIST_SECONDS", "soon"),
        ("ENDUSE_LIST_UPDATE", "hourly"),
        ("ENDUSE_MAIL_URL", "http://who:secret@mail"),
        ("ENDUSE_MAIL_URL", "smtp://who:secret@mail:abc"),
        ("ENDUSE_MAIL_URL", "smtp://who:secret@mail:70000"),
        ("ENDUSE_MAIL_URL", "smtp://mail:0"),
        ("ENDUSE_MAIL_URL", "smtp://who:1/secret@mail"),
        ("ENDUSE_MAIL_URL", "smtp://[mail"),
    ],
)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_wrong_value_is_told_with_what_would_be_right(name: str, value: str, lang: str) -> None:
    with pytest.raises(BadInput) as told:
        read_config({name: value})
    text = told.value.problems[0].text(lang)
    assert name in text
    assert "secret" not in text
