"""What forms share: labels, hints and choices in the page's language, and refusals told at the form they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from django import forms
from django.utils.functional import lazy

from enduse.domain.refusals import Refused
from enduse.formats.problems import BadInput
from enduse.web.templatetags.words import lang
from enduse.words import TABLE, say

_words = lazy(lambda code, values: say(code, lang(), **values), str)


def words(code: str, **values: object) -> Any:
    """The words of a code in the language of the moment in which they are shown."""
    return _words(code, values)  # type: ignore[no-untyped-call]


def choices(group: str, *names: str) -> Callable[[], list[tuple[str, str]]]:
    """Choices of a field: each name with the words of `group.name`."""
    return lambda: [(name, say(f"{group}.{name}", lang())) for name in names]


class Form(forms.Form):
    """A form whose labels are `{prefix}.{field}` and whose hints `{prefix}.{field}.hint`, where there are such words."""

    words_of: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            code = f"{self.words_of}.{name}"
            if not field.label:
                field.label = words(code if code in TABLE or not field.widget.is_hidden else "form.mark")
            if f"{code}.hint" in TABLE and not field.help_text:
                field.help_text = words(f"{code}.hint")

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Within, a refusal or bad input becomes an error of this form; ask `is_valid()` again after it."""
        try:
            yield
        except Refused as refused:
            for refusal in refused.refusals:
                self.add_error(None, refusal.text(lang()))
        except BadInput as bad:
            for problem in bad.problems:
                self.add_error(None, problem.text(lang()))


class Seen(Form):
    """A form of a deal's page: it says which version its reader saw, so that nothing is overwritten unseen."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


def filled(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, without what was left empty."""
    return {key: value for key, value in data.items() if value not in ("", None, [], {})}
