"""Forms that are done once, however often they are sent: a double click, a page reloaded, the browser's Back.

Each carries a mark. What was sent under it is kept for a day, in the very transaction that does what the form asks: sent again just so,
it is known and nothing is done; with other content it is refused.
"""

from __future__ import annotations

import json
import secrets
from hashlib import file_digest, sha256
from typing import Any, cast

from django import forms
from django.core.cache import cache
from django.db import OperationalError
from django.http import QueryDict

from enduse.web.forms import Form

SPENT_FOR = 24 * 3600  # seconds for which a form that was sent is remembered
_APART = ("csrfmiddlewaretoken", "once")  # of what is sent, what says nothing


class Used(Exception):
    """A form was sent under its mark before, saying something else."""


def new_mark() -> str:
    """A mark that no form had before."""
    return secrets.token_urlsafe(16)


class Once(Form):
    """A form that is done once."""

    once = forms.CharField(max_length=40, widget=forms.HiddenInput, initial=new_mark)
    again = False  # whether it was sent before, just so, and done then

    def is_first(self, about: object) -> bool:
        """Whether this form, about this thing, was not sent before; from now on it was.

        Raises Used where it said something else then, OperationalError where the database did not keep the mark.
        """
        said = self._said(about)
        if cache.add(self._key(), said, SPENT_FOR):
            return True
        kept = cache.get(self._key())
        if kept is None:  # Django's cache makes the same False of every error of the database
            raise OperationalError("the mark of a form was not kept")
        if kept != said:
            raise Used
        self.again = True
        return False

    def was_done(self, about: object) -> bool:
        """Whether this form was sent before, just so: also one that is no good any more, what it chose being gone."""
        self.again = "once" in self.cleaned_data and cache.get(self._key()) == self._said(about)
        return self.again

    def _key(self) -> str:
        return f"sent:{sha256(self.cleaned_data['once'].encode()).hexdigest()}"

    def _said(self, about: object) -> str:
        """A digest of everything that was sent, its files too."""
        lists = self.data.lists() if isinstance(self.data, QueryDict) else self.data.items()
        fields = sorted([name, value] for name, value in lists if name not in _APART)
        files = sorted([name, file.name, _digest(file)] for name, file in cast(dict[str, Any], self.files).items())
        return sha256(json.dumps([self.words_of, str(about), fields, files], default=str).encode()).hexdigest()


def _digest(file: Any) -> str:
    file.seek(0)
    found = file_digest(file.file, "sha256").hexdigest()
    file.seek(0)
    return found
