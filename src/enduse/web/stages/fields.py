"""Fields over what a deal file holds: they show plain data, read back what people type, and have changed only where a person changed them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy

from enduse.casework.deals.deciding import edition
from enduse.formats.schema import TRUTH
from enduse.reference import country_codes, country_name
from enduse.reference.country_names import country_named
from enduse.web.forms import words
from enduse.web.panel import wording
from enduse.web.templatetags.words import lang
from enduse.words import say

Choices = Callable[[], list[tuple[str, str]]]
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")


def capital(text: str) -> str:
    """A phrase as it stands at the beginning of a line."""
    return text[:1].upper() + text[1:]


def named(group: str, *names: str) -> Choices:
    """Choices by words of ours: `group.name`."""
    return lambda: [(name, capital(say(f"{group}.{name}", lang()))) for name in names]


def levels(fact: str, *names: str) -> Choices:
    """Choices by the edition's levels of a fact, in the order of `names`, else mildest first."""
    return lambda: [(name, capital(wording(lang()).level(fact, name))) for name in names or edition().facts[fact].levels]


def phrases(group: str, *names: str) -> Choices:
    """Choices by the edition's phrases."""
    return lambda: [(name, capital(wording(lang()).phrase(group, name))) for name in names]


def or_none(choices: Choices, code: str = "desk.not_given") -> Choices:
    """The same choices after one that says nothing."""
    return lambda: [("", say(code, lang())), *choices()]


def countries() -> list[tuple[str, str]]:
    """Every country by its name in the page's language."""
    return sorted(((code, country_name(code, lang())) for code in country_codes()), key=lambda pair: pair[1].casefold())


_question = lazy(lambda fact: wording(lang()).question(fact), str)


def question(fact: str) -> Any:
    """The edition's question of a fact, in the language in which it is shown."""
    return _question(fact)  # type: ignore[no-untyped-call]


class _Plain(forms.Field):
    """A field that has changed only where what it shows has."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.compared(initial) != self.compared(data)

    def compared(self, value: Any) -> object:
        """A value as far as a browser gives it back: in one line."""
        shown = self.prepare_value(value)
        return "" if shown is None else re.sub(r"[\r\n]", "", str(shown)).strip()


class Line(_Plain, forms.CharField):
    """One line of text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 2000, **kwargs})


class Paragraph(_Plain, forms.CharField):
    """Several lines of text."""

    def __init__(self, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 20000, "widget": forms.Textarea(attrs={"rows": rows}), **kwargs})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(_one_kind_of_line(value)))

    def compared(self, value: Any) -> object:
        return _one_kind_of_line(self.prepare_value(value)).strip()


def _one_kind_of_line(text: Any) -> str:
    return str(text or "").replace("\r\n", "\n").replace("\r", "\n")


class Day(_Plain, forms.CharField):
    """A day as deal files spell it; `02.11.2026` is taken, too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.DateInput(attrs={"type": "date"}), **kwargs})

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        for form in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return datetime.strptime(text, form).date().isoformat()
            except ValueError:
                continue
        if text:
            raise ValidationError(words("desk.day", value=text))
        return text


class Number(_Plain, forms.CharField):
    """A number, kept as it is spelt; a comma is a point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}), **kwargs})

    def to_python(self, value: Any) -> str:
        text = re.sub(r"\s", "", str(super().to_python(value))).replace(",", ".")
        if text and not _NUMBER.fullmatch(text):
            raise ValidationError(words("desk.number", value=text))
        return text


class Currency(Line):
    """A currency by its three letters, whatever their case."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        if text and not re.fullmatch("[A-Z]{3}", text.upper()):
            raise ValidationError(words("desk.currency", value=text))
        return text.upper()


class Lines(_Plain, forms.Field):
    """A list of texts, one a line."""

    def __init__(self, rows: int = 2, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs={"rows": rows}), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def compared(self, value: Any) -> object:
        return _lines(self.prepare_value(value))

    def clean(self, value: Any) -> list[str]:
        found = _lines(value)
        super().clean(found)
        return found


def _lines(text: Any) -> list[str]:
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


class Countries(Lines):
    """A list of countries, one a line, by the names that people write."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(_shown, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        found = []
        for name in super().clean(value):
            code = country_named(name)
            if code is None:
                raise ValidationError(words("desk.country", value=name))
            found.append(code)
        return found


def _shown(code: str) -> str:
    """A country's name in the page's language; its code where the name does not lead back to it."""
    name = country_name(code, lang())
    return name if country_named(name) == code else code


class Choice(_Plain, forms.ChoiceField):
    """One of a few words, as radio buttons; `true` of a deal file is its yes. Where nothing is said it shows what that `means`."""

    def __init__(self, choices: Choices, means: str = "", **kwargs: Any) -> None:
        self.means = means
        super().__init__(**{"required": False, "choices": choices, "widget": forms.RadioSelect, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return TRUTH.get(value, value) if isinstance(value, str) and value else self.means


class Pick(Choice):
    """One of many words, from a list."""

    def __init__(self, choices: Choices = list, **kwargs: Any) -> None:
        super().__init__(choices, **{"widget": forms.Select, **kwargs})


class Marks(forms.MultipleChoiceField):
    """Any number of words, as boxes to tick."""

    def __init__(self, choices: Choices = list, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "choices": choices, "widget": forms.CheckboxSelectMultiple, **kwargs})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or ()) != set(data or ())


def in_order(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names as choices of themselves, each once."""
    return [(name, name) for name in dict.fromkeys(names)]
