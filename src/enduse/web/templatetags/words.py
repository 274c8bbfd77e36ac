"""Words in templates: `{% say "code" name=value %}` in the page's language."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from enduse.words import TABLE
from enduse.words import say as words

register = template.Library()


def lang() -> str:
    """The page's language: `ru` or `en`."""
    return "en" if get_language() == "en" else "ru"


@register.simple_tag
def say(code: str, **values: object) -> SafeString:
    """The words of a code, what fills them escaped."""
    return mark_safe(conditional_escape(words(code, lang(), **values)))  # escaped just here


@register.simple_tag
def say_or(code: str, otherwise: str) -> str:
    """The words of a code, else the text itself where there are none: for keys that a file may hold and nobody has named."""
    return words(code, lang()) if code in TABLE else otherwise
