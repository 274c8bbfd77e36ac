"""Somebody at a browser without JavaScript: opens pages, fills forms in, presses buttons, with the keyboard where it matters; and looks closely."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Locator, Response

from enduse.words import say
from tests.e2e.offices import Office

Lang = Literal["ru", "en"]
LOCALES: dict[Lang, str] = {"ru": "ru-RU", "en": "en-US"}
NAMES: dict[Lang, str] = {"ru": "Русский", "en": "English"}
TABS = 250  # more presses of Tab than any page takes
INVALID, STALE = 422, 409


class Visitor:
    """One person in a browser of their own. Fields are named as the form names them; what is folded away is opened first, by a click."""

    def __init__(self, browser: Browser, office: Office, who: str, lang: Lang = "ru") -> None:
        self.office, self.who, self.lang = office, who, lang
        self.knows_the_place = who in office.sittings
        self.context = browser.new_context(
            base_url=office.address,
            locale=LOCALES[lang],
            java_script_enabled=False,
            viewport={"width": 1280, "height": 900},
            storage_state=office.sittings.get(who),
        )
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.page.on("response", self._heard)
        self.status = 0

    def _heard(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.status = response.status

    def words(self, code: str, **values: object) -> str:
        """Words in this person's language."""
        return say(code, self.lang, **values)

    # Going somewhere

    def open(self, address: str) -> int:
        """Go to an address; the status of what answers."""
        self.page.goto(address)
        return self.status

    def stage(self, deal: str, stage: str, query: str = "") -> None:
        """Open a stage of a deal, which must be this person's to see."""
        assert self.open(f"{deal}{stage}/{query}") == 200, (self.who, deal, stage, self.status)

    def follow(self, link: Locator) -> None:
        """Follow a link."""
        link.click()

    def sign_in(self, password: str = "") -> None:
        """Sign in, with nothing but the keyboard."""
        self.open("/accounts/login/")
        self.reach(self.field("login"))
        self.page.keyboard.type(self.office.email(self.who))
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(password or self.office.password)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.office.sittings[self.who] = self.context.storage_state()

    def sign_out(self) -> None:
        """Sign out with the button of the frame."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=self.words("shell.sign_out")).click()
        self.office.sittings.pop(self.who, None)

    def read_in(self, lang: Lang) -> None:
        """Choose the language with the button of the frame, unless it is chosen already."""
        self.lang = lang
        shown = self.page.locator("html")
        if shown.get_attribute("lang") != lang:
            with self.page.expect_navigation():
                self.page.get_by_role("button", name=NAMES[lang]).click()
        assert shown.get_attribute("lang") == lang

    # Forms

    def field(self, name: str, form: Locator | None = None) -> Locator:
        """What a form calls so: a field, or all the choices of one."""
        return (form or self.page.locator("body")).locator(f'[name="{name}"]:not([type=hidden])')

    def fill(self, form: Locator | None = None, /, **values: object) -> None:
        """Fill fields in: `__` in a name is a dash. A list ticks boxes, a path chooses a file."""
        for name, value in values.items():
            self._put(self.field(name.replace("__", "-"), form), value)

    def _put(self, field: Locator, value: object) -> None:
        self._unfold(field.first)
        kind = str(field.first.evaluate("field => field.type"))
        if kind == "radio":
            field.locator(f'xpath=self::*[@value="{value}"]').check()
        elif kind == "checkbox":
            wanted = value if isinstance(value, list) else [value]
            for one in range(field.count()):
                box = field.nth(one)
                box.set_checked(value is True or box.get_attribute("value") in wanted)
        elif kind.startswith("select"):
            field.select_option(str(value))
        elif kind == "file":
            field.set_input_files(Path(str(value)))
        else:
            field.fill(str(value))

    def _unfold(self, field: Locator) -> None:
        folded = field.locator("xpath=ancestor::details[not(@open)]/summary")
        for one in range(folded.count() - 1, -1, -1):
            folded.nth(one).click()

    def form_of(self, name: str) -> Locator:
        """The form in which a field stands."""
        return self.page.locator("form").filter(has=self.page.locator(f'[name="{name}"]')).first

    def send(self, name: str, *, keys: bool = False) -> None:
        """Press the button of the form in which the field `name` stands, with the keyboard alone where `keys`."""
        button = self.form_of(name.replace("__", "-")).locator(".actions button.btn")
        if keys:
            self.reach(button)
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            button.click()

    def deed(self, name: str, *, keys: bool = False, **values: object) -> None:
        """Do one of the deeds that a page of a deal offers."""
        box = self.page.locator(f"#deed-{name}")
        self._unfold(box.locator("form"))
        self.fill(box, **values)
        button = box.locator(".actions button.btn")
        if keys:
            self.reach(button)
        with self.page.expect_navigation():
            if keys:
                self.page.keyboard.press("Enter")
            else:
                button.click()

    def offers(self, name: str) -> bool:
        """Whether a page offers a deed."""
        return self.page.locator(f"#deed-{name}").count() == 1

    def reach(self, wanted: Locator) -> None:
        """Come to something with Tab alone, from the top of the page; what has the focus shows it."""
        self.page.locator("body").evaluate("body => { document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0) }")
        handle = wanted.element_handle()
        assert handle is not None
        for _ in range(TABS):
            self.page.keyboard.press("Tab")
            if handle.evaluate("wanted => wanted === document.activeElement"):
                assert handle.evaluate("wanted => getComputedStyle(wanted).outlineStyle !== 'none'"), "the focus does not show"
                return
        raise AssertionError(f"{self.who}: Tab does not come to {wanted}")

    # What the page says

    def text(self) -> str:
        """Everything that the page says."""
        return re.sub(r"\s+", " ", self.page.locator("body").inner_text())

    def says(self, code: str, **values: object) -> bool:
        """Whether the page says the words of a code."""
        return re.sub(r"\s+", " ", self.words(code, **values)) in self.text()

    def outcome(self) -> str:
        """The decision as the panel of a deal's page shows it, for the deal's own day."""
        return str(self.page.locator("#decision .outcome").first.get_attribute("class")).rpartition(" o-")[2]

    def state(self) -> str:
        """The deal's status as its head shows it."""
        return str(self.page.locator(".head .tag").first.get_attribute("class")).rpartition(" s-")[2]

    def must_be_told(self, status: int = INVALID) -> str:
        """The error summary: it is there, with the right status, and has the focus. What it says."""
        assert self.status == status, (self.status, self.text()[:500])
        summary = self.page.locator(".error-summary")
        assert summary.count() == 1
        assert summary.evaluate("summary => summary === document.activeElement"), "the error summary is not where the reader is"
        return summary.inner_text()

    def value(self, name: str) -> str:
        """What stands in a field."""
        field = self.field(name.replace("__", "-"))
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            return ",".join(str(field.nth(one).get_attribute("value")) for one in range(field.count()) if field.nth(one).is_checked())
        return field.first.input_value()

    def second_tab(self) -> Visitor:
        """The same person, signed in already, in another tab."""
        other = object.__new__(Visitor)
        other.office, other.who, other.lang, other.context = self.office, self.who, self.lang, self.context
        other.page, other.status = self.context.new_page(), 0
        other.page.on("response", other._heard)
        return other
