"""Answers in a terminal: set for its width, plain where it is none, and nothing that a name could smuggle in."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.cli.terminal import WIDEST, Page, clean, console
from enduse.domain.clearing import clear_by
from enduse.domain.decision import decide
from enduse.domain.wording import Wording
from enduse.stores.editions import load_edition
from tests.builders import DAY, deal_with
from tests.commands import EVIDENCE, STOPPED, Enduse, deal_file

HIDDEN = ["\u202e", "\u202a", "\u202c", "\u2066", "\u2069", "\u200f", "\u200e", "\u200b", "\ufeff", "\x85", "\x9b"]


def shown(lang: str = "en", *, title: str | None = None, width: int | None = None, **changes: Any) -> str:
    """What a deal's page says, on a stream that is no terminal."""
    edition, deal = load_edition(), deal_with(**changes)
    decision = decide(deal, edition, at=DAY)
    stream = io.StringIO()
    out = console(stream)
    if width:
        out.width = width
    Page(Wording(edition, lang), out).decision(decision, clear_by(deal, decision, edition), title)
    return stream.getvalue()


@pytest.mark.parametrize("mark", HIDDEN, ids=lambda mark: f"U+{ord(mark):04X}")
def test_marks_that_turn_or_hide_text_are_shown_as_what_they_are(mark: str) -> None:
    assert clean(f"a{mark}b") == "a\ufffdb"


@given(st.text())
def test_nothing_unfit_comes_through(text: str) -> None:
    for character in clean(text):
        assert unicodedata.category(character) != "Cc" or character in "\n\t"
        assert unicodedata.bidirectional(character) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def test_letters_of_every_script_stay() -> None:
    text = "Сделка № 1 — «Ясень», 名前, اسم, Ångström, 😀, [red]"
    assert clean(text) == text


@pytest.mark.parametrize("mark", HIDDEN, ids=lambda mark: f"U+{ord(mark):04X}")
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_no_name_reaches_the_terminal_with_such_marks(lang: str, mark: str) -> None:
    name = f"Acme{mark}Ltd"
    said = shown(
        lang,
        title=name,
        reference=name,
        parties=[{"role": "counterparty", "name": name}],
        solution={"name": name, "version": name},
        evidence=[
            {"id": name, "purpose": "military", "grade": "concern", "source": name, "party": name},
            {"id": "e2", "purpose": "wmd", "grade": "clearing", "rebuts": name, "source": name},
        ],
        notices=[{"from": "fstec", "written": "yes", "number": name}],
        permit={"authority": "commission", "status": "granted", "number": name, "conditions": [{"text": name}]},
        indicators={"9": {"state": "explained", "reason": name, "by": name}},
        contract={"clauses": {"state": "excused", "reason": name, "by": name}},
        record={"excused": name},
    )
    assert mark not in said
    assert "Acme\ufffdLtd" in said


@pytest.mark.parametrize("name", ["[red]Acme[/red]", "[bold", "[/]", "[link=http://x]y[/link]", ":smile:", "\\[x]", "{because}", "%s"])
def test_a_name_that_looks_like_markup_is_shown_as_it_is(enduse: Enduse, tmp_path: Path, name: str) -> None:
    deal = deal_file(
        tmp_path,
        reference=f"R {name}",
        title=f"T {name}",
        evidence=[{**EVIDENCE[0], "source": f"S {name}"}],
    )
    unknown = deal_file(tmp_path, "unknown.yaml", parties=[{"role": "owner", "name": f"P {name}"}])
    ran = enduse("assess", deal, unknown)
    assert ran.code == 3
    for letter in "RTSP":
        assert f"{letter} {name}" in " ".join(ran.out.split())  # lines may be broken
    assert f"R {name}" in enduse("assess", "--brief", deal).out


def test_a_name_that_looks_like_markup_in_an_error_is_shown_as_it_is(enduse: Enduse, tmp_path: Path) -> None:
    deal = deal_file(tmp_path, "[red]x[bold].yaml", risk="[red]low[/red]")
    ran = enduse("assess", deal)
    assert "`[red]low[/red]`" in ran.err and "[red]x[bold].yaml" in ran.err


