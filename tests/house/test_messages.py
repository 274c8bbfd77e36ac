"""What of the docs is generated: the page of messages, and who may do what. `ENDUSE_WRITE_DOCS=1` writes it anew."""

from __future__ import annotations

import ast
import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

import enduse.words
from enduse.casework.people.roles import POWERS
from enduse.words import LANGUAGES, TABLE, say
from enduse.words.errors import ERRORS
from enduse.words.refusals import REFUSALS

ROOT = Path(__file__).parents[2]
TELLING = {"Problem", "Refusal", "refuse", "Finding", "found", "PydanticCustomError", "_bad"}  # what is called with a code to be told
HEADS = {
    "en": """# Messages

The codes that EndUse answers with, and their words. In JSON a code stands in `code` or `codes`, and in the logs in `problems`.
Codes stay: others are added, none is renamed. A word in braces is filled in. This page is generated.
""",
    "ru": """# Сообщения

Коды, которыми отвечает EndUse, и их слова. В JSON код стоит в `code` или `codes`, в журнале сервера — в `problems`.
Коды постоянны: новые добавляются, прежние не переименовываются. На место слова в фигурных скобках ставится значение. Страница создана программой.
""",
}
COLUMNS = {"en": "| code | says |", "ru": "| код | слова |"}


@cache
def codes() -> tuple[str, ...]:
    """Every code that is told: those of the two tables, and those that other tables have words for and the sources call."""
    called = {code for path in (ROOT / "src/enduse").rglob("*.py") if "words" not in path.parts for code in _called(ast.parse(path.read_text()))}
    return tuple(sorted({*ERRORS, *REFUSALS, *(called & TABLE.keys())}))


def _called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in TELLING:
            yield from (text for given in node.args[:2] for text in _texts(given))
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == "code" for to in node.targets):
            yield from _texts(node.value)


def _texts(node: ast.AST) -> Iterator[str]:
    return (part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str))


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def page(lang: str) -> str:
    """The page in one language."""
    parts = [HEADS[lang]]
    for prefix, group in groupby(codes(), lambda code: code.partition(".")[0]):
        rows = [f"| `{code}` | {_cell(TABLE[code][LANGUAGES.index(lang)])} |" for code in group]
        parts.append("\n".join([f"## {prefix}\n", COLUMNS[lang], "|---|---|", *rows, ""]))
    return "\n".join(parts)


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|").replace("<", "&lt;")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_what_the_tables_say(lang: str) -> None:
    path = ROOT / "docs" / lang / "messages.md"
    if "ENDUSE_WRITE_DOCS" in os.environ:
        path.write_text(page(lang))
    assert path.read_text() == page(lang), "ENDUSE_WRITE_DOCS=1 pytest tests/house/test_messages.py"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbench_guide_ends_with_who_may_do_what(lang: str) -> None:
    path = ROOT / "docs" / lang / "workbench.md"
    rows = "".join(
        f"| `{verb}` | {say(f'verb.{verb}', lang)} | {', '.join(say(f'role.{role}', lang) for role in roles)} |\n" for verb, roles in POWERS.items()
    )
    before, rule, told = path.read_text().rpartition("|---|---|---|\n")
    if "ENDUSE_WRITE_DOCS" in os.environ:
        path.write_text(before + rule + rows)
        told = rows
    assert told == rows, "ENDUSE_WRITE_DOCS=1 pytest tests/house/test_messages.py"


def test_no_code_is_said_twice() -> None:
    tables = [held for name, held in vars(enduse.words).items() if isinstance(held, dict) and name.isupper() and held is not TABLE]
    assert [code for code, count in Counter(code for held in tables for code in held).items() if count > 1] == []


def test_codes_of_every_kind_are_found() -> None:
    assert {"file.absent", "people.no_role", "backup.broken", "ledger.leaf", "serve.taken", "deal.indicator", "ledger.row_missing"} <= set(codes())
