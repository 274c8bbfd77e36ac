"""Screening: every party searched for on the lists, hits settled by a person, and results by hand for lists that are not held here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from enduse.casework.deals.actions import screening, stages
from enduse.casework.deals.actions.screening import GRADES, Prepared
from enduse.casework.deals.queries import Held
from enduse.casework.deals.screened import FoundHit, Search, State, is_of, unsearched
from enduse.domain.evidence import PURPOSES
from enduse.domain.refusals import NotAllowed, Refused
from enduse.formats.deal_parts import Content, items, particulars_of, party_key
from enduse.formats.problems import BadInput
from enduse.web.access import actor_in, page
from enduse.web.forms import Seen
from enduse.web.panel import wording
from enduse.web.stages import hits
from enduse.web.stages.answering import Offer, attend
from enduse.web.stages.checks import check_offers, checks_shown
from enduse.web.stages.fields import Choice, Lines, Paragraph, Pick, capital, named, or_none, phrases
from enduse.web.stages.hits import HitForm, OtherwiseForm, OutcomeForm, SearchShown
from enduse.web.templatetags.words import lang

RESULTS = ("no_match", "dismissed", "match")
RUN = "run"


class ScreenForm(OutcomeForm):
    """What was found when a party was held against lists by hand."""

    words_of = "form.screening"
    party = forms.CharField(widget=forms.HiddenInput, strip=False)
    particulars = forms.CharField(widget=forms.HiddenInput)
    outcome = Choice(named("screening_result", *RESULTS), required=True)
    lists = Lines(required=True)
    reason = Paragraph(required=True)
    purpose = Pick(or_none(named("purpose", *PURPOSES), "desk.only_match"))
    grade = Pick(or_none(phrases("grades", *GRADES), "desk.only_match"))


class RunForm(Seen):
    """That all parties are to be searched for."""

    words_of = "form.run"


@dataclass(frozen=True, slots=True)
class Shown:
    """A party with what was found of it so far."""

    name: str
    roles: str
    state: State
    search: SearchShown | None
    results: list[Content]
    waits: bool
    form: Form | None


@dataclass(frozen=True, slots=True)
class FormerShown:
    """Who was searched for and is no party as it stands, with the hits that are left."""

    name: str
    open: bool
    search: SearchShown


@page("deals.see", do="deal.screen")
def view(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The page."""
    prepared = _prepared(request, pk) if request.method == "POST" and request.POST.get("form") == RUN else None

    def run(_: Form, __: Held) -> object:
        if isinstance(prepared, Exception):
            raise prepared
        assert prepared is not None
        return screening.record(prepared, by=actor_in(request))

    def offers(held: Held) -> dict[str, Offer]:
        found = {} if not _parties(held) else {RUN: Offer("deal.screen", _run_form, run)}
        for place, (key, party) in enumerate(_parties(held).items()):
            if not party_key(party)[1]:
                continue
            found[f"party-{place}"] = _by_hand(request, pk, place, party)
            if (search := held.screening.last.get(key)) is not None:
                found |= _hit_offers(request, held, search, held.screening.hits(search))
        for former in held.screening.former(held.content):
            found |= _hit_offers(request, held, former.search, former.hits, former=True)
        return found | check_offers(request, held, "screening")

    return attend(request, pk, stage, offers, _context)


def _prepared(request: HttpRequest, pk: int) -> Prepared | Refused | BadInput | None:
    """The parties searched for before anything is locked; or why they could not be, to be told at the form. None where the form is no good."""
    form = RunForm(request.POST, prefix=RUN)
    if not form.is_valid():
        return None
    try:
        return screening.prepare(pk, by=actor_in(request), seen=form.cleaned_data["seen"])
    except NotAllowed:
        raise
    except (Refused, BadInput) as why:
        return why


def _run_form(data: QueryDict | None, held: Held) -> Form:
    return RunForm(data, prefix=RUN, initial={"seen": held.version.number})


def _hit_offers(request: HttpRequest, held: Held, search: Search, of: Iterable[FoundHit], *, former: bool = False) -> dict[str, Offer]:
    """The forms of the hits that can be settled: those that are open, and, for a change of mind, those that were somebody else."""

    def act(hit: FoundHit, form: Form, _: Held) -> object:
        said = form.cleaned_data
        given = {"seen": said["seen"], "result": said["outcome"], "reason": said["reason"], "purpose": said["purpose"], "grade": said["grade"]}
        return screening.settle_hit(held.deal.pk, by=actor_in(request), found=search.pk, number=hit.number, **given)

    def make(form: type[HitForm], prefix: str, data: QueryDict | None, held: Held) -> Form:
        return form(data, prefix=prefix, initial={"seen": held.version.number})

    found = {}
    for hit in hits.to_settle(of)[0]:
        if (hit.content or former) and (hit.settled is None or hit.settled.result == "dismissed"):
            prefix, form = hits.prefix_of(search, hit), HitForm if hit.settled is None else OtherwiseForm
            found[prefix] = Offer("deal.screen", partial(make, form, prefix), partial(act, hit), then=f"#{prefix}")
    return found


def _by_hand(request: HttpRequest, pk: int, place: int, party: Content) -> Offer:
    def act(form: ScreenForm, _: Held) -> object:
        said = form.cleaned_data
        given = {name: said[name] for name in ("seen", "party", "particulars", "lists", "reason", "purpose", "grade")}
        return stages.screen(pk, by=actor_in(request), result=said["outcome"], **given)

    def make(data: QueryDict | None, held: Held) -> Form:
        last = items(held.content, "screening")[-1:]
        initial = {"seen": held.version.number, "party": party_key(party)[1], "particulars": particulars_of(party)}
        return ScreenForm(data, prefix=f"party-{place}", initial=initial | {"lists": last[0].get("lists") if last else None})

    return Offer("deal.screen", make, act, then=f"#party-{place}")


def _parties(held: Held) -> dict[str, Content]:
    """Who is screened: the parties by their particulars, each once, whatever its roles."""
    found: dict[str, Content] = {}
    for party in items(held.content, "parties"):
        found.setdefault(particulars_of(party), party)
    return found


def _context(held: Held, forms: Mapping[str, Form]) -> dict[str, Any]:
    kept, worded, found, parties = held.screening, wording(lang()), [], items(held.content, "parties")
    left = kept.former(held.content)
    waiting = {particulars_of(party) for party in kept.waiting_parties(held.content)}
    for place, (key, party) in enumerate(_parties(held).items()):
        same = [str(other.get("role")) for other in parties if particulars_of(other) == key]
        roles = ", ".join(dict.fromkeys(worded.phrase("roles", role) for role in same))
        results = [row for row in items(held.content, "screening") if is_of(row, party, parties)]
        search = kept.last.get(key)
        told = None if search is None else hits.shown(search, kept.hits(search), party, forms)
        shown = Shown(party_key(party)[1], capital(roles), kept.state(party), told, results, key in waiting, forms.get(f"party-{place}"))
        found.append(shown)
    stated = not kept.demanded and "screening" in (held.content.get("checks") or []) and "screening" not in held.stale_checks
    return {
        "screened": found,
        "former": [FormerShown(one.name, one.open, hits.shown(one.search, one.hits, kept.party_of(one.search), forms)) for one in left],
        "former_open": [one.name for one in left if one.open],
        "unsearched": unsearched(held.content),
        "waiting": list(dict.fromkeys(one.name for one in found if one.waits and one.name)),
        "stated": stated,  # by the file that the deal came from
        "demanded": kept.demanded,
        "run": forms.get(RUN),
        "searched": bool(kept.last),
        "checks": checks_shown(held, "screening", forms),
    }
