"""The page of a receipt: one page, the same bytes every time, whatever letters come and however much there is of it."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest
import typst

from enduse.documents import receipt_pdf as module
from enduse.documents.receipt_pdf import page, receipt_pdf
from enduse.domain.screening.hit import Blind, Feature, Found, Hit
from enduse.domain.screening.query import Query
from enduse.domain.screening.receipt import Receipt, Searched
from enduse.domain.screening.search import Norms
from enduse.formats.receipts import plain
from enduse.reference import country_codes

HIT = Hit("own", "17", "Роза Квилл", "weak", 0.91, 0.4, (Feature("feature.same", {"query": "Rosa", "entry": "Роза"}, 0.9),) * 4)
LISTED = Searched("un-sc", "ok", "United Nations", "sha256:" + "ab" * 32, date(2026, 11, 20), date(2026, 11, 20), 1003, 7)
RECEIPT = Receipt(
    Query("Роза Квилл"), (LISTED,), "names-1", Norms(), Found((HIT,)), datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC), "0.1.0", ("ca-sema",)
)
EMPTY = replace(RECEIPT, found=Found(()), unsearched=())
STRANGE = [
    "中文 名前 한국",
    "😀🇷🇺",
    "عبد الله",
    "\u202eabc\u200f",
    "a\u0323\u0302\u0350 אָ̃ ع̃",
    "क्ष ไทย",
    "\x00\x07\ud800",
    '#panic() *b* $x$ \\ "q" @l <l> `r` //c',
]


def pages(pdf: bytes) -> int:
    (count,) = re.findall(rb"/Type /Pages\s+/Count (\d+)|/Count (\d+)", pdf)
    return int(count[0] or count[1])


def everything_of(hits: int) -> dict[str, Any]:
    return page(replace(RECEIPT, found=Found((HIT,) * 20, more=3)), "en", hits=hits, lines=2, notes=10)


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("receipt", [RECEIPT, EMPTY, replace(EMPTY, lists=())], ids=["hits", "clear", "no lists"])
def test_it_is_a_page_and_the_same_bytes_every_time(receipt: Receipt, lang: str) -> None:
    pdf = receipt_pdf(receipt, lang)
    assert pdf.startswith(b"%PDF-1.7")
    assert pages(pdf) == 1
    assert receipt_pdf(receipt, lang) == pdf
    assert receipt_pdf(replace(receipt, query=Query("Somebody")), lang) != pdf


@pytest.mark.parametrize("text", STRANGE, ids=ascii)
def test_no_letter_is_an_error_and_nothing_is_read_as_markup(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    hit = replace(HIT, name=text, entry=text, list=text, explanation=(Feature("feature.same", {"query": text, "entry": text}, 0.5),))
    receipt = replace(RECEIPT, query=Query(text, address=text, identifiers=(text,)), lists=(replace(LISTED, publisher=text),), found=Found((hit,)))
    assert pages(receipt_pdf(receipt, "ru")) == 1


def test_a_letter_without_a_font_stands_as_its_code_point() -> None:
    shown = module._shown({"name": "Ли 中\u202e", "count": 1}, module._FONTS)
    assert shown == {"name": "Ли [U+4E2D][U+202E]", "count": 1}


def test_letters_that_do_not_go_together_after_all_become_code_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_FONTS", ((0x20, 0xFFFF),))
    assert pages(receipt_pdf(replace(RECEIPT, query=Query("Ли 中文")), "ru")) == 1


def test_every_letter_that_is_said_to_have_a_font_has_one() -> None:
    letters = [chr(code) for first, last in module._FONTS for code in range(first, last + 1) if not unicodedata.category(chr(code)).startswith("C")]
    assert len(letters) > 1200
    template = files("enduse.documents").joinpath("receipt.typ").read_bytes()
    base = {**page(EMPTY, "en", hits=0, lines=0, notes=0), "digest": ""}
    for at in range(0, len(letters), 250):
        module._set(template, {**base, "name": " ".join(letters[at : at + 250])})
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        module._set(template, {**base, "name": "中"})


def test_however_much_there_is_it_stays_one_page_and_says_how_much_more() -> None:
    long = "中" * 2000
    much = replace(
        RECEIPT,
        query=Query("w" * 2000, "person", tuple(sorted(country_codes())), None, tuple(f"{long}{at}" for at in range(50)), long),
        lists=tuple(replace(LISTED, word=f"{long}{at}", publisher=long, state="old" if at % 2 else "ok") for at in range(60)),
        algorithm="names-1" * 20,
        norms=Norms(0.5, {f"{'l' * 20}{at}": 0.5 for at in range(50)}),
        found=Found((replace(HIT, name=long),) * 20, 5, tuple(Blind(long) for _ in range(30))),
        unsearched=tuple(f"list-{at}" for at in range(300)),
    )
    for lang in ("ru", "en"):
        assert pages(receipt_pdf(much, lang)) == 1
    many = replace(RECEIPT, found=Found((HIT,) * 20, more=3))
    assert pages(receipt_pdf(many, "en")) == 1
    told = everything_of(5)
    assert (len(told["hits"]), told["more"]) == (5, "and 18 more; all are in the receipt's JSON")
    assert told["hits"][0]["why"][-1] == "and 2 more"


def test_the_page_says_what_the_receipt_says() -> None:
    told = page(RECEIPT, "ru", hits=20, lines=8, notes=10)
    assert told["name"] == "Роза Квилл"
    assert told["verdict"].startswith("Найдено совпадений: 1")
    assert told["tone"] == "hits"
    assert told["hits"][0]["kind"] == "слабое другое имя"
    assert told["lists"] == [
        {"word": "un-sc", "publisher": "United Nations", "day": "2026-11-20", "entries": "1003", "state": "годен", "digest": "ab" * 8}
    ]
    assert told["not_covered"] == ["в этих списках не искали: ca-sema"]
    assert told["more"] == told["more_lists"] == ""
    assert json.dumps(told)


def test_an_incomplete_search_says_so_above_all_and_a_clear_one_is_told_by_its_own_colour() -> None:
    old = replace(EMPTY, lists=(replace(LISTED, state="old"),))
    told = page(old, "en", hits=0, lines=0, notes=10)
    assert told["tone"] == "incomplete"
    assert told["verdict"].startswith("The screening is not complete")
    assert "un-sc is old" in told["troubles"][0]
    assert page(EMPTY, "en", hits=0, lines=0, notes=10)["tone"] == "clear"


def test_the_digest_is_set_whole_and_long_words_can_be_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []

    def kept(template: bytes, data: dict[str, Any]) -> bytes:
        seen.append(data)
        return b""

    monkeypatch.setattr(module, "_set", kept)
    receipt_pdf(replace(RECEIPT, query=Query("x" * 60)), "en")
    assert seen[0]["digest"] == plain(replace(RECEIPT, query=Query("x" * 60)))["digest"]
    assert seen[0]["name"] == "x" * 24 + "\u200b" + "x" * 24 + "\u200b" + "x" * 12
