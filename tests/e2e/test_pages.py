"""Every page of the route list in a real browser: for people who do not see it or use no mouse, on a phone, in both languages; and quiet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser

from enduse.casework.deals.keeping import STAGES
from tests.e2e.auditing import AUDIT, Auditor, tab_order
from tests.e2e.offices import Office
from tests.e2e.visitors import Lang

NO_PAGES = re.compile(r"^(healthz|static/|language/)|export|checkpoints/|codes/file/|/files/<int:file>|^people/.*/(on|off|step)/$")
KEYS = {"party": "3", "solution": "2", "person": "4", "account": "1", "number": "1", "setting": "minor_updates", "uidb36": "1", "key": "dead-link"}
ROLES = ("administrator", "initiator", "officer", "expert", "lawyer", "approver", "auditor")
# each role in one language and on a desk or a phone, so that every page is seen in both; `make long` has everything
IN_SHORT: tuple[tuple[str, Lang, bool], ...] = (
    ("officer", "ru", True),
    ("administrator", "en", True),
    ("initiator", "en", True),
    ("expert", "ru", False),
    ("lawyer", "en", False),
    ("approver", "ru", True),
    ("auditor", "en", False),
)
SUBPAGES = {  # what a stage shows by its query
    "intake": (
        *(f"?step={step}&all=1" for step in ("solution", "delivery", "terms", "talks", "day")),
        "?step=parties&party=0",
        "?step=parties&party=new",
    ),
    "permits": ("?permit=new",),
    "indicators": ("?show=all", "?show=idle"),
}


def paths(patterns: list[Any], before: str = "") -> Iterator[str]:
    """The paths of all routes, also the included ones; sign-in's regular expressions left out."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from paths(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern) and not NO_PAGES.search(path) and not path.startswith("^") and "(?P" not in path:
            yield path


ALL = list(dict.fromkeys(paths(get_resolver().url_patterns)))
DEEDS = re.compile(r"deals/<int:pk>/\w+/\w+/$")  # reading one of them leads to the page it is on
PAGES = [path for path in ALL if not DEEDS.match(path)]


def addresses(deals: list[str], turn: int) -> Iterator[str]:
    """Every page with a key for each argument; the deals take turns, so that many of them are looked at in some state."""
    for number, path in enumerate(PAGES):
        kind = path.partition("/")[0]
        if kind == "deals" and "<int:pk>" in path:
            if deals:
                found = path.replace("deals/<int:pk>/", deals[(number * 5 + turn) % len(deals)].lstrip("/"))
                yield f"/{found}"
                yield from (f"/{found}{query}" for query in SUBPAGES.get(path.rstrip("/").rpartition("/")[2], ()))
            continue
        one = {"parties": "party", "solutions": "solution", "people": "person"}.get(kind, "number")
        yield "/" + re.sub(r"<\w+:(\w+)>", lambda found, one=one: KEYS.get(found[1], KEYS[one]), path)  # type: ignore[misc]


