"""The pictures of the guides. `ENDUSE_WRITE_DOCS=1 pytest tests/e2e/test_pictures.py` takes them anew; look at them before committing."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.auditing import Auditor
from tests.e2e.offices import Office
from tests.e2e.pictures import size_of, smaller
from tests.e2e.visitors import Lang

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
WRITING = "ENDUSE_WRITE_DOCS" in os.environ
LANGUAGES: tuple[Lang, ...] = ("ru", "en")
WIDTH, TALLEST = 1280, 1150
MOST_BYTES, MOST_IN_ALL = 150_000, 3_000_000
# the picture -> who looks, and at which page; a deal is told by its reference
PAGES: dict[str, tuple[str, str]] = {
    "sign-in": ("", "/accounts/login/"),
    "queue": ("officer", "/deals/?status=going"),
    "case": ("officer", "D-2026-105 indicators/?show=found"),
    "intake": ("initiator", "D-2026-112 intake/"),
    "determination": ("officer", "D-2026-113 determination/"),
    "identification": ("expert", "D-2026-122 identification/"),
    "screening": ("officer", "D-2026-115 screening/"),
    "indicators": ("officer", "D-2026-116 indicators/"),
    "evidence": ("officer", "D-2026-103 evidence/"),
    "permits": ("lawyer", "D-2026-106 permits/"),
    "clauses": ("lawyer", "D-2026-119 clauses/"),
    "decision": ("officer", "D-2026-108 decision/"),
    "approval": ("approver", "D-2026-103 approval/"),
    "release": ("officer", "D-2026-107 release/"),
    "register": ("auditor", "/register/"),
    "timeline": ("officer", "D-2026-128 timeline/"),
    "ledger": ("auditor", "/ledger/"),
    "people": ("administrator", "/people/"),
    "settings": ("administrator", "/settings/"),
}


def take(page: Page, blank: Page, address: str) -> bytes:
    """A picture of a page from its top, as tall as it is, within reason."""
    reference, _, stage = address.rpartition(" ")
    if reference:
        page.goto(f"/deals/?status=all&q={reference}")
        page.goto(str(page.locator("main table a[href]").first.get_attribute("href")) + stage)
    else:
        page.goto(address)
    page.set_viewport_size({"width": WIDTH, "height": 400})
    tall = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": WIDTH, "height": min(tall, TALLEST)})
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    return smaller(page.screenshot(animations="disabled", caret="hide"), blank)


def fits(picture: bytes) -> bool:
    """Whether a picture is as wide as all are, and neither too tall nor too heavy."""
    width, height = size_of(picture)
    return width == WIDTH and height <= TALLEST and len(picture) <= MOST_BYTES


if WRITING:

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_pictures_are_taken(chromium: Browser, show: Office, lang: Lang) -> None:
        (PICTURES / lang).mkdir(parents=True, exist_ok=True)
        blank = chromium.new_page()
        for who in dict.fromkeys(who for who, _ in PAGES.values()):
            auditor = Auditor(chromium, show, lang)
            if who:
                auditor.sign_in(who)
            for name, (looks, address) in PAGES.items():
                if looks == who:
                    picture = take(auditor.page, blank, address)
                    assert fits(picture), name
                    (PICTURES / lang / f"{name}.png").write_bytes(picture)
            auditor.context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_is_there_small_and_used(lang: Lang) -> None:
    held = {path.stem: path.read_bytes() for path in (PICTURES / lang).glob("*.png")}
    assert set(held) == set(PAGES)
    assert [name for name, data in held.items() if not fits(data)] == []
    assert sum(map(len, held.values())) <= MOST_IN_ALL
    texts = "\n".join(path.read_text("utf-8") for path in (*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*/*.md")))
    assert set(re.findall(rf"pictures/{lang}/([\w-]+)\.png", texts)) == set(PAGES)
