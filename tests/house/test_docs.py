"""The docs are tested: everything is documented in both languages, every example runs and answers as pasted.

`ENDUSE_WRITE_DOCS=1 pytest tests/house/test_docs.py` pastes the real answers anew; read the difference before committing it.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest

from enduse.casework.deals.keeping import STAGES
from enduse.cli.base import Exit
from enduse.cli.main import enduse
from enduse.documents.register_tables import COLUMNS
from enduse.domain.clearing import clear_by
from enduse.domain.decision import decide
from enduse.domain.ledger import Checkpoint
from enduse.domain.proof.prover import looser
from enduse.domain.wording import Wording
from enduse.formats.answers import answer
from enduse.formats.deal_file import read_deal
from enduse.formats.deal_shape import published_schema
from enduse.formats.edition_shape import FILES, act_of
from enduse.formats.editions import edition_of
from enduse.formats.plain import read_json, read_yaml
from enduse.formats.register_mapping import RegisterMapping
from enduse.formats.register_words import FIELDS
from enduse.stores.editions import load_edition, load_source
from enduse.stores.keys import create_key, sign
from enduse.stores.reading import items
from enduse.words import say
from enduse.words.errors import ERRORS

ROOT = Path(__file__).parents[2]
WRITING = "ENDUSE_WRITE_DOCS" in os.environ
LANGUAGES = {"en": "C.UTF-8", "ru": "ru_RU.UTF-8"}
GUIDES = {lang: sorted((ROOT / "docs" / lang).glob("*.md")) for lang in LANGUAGES}
READMES = {"en": ROOT / "README.md", "ru": ROOT / "README.ru.md"}
PAGES = {lang: [READMES[lang], *GUIDES[lang]] for lang in LANGUAGES}
EVERY_PAGE = [(lang, page) for lang, pages in PAGES.items() for page in pages]
page_names = [str(page.relative_to(ROOT)) for _, page in EVERY_PAGE]
on_each_page = pytest.mark.parametrize(("lang", "page"), EVERY_PAGE, ids=page_names)
in_both_languages = pytest.mark.parametrize("lang", LANGUAGES)
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CHANGING = re.compile(  # fingerprints of other content, hashes, moments, seconds, keys and what they sign, passwords made up
    r"(?:sha256:)?[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)|\d{8}T\d{6}Z|\d+[.,]\d+ (?=[sс]\))|\"seconds\":[\d.]+"
    r"|[0-9a-f]{8}\+[A-Za-z0-9+/]{44}|(?<= )[A-Za-z0-9+/]{91}=|^[A-Za-z0-9+/]{43}=$|\b(?:[a-z2-9]{5}-){3}[a-z2-9]{5}\b",
    re.MULTILINE,
)


class Block(NamedTuple):
    """A fenced block: its kind, the file it is to be saved as, its text, where the text stands."""

    kind: str
    file: str
    text: str
    start: int


def blocks(page: Path) -> list[Block]:
    return [Block(found[1], found[2] or "", found[3], found.start(3)) for found in FENCE.finditer(page.read_text())]


def guides(lang: str) -> str:
    return "\n".join(page.read_text() for page in GUIDES[lang])


def named(text: str) -> set[str]:
    """Every word in backticks; what only an example has is not explained."""
    words = {word for piece in re.findall(r"`([^`\n]+)`", FENCE.sub("", text)) for word in (piece, *re.split(r"[^\w.\-]+", piece))}
    return words | {part for word in words for part in word.split(".")}


def commands(command: click.Command = enduse, path: str = "enduse") -> Iterator[tuple[str, click.Command]]:
    """Every command there is, with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands(inner, f"{path} {name}")


COMMANDS = dict(commands())
LEAVES = {path for path, command in COMMANDS.items() if not isinstance(command, click.Group) or command.invoke_without_command}


def options(command: click.Command) -> set[str]:
    return {name for param in command.get_params(click.Context(command)) if isinstance(param, click.Option) for name in param.opts}


