"""The colours of the stylesheets: what is written in them can be read on what lies beneath (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from pathlib import Path

import enduse.web

FOLDER = Path(enduse.web.__file__).parent / "static" / "web"
SHEETS = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.css"))}
COLOURS = dict(re.findall(r"--([\w_]+): (#[0-9a-f]{3,6})\b", SHEETS["enduse.css"]))
WRITTEN = ("ink", "soft", "accent", "wrong", "not_export", "proceed", "hold", "refuse", "statutory", "diligence", "incomplete")
LEAST = 4.5


def light(colour: str) -> float:
    """The relative luminance of a colour."""
    digits = colour.lstrip("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How much two colours differ, from 1 to 21."""
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_formula_is_the_published_one() -> None:
    assert contrast("#fff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_every_colour_of_words_can_be_read_on_paper_and_on_the_ground() -> None:
    found = {(name, under): round(contrast(COLOURS[name], COLOURS[under]), 2) for name in WRITTEN for under in ("paper", "ground")}
    assert {pair: ratio for pair, ratio in found.items() if ratio < LEAST} == {}


def test_every_rule_that_sets_both_colours_can_be_read() -> None:
    found = {}
    for name, sheet in SHEETS.items():
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
            said: dict[str, str] = dict(re.findall(r"(?:^|[;\s])(background|color): ?(#[0-9a-f]{3,6}\b|var\(--[\w_]+\))", body))
            if len(said) == 2:
                front, behind = (COLOURS.get(said[key][6:-1], said[key]) for key in ("color", "background"))
                found[f"{name}: {selector.strip()}"] = round(contrast(front, behind), 2)
    assert len(found) > 8
    assert {rule: ratio for rule, ratio in found.items() if ratio < LEAST} == {}


def test_nobody_takes_the_focus_away() -> None:
    for name, sheet in SHEETS.items():
        assert not re.search(r"outline: ?(none|0)\b", sheet), name
