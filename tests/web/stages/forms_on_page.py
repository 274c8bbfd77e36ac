"""A page's forms as a browser sends them: what stands in each field, and the button that is pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client

Fields = list[tuple[str, str]]


@dataclass
class PageForm:
    """One form: its method, its address, its fields as they stand and its buttons."""

    method: str
    action: str
    fields: Fields = field(default_factory=list)
    buttons: Fields = field(default_factory=list)

    @property
    def name(self) -> str:
        """Which of the page's forms it is."""
        return dict(self.fields).get("form", "")

    def fill(self, **changes: Any) -> PageForm:
        """The same form with some fields filled in otherwise; `__` in a name is `-`. A list is several fields of one name, None is none."""
        fields = list(self.fields)
        for key, value in changes.items():
            name = key.replace("__", "-")
            values = value if isinstance(value, list) else [] if value is None else [value]
            fields = [pair for pair in fields if pair[0] != name] + [(name, str(one)) for one in values]
        return PageForm(self.method, self.action, fields, self.buttons)

    def data(self, pressed: tuple[str, str] | None = None) -> dict[str, list[str]]:
        """What a browser sends."""
        found: dict[str, list[str]] = {}
        for name, value in [*self.fields, *([pressed] if pressed else [])]:
            found.setdefault(name, []).append(value)
        return found

    def send(self, client: Client, address: str, pressed: tuple[str, str] | None = None) -> HttpResponse:
        """Send it."""
        return client.post(urljoin(address, self.action), self.data(pressed))  # type: ignore[return-value]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.form: PageForm | None = None
        self.area: str | None = None
        self.select: tuple[str, bool] | None = None
        self.options: list[tuple[str, bool]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        name, value = held.get("name"), held.get("value") or ""
        if tag == "form":
            self.form = PageForm((held.get("method") or "get").lower(), held.get("action") or "")
            self.forms.append(self.form)
        if self.form is None:
            return
        if tag == "input" and name:
            kind = (held.get("type") or "text").lower()
            if kind in ("radio", "checkbox"):
                if "checked" in held:
                    self.form.fields.append((name, held.get("value", "on") or ""))
            elif kind != "submit":
                self.form.fields.append((name, re.sub(r"[\r\n]", "", value)))
        elif tag == "button" and name:
            self.form.buttons.append((name, value))
        elif tag == "textarea" and name:
            self.area, self.text = name, ""
        elif tag == "select" and name:
            self.select, self.options = (name, "multiple" in held), []
        elif tag == "option":
            self.options.append((value, "selected" in held))

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if self.form is None:
            return
        if tag == "textarea" and self.area is not None:
            text = self.text.removeprefix("\r").removeprefix("\n")
            self.form.fields.append((self.area, text.replace("\r\n", "\n").replace("\n", "\r\n")))
            self.area = None
        elif tag == "select" and self.select is not None:
            chosen = [value for value, selected in self.options if selected] or [value for value, _ in self.options[:1]]
            self.form.fields += [(self.select[0], value) for value in chosen]
            self.select = None
        elif tag == "form":
            self.form = None


def forms_of(response: HttpResponse) -> list[PageForm]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.forms


def posts_of(response: HttpResponse) -> dict[str, PageForm]:
    """The forms of a stage's page that are sent to it, by their names."""
    return {form.name: form for form in forms_of(response) if form.method == "post" and form.name}


def form_on(client: Client, address: str, name: str) -> PageForm:
    """The form of this name on a page."""
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return posts_of(response)[name]  # type: ignore[arg-type]
