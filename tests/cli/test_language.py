"""Which language a command speaks, and that everything it can say is there in both."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from enduse.cli.language import language, speaking
from enduse.words import LANGUAGES, TABLE, say
from enduse.words.commands import COMMANDS
from enduse.words.errors import ERRORS
from tests.commands import ROOT, Enduse, deal_file


@pytest.mark.parametrize(
    ("arguments", "environ", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "ru_RU.UTF-8"}, "ru"),
        ([], {"LANG": "RU"}, "ru"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "kk_KZ.UTF-8"}, "en"),
        ([], {"LC_ALL": "en_GB.UTF-8", "LANG": "ru_RU.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "ru_RU", "LANG": "en_GB"}, "ru"),
        ([], {"LC_ALL": "C", "LC_MESSAGES": "ru_RU"}, "en"),
        (["assess", "x", "--lang", "ru"], {"LANG": "en"}, "ru"),
        (["--lang", "en", "assess", "x"], {"LANG": "ru_RU.UTF-8"}, "en"),
        (["--lang=ru", "assess", "x"], {}, "ru"),
        (["assess", "--lang", "ru", "--lang=en"], {}, "en"),
        (["assess", "--lang", "de"], {"LANG": "ru"}, "ru"),
        (["assess", "--lang"], {"LANG": "ru"}, "ru"),
        (["assess", "--lang", ""], {}, "en"),
        (["assess", "--", "--lang", "ru"], {}, "en"),
        (["assess", "ru"], {}, "en"),
    ],
)
def test_it_is_what_lang_says_else_the_locale(arguments: list[str], environ: dict[str, str], lang: str) -> None:
    assert language(arguments, environ) == lang


def test_the_arguments_of_a_run_count_only_within_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["enduse", "--lang", "en"])
    with speaking(["--lang", "ru"]):
        assert language() == "ru"
    assert language() == "en"


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("spelt", [("--lang", "ru"), ("--lang=ru",)])
def test_lang_may_stand_anywhere(enduse: Enduse, tmp_path: Path, before: bool, spelt: tuple[str, ...]) -> None:
    deal = deal_file(tmp_path)
    ran = enduse(*spelt, "assess", "--brief", deal) if before else enduse("assess", deal, *spelt, "--brief")
    assert ran.out.startswith("Можно экспортировать")


def test_the_locale_is_heard(enduse: Enduse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert enduse("assess", "--brief", deal_file(tmp_path)).out.startswith("Можно экспортировать")
    assert enduse("assess", "--brief", deal_file(tmp_path), "--lang", "en").out.startswith("May proceed")
    assert enduse("assess", "--json", deal_file(tmp_path)).answer["lang"] == "ru"


def names(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("code", TABLE)
def test_a_message_stands_in_both_languages_with_the_same_places(code: str) -> None:
    ru, en = TABLE[code]
    assert names(ru) == names(en)
    assert all(name.isidentifier() for name in names(ru))
    assert ru and en
    bare = re.sub(r"\{\w+\}|`[^`]*`", "", ru)
    assert re.search("[а-яё]", bare, re.IGNORECASE) or not re.search("[a-z]{3}", bare, re.IGNORECASE) or ".venv" in bare
    assert not re.search("[а-яё]", en, re.IGNORECASE)


def test_no_code_stands_in_two_tables() -> None:
    assert not set(ERRORS) & set(COMMANDS)
    assert LANGUAGES == ("ru", "en")


def said_in_code() -> set[str]:
    """Every text in the code that looks like a code of a message."""
    texts: set[str] = set()
    for path in (ROOT / "src" / "enduse").rglob("*.py"):
        if path.parent.name == "words":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if isinstance(node, ast.JoinedStr):
                texts.add("".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values))
    return texts


def test_every_message_is_said_somewhere() -> None:
    texts = said_in_code()
    patterns = [re.compile(re.escape(text).replace(r"\*", ".+")) for text in texts if "*" in text and "." in text]
    asked = {f"help.{text}" for text in texts}
    unsaid = [code for code in TABLE if code not in texts | asked and not any(pattern.fullmatch(code) for pattern in patterns)]
    assert unsaid == []


def test_a_message_that_is_not_there_is_our_fault() -> None:
    with pytest.raises(KeyError):
        say("no.such", "en")
