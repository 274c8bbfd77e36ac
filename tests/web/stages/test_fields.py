"""The fields of the stages: what a browser sends back unchanged has not changed, whatever the deal file spells."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from enduse.reference import country_codes, country_name
from enduse.web.stages.fields import Choice, Countries, Currency, Day, Line, Lines, Marks, Number, Paragraph, countries, levels, named

TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"], whitelist_characters="\n\r\t"))


def sent(field: Field, value: object) -> str:
    """What a browser sends of a field that shows a value."""
    shown = field.prepare_value(value)
    text = "" if shown is None else str(shown)
    if isinstance(field, Paragraph | Lines):
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return text.replace("\r", "").replace("\n", "")


@given(TEXT)
def test_a_text_that_comes_back_as_it_was_has_not_changed(text: str) -> None:
    for field in (Line(), Day(), Number()):
        assert not field.has_changed(text, sent(field, text))
    assert not Paragraph().has_changed(text, sent(Paragraph(), text))


@given(st.lists(TEXT))
def test_a_list_that_comes_back_as_it_was_has_not_changed(texts: list[str]) -> None:
    assert not Lines().has_changed(texts, sent(Lines(), texts))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_country_leads_back_to_its_code(language: str) -> None:
    codes = sorted(country_codes())
    with translation.override(language):
        assert Countries().clean(sent(Countries(), codes)) == codes
        assert dict(countries())["NO"] == country_name("NO", language)


def test_a_list_says_what_was_typed() -> None:
    assert Lines().clean(" one \r\n\r\ntwo") == ["one", "two"]
    assert Lines().has_changed(["one"], "one\r\ntwo")


def test_a_country_that_nobody_knows_is_told() -> None:
    with translation.override("en"), pytest.raises(ValidationError, match="`no` is not known"):
        Countries().clean("Norway\nno")


@pytest.mark.parametrize(("typed", "kept"), [("2026-11-02", "2026-11-02"), ("02.11.2026", "2026-11-02"), (" ", "")])
def test_a_day_is_kept_as_deal_files_spell_it(typed: str, kept: str) -> None:
    assert Day().clean(typed) == kept


@pytest.mark.parametrize("typed", ["2026-02-30", "tomorrow", "11/02/2026"])
def test_what_is_no_day_is_told(typed: str) -> None:
    with pytest.raises(ValidationError):
        Day().clean(typed)


@pytest.mark.parametrize(("typed", "kept"), [("400.50", "400.50"), ("1 000,5", "1000.5"), ("", "")])
def test_a_number_is_kept_as_it_is_spelt(typed: str, kept: str) -> None:
    assert Number().clean(typed) == kept


@pytest.mark.parametrize("typed", ["-1", "1e5", "many", "1.2.3"])
def test_what_is_no_number_is_told(typed: str) -> None:
    with pytest.raises(ValidationError):
        Number().clean(typed)


def test_a_currency_is_three_letters() -> None:
    assert Currency().clean("usd") == "USD"
    with pytest.raises(ValidationError):
        Currency().clean("рубль")


def test_a_choice_reads_true_as_yes_and_shows_what_silence_means() -> None:
    field = Choice(named("answer", "no", "yes", "unknown"), "unknown")
    assert not field.has_changed("true", "yes")
    assert not field.has_changed(None, "unknown")
    assert field.has_changed(None, "no")
    assert field.has_changed("yes", "no")


def test_choices_speak_the_edition_s_words_in_both_languages() -> None:
    with translation.override("ru"):
        assert dict(levels("hardware")())["no"] == "Оборудование не поставляется"
    with translation.override("en"):
        assert [level for level, _ in levels("hardware", "yes", "no")()] == ["yes", "no"]


def test_marks_do_not_care_for_order() -> None:
    assert not Marks().has_changed(["b", "a"], ["a", "b"])
    assert Marks().has_changed(["a"], [])
