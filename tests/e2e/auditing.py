"""Looking at a page as a whole: for people who do not see it or use no mouse, on a phone, and at what the browser complains about."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize

from tests.e2e.offices import Office
from tests.e2e.visitors import LOCALES, NAMES, Lang

AUDIT = (Path(__file__).parent / "audit.js").read_text("utf-8")
DESK, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
LISTEN = "addEventListener('securitypolicyviolation', event => console.error('CSP: ' + event.violatedDirective + ' ' + event.blockedURI))"
TOO_WIDE = """() => {
  const free = one => !one || (getComputedStyle(one).overflowX === 'visible' && free(one.parentElement));
  return [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && one.checkVisibility() && free(one.parentElement))
  .slice(0, 3).map(one => one.outerHTML.slice(0, 110)) }"""


class Auditor:
    """A browser with JavaScript that visits pages and writes down what is wrong with them."""

    def __init__(self, browser: Browser, office: Office, lang: Lang, *, phone: bool = False) -> None:
        self.office, self.lang = office, lang
        self.context = browser.new_context(base_url=office.address, locale=LOCALES[lang], viewport=PHONE if phone else DESK)
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(LISTEN)
        self.context.on("request", self._asked)
        self.page = self.context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.wrong(f"a script failed: {error}"))
        self.found: list[str] = []

    def wrong(self, what: str) -> None:
        """Write something down, with the page."""
        self.found.append(f"{urlsplit(self.page.url).path} [{self.lang}] {what}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.office.address, "data:")):
            self.wrong(f"it asks another host: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.wrong(f"the console: {message.text}")

    def sign_in(self, who: str) -> None:
        """Come in as somebody, reading in this auditor's language."""
        self.page.goto("/accounts/login/")
        self.page.fill('[name="login"]', self.office.email(who))
        self.page.fill('[name="password"]', self.office.password)
        with self.page.expect_navigation():
            self.page.press('[name="password"]', "Enter")
        if self.page.locator("html").get_attribute("lang") != self.lang:
            with self.page.expect_navigation():
                self.page.get_by_role("button", name=NAMES[self.lang]).click()

    def visit(self, address: str, status: int = 200) -> None:
        """Open a page and look at it."""
        answer = self.page.goto(address)
        if answer is None or answer.status != status:
            self.wrong(f"{address}: {answer.status if answer else 'no answer'} and not {status}")
            return
        self.look()

    def look(self) -> None:
        """Look at the page that is open: where its reader is, then with everything unfolded, and whether it is too wide."""
        page = self.page
        if not page.evaluate("(document.querySelector('.error-summary') ?? document.activeElement) === document.activeElement"):
            self.wrong("the error summary has no focus")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.keyboard.press("Tab")  # from now on the browser takes it that the keyboard is used, and shows the focus
        for what in page.evaluate(AUDIT, {"lang": self.lang}):
            self.wrong(what)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.wrong(f"it scrolls sideways: {page.evaluate(TOO_WIDE)}")


def tab_order(page: Page) -> list[str]:
    """What Tab comes to, from the top of the page to its end, and where it stands."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0) }")
    found: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        one = page.evaluate("document.activeElement === document.body ? '' : document.activeElement.outerHTML.slice(0, 160)")
        if not one or (len(found) > 3 and one == found[0]):
            break
        found.append(one)
    return found
