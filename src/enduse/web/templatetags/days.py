"""Days in templates: `{{ permit.date|day }}`, as a deal file spells them, in the words of the page's language."""

from __future__ import annotations

from datetime import date

from django import template

from enduse.domain.wording import day as in_words
from enduse.web.templatetags.words import lang

register = template.Library()


@register.filter
def day(value: object) -> str:
    """A day in words; a dash for none, and what is no day as it stands."""
    if not value:
        return "—"
    try:
        return in_words(date.fromisoformat(str(value)), lang())
    except ValueError:
        return str(value)
