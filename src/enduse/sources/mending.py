"""XML whose characters were lost on the way: made readable again where its markup is whole, each lost character marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element

LOST = "\ufffd"
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)[\"']")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WESTERN = "àáâãäçèéêëíîïñóôõöúûüÀÁÂÃÄÇÈÉÊËÍÎÏÑÓÔÕÖÚÛÜ"  # a letter of these beside a Latin one is what it seems
_FOREIGN = re.compile(f"(?<![A-Za-z{_WESTERN}])[{_WESTERN}](?![A-Za-z{_WESTERN}])|[^\\t\\n\\r -~{_WESTERN}]")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_CUT = re.compile(r"[#%*+<>=@$\"!&/]|\d[A-Za-z']|[A-Za-z']\d|^[(]?'[^a-z]|[,.:-]'|^\W+$|^\d+$")  # what is left of a word of another script
_MOST_LOST = 0.25  # of a text's characters: beyond it nothing is made of the rest


def mended(data: bytes, names: Collection[str]) -> bytes | None:
    """The bytes as UTF-8 that a parser takes, with LOST where a character went; None where they are sound as they are.

    A line that is no UTF-8 holds characters cut to one byte; what then only looks like markup, since no element of the list goes by
    that name, is lost text as well. Bytes that declare another encoding are left to the parser.
    """
    if (declared := _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))) and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "".join(map(_line, data.splitlines(keepends=True)))
        text = _AMPERSAND.sub(LOST, _no_markup(names).sub(LOST, text))
    else:
        if not _CONTROL.search(text):
            return None
    return _CONTROL.sub(LOST, text).encode()


def losses(element: Element) -> Iterator[tuple[str, str]]:
    """The texts beneath an element that lost characters, by the element that holds them. They stand without the lost ones afterwards,
    and are empty where too much of them went."""
    for inner in element.iter():
        if inner.text and LOST in inner.text:
            yield inner.tag, inner.text
            inner.text = _rest(inner.text)
        for name, value in inner.attrib.items():
            if LOST in value:
                yield f"{inner.tag}@{name}", value
                inner.set(name, _rest(value))


def _rest(text: str) -> str:
    held = len("".join(text.split()))
    return "" if text.count(LOST) > held * _MOST_LOST else text.replace(LOST, "")


def legible(name: str) -> str:
    """A name from a damaged file without what is left of words of another script, all of whose characters were cut to other ones;
    empty where that is half of it or more."""
    words = name.split()
    kept = [word for word in words if not _CUT.search(word)]
    return " ".join(kept) if 2 * len(kept) > len(words) else ""


def _line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return _FOREIGN.sub(LOST, line.decode("latin-1"))


def _no_markup(names: Collection[str]) -> re.Pattern[str]:
    known = "|".join(map(re.escape, sorted(names)))
    return re.compile(rf"<(?!/?(?:[\w.-]+:)?(?:{known})(?:\s[^<>]*)?/?>|\?xml\s|!--|!\[CDATA\[|!DOCTYPE)")
