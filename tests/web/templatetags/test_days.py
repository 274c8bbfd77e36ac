"""Days in templates: in words, a dash for none, and anything else as it stands."""

from __future__ import annotations

import pytest
from django.utils import translation

from enduse.web.templatetags.days import day


@pytest.mark.parametrize(("value", "ru", "en"), [("2026-10-22", "22 октября 2026", "22 October 2026"), (None, "—", "—"), ("soon", "soon", "soon")])
def test_a_day_is_told_in_words(value: str | None, ru: str, en: str) -> None:
    with translation.override("ru"):
        assert day(value) == ru
    with translation.override("en"):
        assert day(value) == en