def deals_of(auditor: Auditor) -> list[str]:
    """The deals that somebody sees, by their queue."""
    auditor.page.goto("/deals/?status=all")
    found = auditor.page.locator("main a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return sorted({one for one in found if re.fullmatch(r"/deals/\d+/", one)}, key=lambda one: int(one.split("/")[2]))


def walk(auditor: Auditor, who: str, turn: int) -> int:
    """Visit every page that somebody may open; how many there were."""
    auditor.sign_in(who)
    visited = 0
    for address in addresses(deals_of(auditor), turn):
        answer = auditor.page.goto(address)
        assert answer is not None
        if answer.status in (403, 404, 405):
            assert auditor.page.locator("h1").count() == 1
            continue
        if answer.status != 200:
            auditor.wrong(f"{address}: {answer.status}")
            continue
        if address.partition("?")[0] in auditor.page.url:  # else it leads to a page that has its turn, too
            visited += 1
            auditor.look()
    return visited


@pytest.mark.parametrize(("who", "lang", "phone"), IN_SHORT)
def test_every_page_is_good_to_read_and_to_use(chromium: Browser, show: Office, who: str, lang: Lang, phone: bool) -> None:
    auditor = Auditor(chromium, show, lang, phone=phone)
    assert walk(auditor, who, ROLES.index(who)) > 8
    assert auditor.found == []


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_who_has_not_signed_in_reads_well_too(chromium: Browser, show: Office, lang: Lang) -> None:
    auditor = Auditor(chromium, show, lang)
    auditor.visit("/accounts/login/")
    auditor.visit("/accounts/password/reset/")
    auditor.page.goto("/accounts/login/")
    auditor.page.fill('[name="login"]', "nobody@example.org")
    auditor.page.fill('[name="password"]', "not the password")
    with auditor.page.expect_navigation():
        auditor.page.press('[name="password"]', "Enter")
    assert auditor.page.locator(".error-summary").count() == 1
    auditor.look()
    assert auditor.found == []


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_refusals_and_invalid_forms_read_well_too(chromium: Browser, show: Office, lang: Lang) -> None:
    auditor = Auditor(chromium, show, lang)
    auditor.sign_in("officer")
    auditor.visit("/deals/999999/intake/", 404)
    auditor.visit("/nowhere/", 404)
    page = auditor.page
    for address, form in (("/deals/14/identification/", "identify"), ("/deals/15/evidence/", "record"), ("/deals/16/indicators/", "answers")):
        page.goto(address)
        with page.expect_navigation():
            page.locator(f"form:has(input[name=form][value={form}])").first.evaluate("form => { form.noValidate = true; form.submit() }")
        assert page.locator(".error-summary").count() == 1, address
        auditor.look()
    auditor.visit("/deals/?status=nonsense", 422)
    for address, deed in (("/deals/16/decision/", "refuse"), ("/deals/7/decision/", "lift"), ("/deals/16/timeline/", "hand_over")):
        page.goto(address)
        page.locator(f"#deed-{deed} > summary").click()
        with page.expect_navigation():
            page.locator(f"#deed-{deed} button").click()
        assert page.locator(".error-summary").count() == 1, deed
        auditor.look()
        page.locator(".error-summary a").first.click()
        place = page.url.partition("#")[2]
        assert place and page.locator(f"[id='{place}']").count() == 1, "an error leads to its field"
    auditor.visit("/people/", 403)
    assert auditor.found == []


@pytest.mark.parametrize("address", ["/", "/deals/14/identification/", "/deals/16/indicators/", "/deals/3/approval/", "/deals/7/release/"])
def test_tab_goes_through_a_page_from_top_to_bottom(chromium: Browser, show: Office, address: str) -> None:
    auditor = Auditor(chromium, show, "ru")
    auditor.sign_in("officer")
    auditor.page.goto(address)
    order = tab_order(auditor.page)
    assert 'class="skip"' in order[0]
    markup = auditor.page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
        .filter(one => one.tabIndex >= 0 && one.checkVisibility()).map(one => one.outerHTML.slice(0, 160))"""
    )
    radios = [one for one in markup if 'type="radio"' in one]
    wanted = [one for one in markup if one not in radios]
    assert [one for one in order if one not in radios][: len(wanted)] == wanted
    auditor.page.goto(address)
    auditor.page.keyboard.press("Tab")
    auditor.page.keyboard.press("Enter")
    assert auditor.page.evaluate("document.activeElement.id") == "main"


def test_the_auditor_would_notice(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(
        """<html><head><title></title></head><body><h1>One</h1><h1>Two</h1><h4>Four</h4><nav></nav><nav></nav><input id="a">
        <input type="radio" id="a"><label for="x">L</label><a href="#nowhere">there</a><a href="/"></a>
        <button tabindex="3" aria-describedby="no">B</button>
        <img src="data:,"><fieldset></fieldset><table><tr><td>1</td></tr></table><p style="color:#999">grey on white</p><p>None {name}</p>
        <div class="error-summary" tabindex="-1">E</div><style>button { outline: none !important }</style></body></html>"""
    )
    page.keyboard.press("Tab")
    told = " ".join(page.evaluate(AUDIT, {"lang": "ru"}))
    wanted = (
        "lang is", "no title", "no viewport", "2 h1", "0 main", "h4 after h1", "a nav without a name", "the id a twice", "a label for nothing",
        "aria-describedby points nowhere", "a place that is not here", "a field without a label", "radio buttons without a legend",
        "nothing to call it by", "a picture without words", "a group without a legend", "a table without heads", "an order of its own",
        "a hole in the words", "contrast 2.8", "the focus does not show",
    )  # fmt: skip
    assert [what for what in wanted if what not in told] == []
    page.close()


@pytest.mark.long
@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("who", ROLES)
def test_every_page_for_every_role_in_both_languages(chromium: Browser, show: Office, who: str, lang: Lang) -> None:
    found = []
    for turn, phone in ((0, True), (1, False), (3, True)):
        auditor = Auditor(chromium, show, lang, phone=phone)
        walk(auditor, who, turn)
        found += auditor.found
    assert found == []


@pytest.mark.long
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_stage_of_every_deal(chromium: Browser, show: Office, lang: Lang) -> None:
    auditor = Auditor(chromium, show, lang, phone=True)
    auditor.sign_in("officer")
    deals = deals_of(auditor)
    assert len(deals) >= 25
    for deal in deals:
        for stage in (*STAGES, "timeline", "files"):
            auditor.visit(f"{deal}{stage}/")
    assert auditor.found == []
