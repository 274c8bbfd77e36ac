"""The master records: parties and solutions, each change a version; deals keep the snapshot they were decided on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path

from enduse.casework.deals import records
from enduse.casework.deals.records import PAGE, Record
from enduse.casework.parties.records import change_party
from enduse.casework.people.actor import Actor
from enduse.casework.solutions.records import change_solution
from enduse.domain.refusals import NotAllowed, Refused, Stale
from enduse.formats.problems import BadInput
from enduse.reference import country_codes, country_name
from enduse.web.access import actor_in, page
from enduse.web.forms import Seen
from enduse.web.reading import key_name
from enduse.web.templatetags.words import lang
from enduse.words import say

INVALID, STALE = 422, 409
TEXT = forms.Textarea(attrs={"rows": 3})
KINDS = ("company", "person", "state")
ANSWERS = ("yes", "no", "unknown")


class RecordForm(Seen):
    """What all records' forms share: the keys they show, put into the content, whatever else it holds left as it is."""

    keys: tuple[str, ...] = ()
    reason = forms.CharField(max_length=2000, widget=TEXT)

    def content(self, held: dict[str, Any]) -> dict[str, Any]:
        """The record's content with what the form says."""
        made = dict(held)
        for key in self.keys:
            value = self.cleaned_data[key]
            if value in ("", None):
                made.pop(key, None)
            else:
                made[key] = value
        return made

    def renew(self, held: Record) -> None:
        """Tell what was changed since its reader saw the record, by whom, and make it ready to be sent again knowing that."""
        contents = {version.number: version.content for version in held.versions}
        for version in reversed(held.versions):
            before = contents.get(version.number - 1, {})
            if version.number > self.cleaned_data["seen"]:
                keys = [key for key in {**before, **version.content} if before.get(key) != version.content.get(key)]
                told = ", ".join(key_name(key, lang()) for key in keys)
                self.add_error(None, say("case.changed_since", lang(), by=version.by.name if version.by else "EndUse", keys=told))
        data = cast(QueryDict, self.data).copy()
        data["seen"] = str(held.row.version)
        self.data = data


