"""What all commands share: exit codes, help and usage errors in both languages."""

from __future__ import annotations

import re
import sys
from itertools import product

import pytest

from enduse.cli.base import Exit, worst
from tests.commands import Enduse, process

COMMANDS = [
    "",
    "assess",
    "prove",
    "replay",
    "acts",
    "acts check",
    "declaration",
    "declaration show",
    "declaration attach",
    "declaration schema",
    "demo",
]
HELP = "import sys; from enduse.cli.main import run; [(print('==', c), run([*c.split(), '--help'])) for c in {!r}]"


@pytest.mark.parametrize("codes", list(product(Exit, repeat=2)))
def test_the_worst_is_a_fault_then_a_bad_question_then_a_no(codes: tuple[Exit, Exit]) -> None:
    order = [Exit.yes, Exit.no, Exit.bad, Exit.fault]
    assert worst(*codes) == max(codes, key=order.index)
    assert worst() == Exit.yes


@pytest.mark.parametrize(("lang", "locale"), [("ru", "ru_RU.UTF-8"), ("en", "C.UTF-8")])
def test_every_command_has_help_in_the_language_of_the_run(lang: str, locale: str) -> None:
    import subprocess  # noqa: PLC0415

    from tests.commands import ROOT  # noqa: PLC0415

    environ = {"PYTHONPATH": str(ROOT / "src"), "LANG": locale}
    done = subprocess.run([sys.executable, "-c", HELP.format(COMMANDS)], capture_output=True, text=True, env=environ, check=True)
    pages = dict(page.split("\n", 1) for page in done.stdout.split("== ")[1:])
    assert list(pages) == COMMANDS
    for name, page in pages.items():
        head = "Использование: enduse" if lang == "ru" else "Usage: enduse"
        assert page.startswith(f"{head} {name}".rstrip()), page
        assert "--lang" in page and "--help" in page
        assert bool(re.search("[а-я]", page)) == (lang == "ru")
        assert not re.search(r"\{[a-z_]+\}", page)
        if lang == "ru":
            assert not re.search(r"\b(Options|Commands|Arguments|Show this|Usage)\b", page)
        answers = name and name not in ("acts", "declaration", "declaration schema")
        assert ("--json" in page) == bool(answers), name


def test_every_command_is_listed() -> None:
    page = process("--help").out
    for name in ("assess", "prove", "replay", "acts", "declaration", "demo"):
        assert re.search(rf"^  {name} ", page, re.MULTILINE)


USAGE = [
    ([], "a command is needed. Possible: assess, prove", "нужна команда. Возможны: assess, prove"),
    (["acts"], "a command is needed. Possible: check", "нужна команда. Возможны: check"),
    (["asess"], "there is no command `asess`. Perhaps `assess`?", "команды `asess` нет. Может быть, `assess`?"),
    (["acts", "chek"], "there is no command `chek`. Perhaps `check`?", "команды `chek` нет. Может быть, `check`?"),
    (["zzz"], "there is no command `zzz`. For a list", "команды `zzz` нет. Список"),
    (["assess"], "missing: FILE. For help: `enduse assess --help`", "не указано: FILE. Справка: `enduse assess --help`"),
    (["acts", "check"], "missing: FILE. For help: `enduse acts check --help`", "не указано: FILE. Справка: `enduse acts check --help`"),
    (["replay", "x"], "missing: --deals DEALS", "не указано: --deals DEALS"),
    (["replay"], "missing: DECISIONS.jsonl", "не указано: DECISIONS.jsonl"),
    (["assess", "--jsn", "x"], "there is no option `--jsn`. Perhaps `--json`?", "параметра `--jsn` нет. Может быть, `--json`?"),
    (["assess", "-z", "x"], "there is no option `-z`. For help: `enduse assess --help`", "параметра `-z` нет. Справка: `enduse assess --help`"),
    (["assess", "x", "--act"], "--act", "--act"),
    (["prove", "--json=1"], "--json", "--json"),
    (["prove", "x", "y"], "x y", "x y"),
    (["declaration", "show", "4.2", "4.3"], "4.3", "4.3"),
]


@pytest.mark.parametrize(("arguments", "en", "ru"), USAGE, ids=lambda case: " ".join(case) if isinstance(case, list) else "")
def test_a_mistake_in_the_words_of_a_command_is_told_in_both_languages(enduse: Enduse, arguments: list[str], en: str, ru: str) -> None:
    for lang, head, words in (("en", "Error: ", en), ("ru", "Ошибка: ", ru)):
        ran = enduse("--lang", lang, *arguments)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(head) and words in ran.err
        assert ran.err.count("\n") == 1
        if lang == "ru":
            assert not re.search(r"\b(requires|unexpected|argument|option|missing|value)\b", re.sub("`[^`]*`", "", ran.err))


def test_a_language_that_is_none_is_told_those_there_are(enduse: Enduse) -> None:
    assert "`de` will not do for --lang. Possible: ru, en" in enduse("prove", "--lang", "de").err
    assert "`` will not do for --lang" in enduse("--lang", "", "prove").err


def test_control_characters_in_the_words_of_a_command_are_not_given_back(enduse: Enduse) -> None:
    for arguments in (["\x1b[31mx"], ["assess", "--\x1b[31m"], ["assess", "\x1b]0;x\x07\u202e.yaml"], ["declaration", "show", "\u202ex"]):
        ran = enduse(*arguments)
        assert ran.code == 2
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", ran.err)
