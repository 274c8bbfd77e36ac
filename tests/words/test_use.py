"""Every word that a page or a module asks for by name is there, and none is there that nobody asks for."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from enduse.words import TABLE

SRC = Path(__file__).resolve().parents[2] / "src" / "enduse"
TEMPLATES = sorted((SRC / "web" / "templates").rglob("*.html"))
MODULES = sorted(path for path in SRC.rglob("*.py") if "words" not in path.parent.name and "migrations" not in path.parts)
ASKED = re.compile(r"""{%\s*say\s+["']([\w.\-]+)["']""")
BEGUN = re.compile(r"""["']([\w.\-]+\.)["']\|add:""")
ASKS = {"say", "words"}


def asked_in(path: Path) -> set[str]:
    """The codes that a module asks for with a literal."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if name in ASKS and "." in node.args[0].value:
                found.add(node.args[0].value)
    return found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_template_asks_for_words_that_are_there(path: Path) -> None:
    text = path.read_text("utf-8")
    assert sorted(set(ASKED.findall(text)) - set(TABLE)) == []
    for begun in BEGUN.findall(text):
        assert any(code.startswith(begun) for code in TABLE), begun


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_module_asks_for_words_that_are_there(path: Path) -> None:
    assert sorted(asked_in(path) - set(TABLE)) == []


def test_there_are_enough_to_mean_something() -> None:
    assert sum(len(ASKED.findall(path.read_text("utf-8"))) for path in TEMPLATES) > 100
    assert sum(len(asked_in(path)) for path in MODULES) > 100
