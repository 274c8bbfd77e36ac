"""Characters that were lost before a file came here: the markup is read all the same, and every loss is marked."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from enduse.sources.mending import LOST, legible, losses, mended

NAMES = frozenset({"LIST", "NAME"})


def cut(text: str) -> bytes:
    """The text as a program writes it that keeps the low byte of each character only."""
    return bytes(ord(letter) & 0xFF for letter in text)


def test_sound_bytes_are_left_alone() -> None:
    assert mended("<LIST><NAME>Жером</NAME></LIST>".encode(), NAMES) is None
    assert mended("<LIST><NAME>\ufffd</NAME></LIST>".encode(), NAMES) is None  # so published
    assert mended('<?xml version="1.0" encoding="ISO-8859-1"?><LIST>é</LIST>'.encode("latin-1"), NAMES) is None
    assert mended("<LIST/>".encode("utf-16"), NAMES) is None


def test_a_control_sign_is_lost_text() -> None:
    assert mended(b"<LIST>a\x0bb</LIST>", NAMES) == f"<LIST>a{LOST}b</LIST>".encode()


def test_what_only_looks_like_markup_is_lost_text() -> None:
    found = mended(cut("<LIST>\n<NAME>Jérôme</NAME>\n<NAME>мир &amp; ئ</NAME>\n<NAME>\u2019s</NAME></LIST>"), NAMES)
    assert found is not None
    root = fromstring(found)
    assert [held.tag for held in root] == ["NAME"] * 3
    assert root[0].text == "Jérôme"
    said = list(losses(root))
    assert [(tag, text.count(LOST)) for tag, text in said] == [("NAME", 2), ("NAME", 1)]
    assert [held.text for held in root] == ["Jérôme", "", ""]


def test_little_lost_leaves_the_rest() -> None:
    root = fromstring(f'<LIST a="Sa{LOST}id Khan"><NAME>Mu{LOST}tasim Yahya</NAME></LIST>')
    assert len(list(losses(root))) == 2
    assert root.get("a") == "Said Khan"
    assert root[0].text == "Mutasim Yahya"


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Abou Omar al-Sample", "Abou Omar al-Sample"),
        ("3JA 'D9/D", ""),
        ("Abou Omar ('HG',1) Sample", "Abou Omar Sample"),
        ("#(H /9'!", ""),
        ("D'Amelio O'Neill", "D'Amelio O'Neill"),
    ],
)
def test_what_is_left_of_another_script_is_no_name(name: str, rest: str) -> None:
    assert legible(name) == rest