def test_no_such_mark_in_a_bad_file_reaches_the_terminal(enduse: Enduse, tmp_path: Path) -> None:
    path = tmp_path / "deal.json"
    path.write_text(json.dumps({"format": "enduse/deal-1", "reference": "x", "risk": "a\u202eb", "k\u2066ey": 1, "parties": [{"role": "\x9bx"}]}))
    for lang in ("ru", "en"):
        ran = enduse("assess", path, "--lang", lang)
        assert ran.code == 2
        assert "a\ufffdb" in ran.err and "k\ufffdey" in ran.err
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x80-\x9f]", ran.err)


def test_it_is_plain_where_there_is_no_terminal() -> None:
    said = shown(**STOPPED)
    assert "\x1b" not in said
    assert all(len(line) <= WIDEST + 30 for line in said.splitlines())
    assert all(line == line.rstrip() for line in said.splitlines())


@pytest.mark.parametrize("width", [20, 40, 60])
def test_a_narrow_terminal_loses_nothing(width: int) -> None:
    edition, deal = load_edition(), deal_with(**STOPPED)
    decision = decide(deal, edition, at=DAY)
    said = shown(width=width, **STOPPED)
    squeezed = re.sub(r"\s", "", said)
    assert re.sub(r"\s", "", Wording(edition, "en").reason(decision, decision.reasons[0]))[:40] in squeezed


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_page_has_all_its_parts(lang: str) -> None:
    said = shown(lang, title="A title", **STOPPED, checks=["wmd"])
    parts = {
        "ru": ("Почему", "Чего не хватает", "Что снимет остановку", "Что должен разработчик", "отпечаток sha256:", "не отпускается"),
        "en": ("Why", "What is missing", "What would release it", "What the developer owes", "fingerprint sha256:", "not released"),
    }
    for part in ("A title", "D-1", *parts[lang]):
        assert part in said


def test_what_nothing_releases_says_so() -> None:
    said = shown(evidence=[{"id": "e", "purpose": "wmd", "grade": "confirmed", "source": "an admission"}])
    assert "Nothing." in said and "REFUSE" in said


def test_what_the_deal_says_in_vain_is_noted() -> None:
    said = shown(evidence=[*EVIDENCE, {"id": "e2", "purpose": "military", "grade": "clearing", "rebuts": "e1", "source": "x", "recorded_by": "Anna"}])
    assert "Noted" in said and "e2" in said


@pytest.mark.parametrize("brief", [True, False])
def test_a_name_of_several_lines_cannot_fake_an_answer(enduse: Enduse, tmp_path: Path, brief: bool) -> None:
    name = "D-1\nMay proceed             5.2, 5.3         D-2\n▌ MAY PROCEED"
    ran = enduse("assess", *(["--brief"] if brief else []), deal_file(tmp_path, reference=name, title=name, **STOPPED))
    assert ran.code == 3
    assert not any(line.startswith(("May proceed", "▌ MAY")) for line in ran.out.splitlines())


@pytest.mark.parametrize("mark", ["\u061c", "\u2028", "\u2029", "\xad", "\u180e", "\u2060", "\U000e0041"], ids=lambda mark: f"U+{ord(mark):04X}")
def test_rarer_marks_that_hide_or_turn_text_are_shown_too(mark: str) -> None:
    assert clean(f"a{mark}b") == "a\ufffdb"


def test_marks_in_the_names_of_an_act_do_not_reach_the_terminal(enduse: Enduse, tmp_path: Path) -> None:
    act = tmp_path / "act.yaml"
    act.write_text(
        'format: enduse/act-1\nact: "RO\\u202eBOTA"\ntitle: {ru: А, en: B}\ndated: 2026-11-01\nedition: 2026-1\n'
        'rules: [{rule: "o\\u202ewn", effect: refuse, when: export, clauses: ["1.7"], text: {ru: а, en: b}}]\n'
    )
    ran = enduse("assess", deal_file(tmp_path), "--act", act)
    assert ran.code == 3
    assert "\u202e" not in ran.out