def environment_variables() -> set[str]:
    """What the code reads of the environment: the texts in capitals of every module that does."""
    sources = [path.read_text() for folder in ("src", "setup") for path in (ROOT / folder).rglob("*.py")]
    texts = [node for source in sources if re.search(r"\bos\.environ\b|getenv", source) for node in ast.walk(ast.parse(source))]
    words = {node.value for node in texts if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    by_options = {str(param.envvar) for command in COMMANDS.values() for param in command.params if param.envvar}
    return by_options | {word for word in words if re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", word) and len(word) > 3}


def keys_of_a_deal() -> set[str]:
    schema = published_schema()
    return {key for shape in (schema, *schema["$defs"].values()) for key in shape.get("properties", {})}


def lacking(lang: str, wanted: set[str]) -> set[str]:
    return wanted - named(guides(lang))


@in_both_languages
def test_every_command_is_in_the_guides(lang: str) -> None:
    assert {path for path in LEAVES if not re.search(rf"`{path}\b", guides(lang))} == set()


@in_both_languages
def test_every_option_is_in_the_guides(lang: str) -> None:
    assert lacking(lang, {option for command in COMMANDS.values() for option in options(command)}) == set()


@in_both_languages
def test_every_option_stands_beside_its_command(lang: str) -> None:
    text = next(page for page in GUIDES[lang] if page.name == "user-guide.md").read_text()
    rows = {path: "".join(re.findall(rf"^\| `{path}\b.*$", text, re.MULTILINE)) for path in LEAVES}
    assert {path: lacks for path, row in rows.items() if (lacks := options(COMMANDS[path]) - {"--help", "-h", "--lang"} - named(row))} == {}


@in_both_languages
def test_every_target_of_make_is_in_the_guides(lang: str) -> None:
    targets = re.findall(r"^([a-z]+):.* ## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert [target for target in targets if target != "help" and f"`make {target}`" not in guides(lang)] == []


@in_both_languages
def test_every_exit_code_is_in_the_guides(lang: str) -> None:
    assert lacking(lang, {*(str(int(code)) for code in Exit), "130"}) == set()


@in_both_languages
def test_every_environment_variable_is_in_the_guides(lang: str) -> None:
    assert "ENDUSE_DATA" in environment_variables()
    assert lacking(lang, environment_variables()) == set()


@in_both_languages
def test_every_error_code_is_in_the_guides(lang: str) -> None:
    assert lacking(lang, set(ERRORS)) == set()


@in_both_languages
def test_every_key_of_a_deal_and_every_fact_is_in_the_guides(lang: str) -> None:
    facts = {fact for fact in load_edition().facts if not fact.startswith("indicator_")}
    assert lacking(lang, keys_of_a_deal() | facts) == set()


@in_both_languages
def test_every_column_of_the_register_and_key_of_its_mapping_is_in_the_guides(lang: str) -> None:
    assert [head for column in COLUMNS if (head := say(f"register_column.{column}", lang)) not in guides(lang)] == []
    assert lacking(lang, {*RegisterMapping.model_fields, *STAGES, *(field.rpartition(".")[2] for field in FIELDS)}) == set()


@in_both_languages
def test_every_field_of_an_answer_is_in_the_guides(lang: str) -> None:
    edition, demonstration = load_edition(), ROOT / "src/enduse/demonstration"
    fields: set[str] = set()
    for path in demonstration.glob("*.yaml"):
        deal = read_deal(read_yaml(path.read_text()), edition)
        decision = decide(deal, edition, at=date(2026, 11, 9))
        fields |= set(answer(decision, clear_by(deal, decision, edition), Wording(edition, lang)))
    assert lacking(lang, fields) == set()


@on_each_page
def test_the_commands_of_an_example_exist(lang: str, page: Path) -> None:
    lines = [
        line for block in blocks(page) if block.kind in ("sh", "console") for line in block.text.splitlines() if block.kind == "sh" or line[:1] == "$"
    ]
    code = [*lines, *re.findall(r"`(enduse [^`\n]+)`", page.read_text())]
    calls = [call for piece in code for call in re.findall(r"\benduse((?: [^\s|;>`'\"]+)+)", piece.split(" # ")[0])]
    assert [call for call in calls if not understood(call.split())] == []


def understood(words: list[str]) -> bool:
    """Whether a call names a command that exists, and options that it has."""
    path = "enduse"
    while words and f"{path} {words[0]}" in COMMANDS:
        path = f"{path} {words.pop(0)}"
    called = path in LEAVES or words[:1] in (["--help"], ["--version"]) or path == "enduse declaration"
    return called and {word for word in words if word.startswith("--")} <= options(COMMANDS[path])


def test_the_languages_have_the_same_pages() -> None:
    assert [page.name for page in GUIDES["en"]] == [page.name for page in GUIDES["ru"]] != []


def test_the_pages_have_the_same_sections_examples_and_tables() -> None:
    for english, russian in zip(PAGES["en"], PAGES["ru"], strict=True):
        assert outline(english) == outline(russian), english.name


def outline(page: Path) -> list[str]:
    """The build of a page: headings by their depth, fences by kind and file, the code in the first column of tables."""
    text = page.read_text()
    fences = [f"{block.kind} {block.file}" for block in blocks(page)]
    rows = [" ".join(re.findall(r"`([^`]+)`", row.split(" | ")[0])) for row in re.findall(r"^\| .*$", text, re.MULTILINE)]
    return [*re.findall(r"^#+(?= )", FENCE.sub("", text), re.MULTILINE), *fences, *rows]


def test_the_readmes_name_the_same_commands() -> None:
    english, russian = (sorted(re.findall(r"\b(?:make|enduse) [a-z]+[^`\n#]*?(?=\s*[`\n#])", READMES[lang].read_text())) for lang in LANGUAGES)
    assert english == russian != []


@on_each_page
def test_links_lead_somewhere(lang: str, page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", FENCE.sub("", page.read_text()))
    assert [link for link in links if not (page.parent / (link.split("#")[0] or page.name)).exists()] == []
    assert [link for link in links if "#" in link and link.split("#")[1] not in anchors(page.parent / (link.split("#")[0] or page.name))] == []


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@on_each_page
def test_a_deal_or_act_in_an_example_is_accepted_and_decided(lang: str, page: Path, tmp_path: Path) -> None:
    edition = load_edition()
    for block in blocks(page):
        if block.text.startswith("format: enduse/deal-1"):
            path = tmp_path / "deal.yaml"
            path.write_text(block.text)
            (item,) = items(str(path))
            assert item.document is not None, item.problem
            acted = edition_with_the_act_on(page) or edition
            deal = read_deal(item.document, acted, file=block.file)
            assert deal.date is not None, "an example does not depend on the day it is run"
            assert decide(deal, acted, at=deal.date).reasons
        elif block.text.startswith("format: enduse/act-1"):
            document = read_yaml(block.text)
            held = edition_of(load_source(), act_of(document, file=block.file), act_file=block.file, act_document=document)
            assert (looser(edition.table, held.table) is None) == (block.file == "act.yaml"), block.file
        elif block.kind in ("json", "jsonl"):
            assert [read_json(line) for line in block.text.splitlines()] != []


def edition_with_the_act_on(page: Path) -> Any:
    for block in blocks(page):
        if block.file == "act.yaml":
            document = read_yaml(block.text)
            return edition_of(load_source(), act_of(document, file="act.yaml"), act_file="act.yaml", act_document=document)
    return None


@on_each_page
def test_a_python_example_runs(lang: str, page: Path, tmp_path: Path) -> None:
    for block in blocks(page):
        if block.kind == "python":
            run = subprocess.run([sys.executable, "-W", "error", "-c", block.text], **place(lang, tmp_path), check=False)
            assert run.returncode == 0, run.stdout


@on_each_page
def test_an_example_answers_as_pasted(lang: str, page: Path, tmp_path: Path) -> None:
    surroundings = place(lang, tmp_path)
    pasted = page.read_text()
    for block in blocks(page):
        if block.file:
            (tmp_path / block.file).write_text(block.text)
    real: dict[int, tuple[int, str]] = {}
    for block in blocks(page):
        if block.kind != "console":
            continue
        at = block.start
        for call in re.split(r"^(?=\$ )", block.text, flags=re.MULTILINE)[1:]:
            command, _, said = call.partition("\n")
            answered = subprocess.run(["sh", "-c", command[2:]], **surroundings, check=False).stdout
            answered = answered.replace(f"{tmp_path}/", "")
            answered = "".join(line.rstrip() + "\n" for line in answered.strip("\n").splitlines() if answered.strip())
            if not like(said, answered):
                assert WRITING and "…" not in said, f"{command}\n\n{answered}"
                real[at + len(command) + 1] = (len(said), answered)
            at += len(call)
    for start, (length, answered) in sorted(real.items(), reverse=True):
        pasted = pasted[:start] + answered + pasted[start + length :]
    if real:
        page.write_text(pasted)


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no `openssl`")
@in_both_languages
def test_a_checkpoint_verifies_with_the_script_of_the_guide(lang: str, tmp_path: Path) -> None:
    guide = next(page for page in GUIDES[lang] if page.name == "integrator-guide.md")
    script = next(block.text for block in blocks(guide) if block.file == "verify-note.sh")
    (tmp_path / "verify-note.sh").write_text(script)
    key = create_key(tmp_path / "key.pem", "enduse/ledger")
    note = sign(Checkpoint("enduse/ledger", 5, bytes(range(32)), "2026-11-22T20:00:00.000000Z"), key)
    (tmp_path / "key.txt").write_text(key.public + "\n")
    for text, verified in ((note, True), (note.replace("\n5\n", "\n6\n"), False)):
        (tmp_path / "note.txt").write_text(text)
        run = subprocess.run(["sh", "verify-note.sh", "note.txt", "key.txt"], **place(lang, tmp_path), check=False)
        assert (run.returncode == 0) is verified, run.stdout


def place(lang: str, folder: Path) -> dict[str, Any]:
    """How a command of the docs is run: in a folder of its own, in the page's language, with `enduse` on the path."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "enduse").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m enduse.cli.main "$@"\n')
    (programs / "enduse").chmod(0o755)
    path = f"{programs}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    environment = {"PATH": path, "PYTHONPATH": str(ROOT / "src"), "LANG": LANGUAGES[lang], "PYTHONUTF8": "1", "ENDUSE_DATA": str(folder / "data")}
    return {"cwd": folder, "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}


def like(said: str, answered: str) -> bool:
    """Whether a pasted answer is the real one: `…` stands for lines, or for part of one; fingerprints and seconds may differ."""
    lines = CHANGING.sub("~", said).splitlines()
    pattern = "".join("(.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + "\n" for line in lines)
    return re.fullmatch(pattern, CHANGING.sub("~", answered)) is not None


def test_nothing_committed_names_where_it_was_made() -> None:
    hosts = ["pypi" + ".org", "python" + "hosted", "test." + "pypi", "npmjs" + ".", "crates" + ".io", "proxy." + "golang"]
    places = ["/wo" + "rk/", "/t" + "mp/", "/ro" + "ot/", "issues " + "show", "anth" + "ropic", "cla" + "ude"]
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in committed()
        if path.name != "same_names.txt"  # names of people: some tool always bears one of them
        if (text := path.read_bytes())
        for word in [*hosts, *places]
        if word.lower().encode() in text.lower()
    ]
    assert found == []


def committed() -> list[Path]:
    """The files that git holds or would take; where there is no git, those beside the sources."""
    listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    folders = ("src", "tests", "docs", "setup", "requirements", "benchmarks")
    return [path for name in folders for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_the_files_of_an_edition_are_those_that_the_acts_page_speaks_of() -> None:
    for lang in LANGUAGES:
        text = (ROOT / "docs" / lang / "acts.md").read_text()
        spoken = set(re.findall(r"`(?:src/enduse/declaration/2026-1/)?(\w+\.yaml)`", text))
        assert {"duties.yaml", "rules.yaml"} <= spoken <= {*FILES, "act.yaml"}