class PartyForm(RecordForm):
    """A party: a company's or state's country, a person's citizenships."""

    words_of = "record.party"
    keys = ("name", "kind", "country", "citizenship", "address", "correspondence_address")
    name = forms.CharField(max_length=500)
    kind = forms.ChoiceField(required=False)
    country = forms.ChoiceField(required=False)
    citizenship = forms.CharField(max_length=200, required=False)
    address = forms.CharField(max_length=1000, required=False)
    correspondence_address = forms.CharField(max_length=1000, required=False)
    field_order = ("name", "kind", "country", "citizenship", "address", "correspondence_address", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", say("record.not_known", lang()))
        names = sorted(((code, country_name(code, lang())) for code in country_codes()), key=lambda one: one[1].casefold())
        self.fields["kind"].choices = [none, *((kind, say(f"party_kind.{kind}", lang())) for kind in KINDS)]  # type: ignore[attr-defined]
        self.fields["country"].choices = [none, *names]  # type: ignore[attr-defined]
        if isinstance(self.initial.get("citizenship"), list):
            self.initial["citizenship"] = ", ".join(self.initial["citizenship"])

    def clean_citizenship(self) -> list[str] | None:
        """Codes of countries, by commas or spaces; nothing: not known."""
        codes = self.cleaned_data["citizenship"].upper().replace(",", " ").split()
        for code in codes:
            if code not in country_codes():
                raise forms.ValidationError(say("record.no_country", lang(), code=code))
        return codes or None


class SolutionForm(RecordForm):
    """A solution, as far as deals share it."""

    words_of = "record.solution"
    keys = ("name", "version", "hardware")
    name = forms.CharField(max_length=500)
    version = forms.CharField(max_length=200, required=False)
    hardware = forms.ChoiceField(required=False)
    field_order = ("name", "version", "hardware", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(one, say(f"answer.{one}", lang())) for one in ANSWERS]
        self.fields["hardware"].choices = [("", say("record.not_known", lang())), *told]  # type: ignore[attr-defined]


@page("parties.see")
def parties(request: HttpRequest) -> HttpResponse:
    """All parties, or those whose name holds a word."""
    return _list(request, "parties", records.parties(actor_in(request), request.GET.get("q", ""), after=_after(request)))


@page("solutions.see")
def solutions(request: HttpRequest) -> HttpResponse:
    """All solutions, or those whose name holds a word."""
    return _list(request, "solutions", records.solutions(actor_in(request), request.GET.get("q", ""), after=_after(request)))


@page("parties.see", do="party.edit")
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """One party, its versions and deals, and a form for a new version."""
    return _one(request, "party", lambda: records.party(actor_in(request), pk), PartyForm, change_party)


@page("solutions.see", do="solution.edit")
def solution(request: HttpRequest, pk: int) -> HttpResponse:
    """One solution, its versions and deals, and a form for a new version."""
    return _one(request, "solution", lambda: records.solution(actor_in(request), pk), SolutionForm, change_solution)


def _after(request: HttpRequest) -> int:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _list(request: HttpRequest, name: str, rows: Any) -> HttpResponse:
    wanted = request.GET.get("q", "")
    more = rows[PAGE - 1].pk if len(rows) > PAGE else None
    told = [{"row": row, "countries": _countries(getattr(row, "country", ""))} for row in rows[:PAGE]]
    return render(
        request, "web/records.html", {"kind": name, "one": name.removesuffix("s").replace("partie", "party"), "rows": told, "q": wanted, "more": more}
    )


def _countries(codes: str) -> str:
    return ", ".join(country_name(code, lang()) for code in codes.split("/") if code)


def _one(request: HttpRequest, name: str, read: Callable[[], Record], make: type[RecordForm], change: Any) -> HttpResponse:
    held, status = read(), 200
    form = make(request.POST if request.method == "POST" else None, initial={**held.content, "seen": held.row.version})
    if form.is_bound:
        status = _put(form, held, change, actor_in(request))
        if not status:
            messages.success(request, say("record.saved", lang()))
            return redirect(name, held.row.pk)
        if status == STALE:
            held = read()
            form.renew(held)
    context = {
        "kind": name,
        "record": held,
        "form": form,
        "may_edit": actor_in(request).may(f"{name}.edit"),
        "told": _told(held),
    }
    return render(request, "web/record.html", context, status=status)


def _put(form: RecordForm, held: Record, change: Any, by: Actor) -> int:
    """0 where what the form asks was done; else the status of the page that tells why not. Raises NotAllowed."""
    if not form.is_valid():
        return INVALID
    said = form.cleaned_data
    try:
        change(held.row.pk, content=form.content(held.content), reason=said["reason"], seen=said["seen"], by=by)
    except NotAllowed:
        raise
    except (Refused, BadInput) as why:
        with form.telling():
            raise
        return STALE if isinstance(why, Stale) else INVALID
    return 0


def _told(held: Record) -> list[tuple[str, str]]:
    """What a record says, key by key; what is deeper than a list of words stays in the deal file."""
    return [(key, _shown(key, value)) for key, value in held.content.items() if _plain(value)]


def _shown(key: str, value: Any) -> str:
    if key in ("country", "citizenship"):
        codes = value if isinstance(value, list) else [value]
        return ", ".join(country_name(code, lang()) for code in codes) or say("record.stateless", lang())
    if key == "kind":
        return say(f"party_kind.{value}", lang())
    if key in ("civil_only", "hardware"):
        return say(f"answer.{value}", lang())
    return ", ".join(value) if isinstance(value, list) else str(value)


def _plain(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


urls = [
    path("parties/", parties, name="parties"),
    path("parties/<int:pk>/", party, name="party"),
    path("solutions/", solutions, name="solutions"),
    path("solutions/<int:pk>/", solution, name="solution"),
]
