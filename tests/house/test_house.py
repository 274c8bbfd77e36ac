"""The rules of the house: what may stand where, and what starts what."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "enduse"
MODULES = sorted(path for path in SRC.rglob("*.py") if path.parent.name != "migrations")  # Django writes those
LONGEST_FILE, LONGEST_FUNCTION = 450, 60
TWINS = {  # modules that are tested through the one beside them
    "deal_shape.py": "test_deal_file.py",
    "edition_shape.py": "test_editions.py",
    "proof/logic.py": "test_prover.py",
    "proof/properties.py": "test_prover.py",
    "domain/deal.py": "test_facts.py",
}
WIRING = ("apps.py", "models.py", "urls.py", "wsgi.py")  # what Django asks for: everything that uses them tests them
DATA_LIKE = {"words/commands.py", "words/errors.py", "domain/proof/properties.py"}


def name(path: Path) -> str:
    return str(path.relative_to(SRC))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_in_its_first_line_what_lives_there(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring
    assert len(docstring.splitlines()[0]) > 20


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_files_and_functions_stay_readable(path: Path) -> None:
    text = path.read_text("utf-8")
    if name(path) not in DATA_LIKE and path.parent.name != "words":
        assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_names_say_what_a_thing_does(path: Path) -> None:
    assert path.stem not in ("utils", "util", "helpers", "helper", "common", "misc")


@pytest.mark.parametrize("path", [path for path in MODULES if path.name not in ("__init__.py", *WIRING) and "words" not in name(path)], ids=name)
def test_every_module_has_its_twin_among_the_tests(path: Path) -> None:
    folder = ROOT / "tests" / path.parent.relative_to(SRC)
    twin = next((test for end, test in TWINS.items() if name(path).endswith(end)), f"test_{path.name}")
    assert (folder / twin).is_file(), f"tests/{path.parent.relative_to(SRC)}/{twin}"


@pytest.mark.parametrize("path", [path for path in MODULES if name(path).startswith("domain/")], ids=name)
def test_public_functions_of_the_domain_say_what_they_give(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and node in tree.body:
            assert ast.get_docstring(node), node.name


def test_deciding_loads_neither_django_nor_the_solver_nor_numpy() -> None:
    code = (
        "import sys; from enduse.cli.main import run; run(['assess', '--json', '-']);"
        "print(sorted({'django', 'z3', 'numpy', 'rich'} & set(sys.modules)), file=sys.stderr)"
    )
    deal = "format: enduse/deal-1\nreference: D-1\n"
    done = subprocess.run([sys.executable, "-c", code], input=deal, capture_output=True, text=True, env={"PYTHONPATH": str(SRC.parent)}, check=False)
    assert done.stderr.strip() == "[]"
    assert '"outcome":"incomplete"' in done.stdout


def test_the_frozen_form_is_what_the_files_give() -> None:
    from importlib.resources import files  # noqa: PLC0415

    from enduse.stores.editions import FROZEN, editions_held, freeze  # noqa: PLC0415

    for edition in editions_held():
        folder = files("enduse.declaration") / edition
        assert (folder / FROZEN).read_text("utf-8") == freeze(folder), "run `make freeze`"


def test_the_architecture_names_every_package_and_domain_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for path in MODULES:
        if path.name == "__init__.py" and path.parent != SRC and path.parent.parent == SRC:
            assert f"{path.parent.name}/" in text
        if name(path).startswith("domain/") and path.parent.name == "domain" and path.name != "__init__.py":
            assert path.stem in text, path.stem
