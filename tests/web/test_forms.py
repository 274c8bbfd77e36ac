"""What forms share: labels and hints by name, choices in the page's language, refusals told at the form."""

from __future__ import annotations

from django import forms
from django.utils import translation

from enduse.domain.refusals import refuse
from enduse.formats.problems import BadInput, Problem
from enduse.web.forms import Form, Seen, choices, filled


class Example(Form):
    """A form of the pages of people."""

    words_of = "record.party"
    name = forms.CharField()
    citizenship = forms.CharField(required=False)


def test_labels_and_hints_follow_the_language_of_the_page() -> None:
    told = {}
    for language in ("ru", "en"):
        with translation.override(language):
            form = Example()
            told[language] = (str(form["name"].label), str(form["citizenship"].help_text), str(form["name"].help_text))
    assert told["ru"] == ("Наименование или имя", "Коды стран через запятую, например AE, KE.", "")
    assert told["en"][0] == "Name"


def test_choices_are_words_of_the_group() -> None:
    with translation.override("en"):
        assert choices("answer", "yes", "no")() == [("yes", "yes"), ("no", "no")]
    with translation.override("ru"):
        assert choices("answer", "yes")() == [("yes", "да")]


def test_a_refusal_and_bad_input_become_errors_of_the_form() -> None:
    with translation.override("en"):
        form = Example({"name": "x"})
        assert form.is_valid()
        with form.telling():
            raise refuse("deal.stale", reference="D-1", seen=1, stands=2)
        assert not form.is_valid()
        assert "D-1" in form.non_field_errors()[0]
        other = Example({"name": "x"})
        with other.telling():
            raise BadInput(Problem("deal.not_mapping"), Problem("file.empty"))
        assert len(other.non_field_errors()) == 2


def test_a_form_of_a_deal_says_which_version_was_seen() -> None:
    assert not Seen({}).is_valid()
    assert Seen({"seen": "3"}).is_valid()
    assert Seen({"seen": "3"})["seen"].is_hidden


def test_what_was_left_empty_is_left_out() -> None:
    assert filled({"a": "", "b": None, "c": [], "d": {}, "e": 0, "f": "x", "g": False}) == {"e": 0, "f": "x", "g": False}
