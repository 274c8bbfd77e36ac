"""Notices of FSTEC and permits of the Commission: what there is of each, whether it counts for this deal and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from enduse.casework.deals.actions import evidence
from enduse.casework.deals.queries import Held
from enduse.casework.deals.reading import content_at
from enduse.domain.notices import counts
from enduse.domain.permits import gaps, triggers
from enduse.domain.refusals import refuse
from enduse.formats.deal_parts import Content, items
from enduse.formats.deal_parts import permits as permits_of
from enduse.web.access import actor_in, page
from enduse.web.forms import Seen
from enduse.web.panel import wording
from enduse.web.stages.answering import Offer, attend
from enduse.web.stages.checks import check_offers, checks_shown
from enduse.web.stages.fields import Choice, Day, Line, Marks, Pick, capital, in_order, named, or_none, phrases
from enduse.web.stages.sheets import Row, Sheet, Table, opened_on
from enduse.web.templatetags.words import lang

STATUSES = ("pending", "granted", "denied", "suspended", "revoked")
TRIGGERS = ("wmd", "terrorism", "military", "notice", "deeper_check", "risk", "indicator_8")
AUTHORITIES = ("commission", "fstec")


class NoticeForm(Seen):
    """What FSTEC said."""

    words_of = "form.notice"
    written = Choice(named("written", "yes", "no"), required=True)
    number = Line(max_length=200)
    date = Day()


class WithdrawForm(Seen):
    """FSTEC's withdrawal of a notice, in writing."""

    words_of = "form.withdrawal"
    number = Line(required=True, max_length=200)
    date = Day(required=True)


class ConditionRow(Row):
    """A condition of a permit."""

    words_of = "form.condition"
    text = Line(required=True)
    met = Pick(or_none(named("answer", "yes", "no", "unknown")))


class PermitSheet(Sheet):
    """A permit, an application or a denial."""

    words_of = "form.permit"
    tables: ClassVar = {"conditions": Table(ConditionRow, ("conditions",))}
    status = Pick(or_none(phrases("permit_statuses", *STATUSES)), required=True)
    authority = Pick()
    number = Line(max_length=200)
    date = Day()
    valid_from = Day()
    valid_until = Day()
    solution = Line()
    version = Line()
    parties = Marks()
    covers = Marks(phrases("triggers", *TRIGGERS))

    def __init__(self, data: QueryDict | None, *, held: Held, place: int | None) -> None:
        self.place = place
        content: Content = {}
        if place is not None:
            rows = permits_of(content_at(held, opened_on(data, "permit", held)))
            if place >= len(rows):
                raise refuse("permit.absent", place=place + 1)
            content = rows[place]
        super().__init__(data, name="permit", held=held, content=content)
        names = [str(party.get("name") or "").strip() for party in items(held.content, "parties")]
        self.fields["parties"].choices = in_order([*filter(None, names), *(content.get("parties") or [])])  # type: ignore[attr-defined]
        authority = content.get("authority")
        others = [(authority, authority)] if authority and authority not in AUTHORITIES else []
        self.fields["authority"].choices = or_none(lambda: [*named("authority", *AUTHORITIES)(), *others])  # type: ignore[attr-defined]
        if place is None:
            deal = held.decided.deal
            self.initial.update({"authority": "commission", "solution": deal.solution.name, "version": deal.solution.version})
            self.initial.update({"covers": list(triggers(held.decided.decision.facts))})

    @property
    def says_more(self) -> bool:
        return super().says_more or self.place is None

    def permit(self) -> Content:
        """What is to be recorded: everything of a new permit; of one that is there what was changed, None for what is to go."""
        if self.place is None:
            made = {name: self.cleaned_data[name] for name in self.fields if name not in self.own and self.cleaned_data[name]}
            conditions = self.rows["conditions"].value()
            return made | ({"conditions": conditions} if conditions else {})
        made = self.applied(self.content)
        return {key: made.get(key) for key in dict.fromkeys([*self.content, *made]) if made.get(key) != self.content.get(key)}


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice as the page tells it."""

    place: int
    notice: Content
    written: bool
    counts: bool
    form: Form | None


@dataclass(frozen=True, slots=True)
class PermitShown:
    """A permit as the page tells it, with what keeps it from counting."""

    place: int
    permit: Content
    status: str
    authority: str
    covers: list[str]
    gaps: list[str]
    uncovered: list[str]

    @property
    def counts(self) -> str:
        """`whole`, `partly` where it leaves something uncovered, or `no`."""
        return "no" if self.gaps else "partly" if self.uncovered else "whole"


@page("deals.see", do="deal.notice")
def view(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The page."""
    actor, opened = actor_in(request), request.GET.get("permit", "")
    place = int(opened) if opened.isascii() and opened.isdecimal() and len(opened) < 6 else None

    def notify(form: NoticeForm, _: Held) -> object:
        said = form.cleaned_data
        return evidence.record_notice(pk, by=actor, seen=said["seen"], written=said["written"], number=said["number"], date=said["date"])

    def permit(form: PermitSheet, _: Held) -> object:
        return evidence.record_permit(pk, by=actor, seen=form.cleaned_data["seen"], permit=form.permit(), place=form.place)

    def withdrawal(which: int) -> Offer:
        def make(data: QueryDict | None, held: Held) -> Form:
            return WithdrawForm(data, prefix=f"notice-{which}", initial={"seen": held.version.number})

        def act(form: WithdrawForm, _: Held) -> object:
            said = form.cleaned_data
            return evidence.withdraw_notice(pk, by=actor, seen=said["seen"], place=which, number=said["number"], date=said["date"])

        return Offer("deal.notice", make, act, then="#notices")

    def notice(data: QueryDict | None, held: Held) -> Form:
        return NoticeForm(data, prefix="notice", initial={"seen": held.version.number})

    def offers(held: Held) -> dict[str, Offer]:
        found = {"notice": Offer("deal.notice", notice, notify, then="#notices")}
        for which, row in enumerate(items(held.content, "notices")):
            if not row.get("withdrawn"):
                found[f"notice-{which}"] = withdrawal(which)
        if opened:
            make = lambda data, held: PermitSheet(data, held=held, place=place)  # noqa: E731
            found["permit"] = Offer("deal.permit", make, permit, then="#permits", only_changed=True)
        return found | check_offers(request, held, "permits")

    def context(held: Held, forms: Mapping[str, Form]) -> dict[str, Any]:
        return {**_context(held, forms), "place": place, "may_permit": actor.may("deal.permit") and not held.closed}

    return attend(request, pk, stage, offers, context)


def _context(held: Held, forms: Mapping[str, Form]) -> dict[str, Any]:
    worded, decision, today, deal = wording(lang()), held.decided.decision, held.decided.today, held.decided.deal
    notices = [
        NoticeShown(place, row, notice.written, counts(notice, decision.at), forms.get(f"notice-{place}"))
        for place, (row, notice) in enumerate(zip(items(held.content, "notices"), deal.notices, strict=True))
    ]
    needed, shown = triggers(decision.facts), []
    for place, (row, permit) in enumerate(zip(permits_of(held.content), deal.permits, strict=True)):
        authority = str(row.get("authority") or "")
        name = dict(named("authority", *AUTHORITIES)()).get(authority, authority)
        covers = [worded.phrase("triggers", trigger) for trigger in row.get("covers") or []]
        found = gaps(permit, deal, decision.at)
        found += [ground for ground in gaps(permit, deal, today.at) if ground not in found]
        lacks = [worded.ground(ground) for ground in found]
        uncovered = [worded.phrase("triggers", trigger) for trigger in needed if trigger not in permit.covers]
        status = capital(worded.phrase("permit_statuses", permit.status or "unknown"))
        shown.append(PermitShown(place, row, status, name, covers, lacks, uncovered))
    return {
        "notices": notices,
        "permits": shown,
        "needed": [worded.phrase("triggers", trigger) for trigger in needed],
        "stands": {fact: capital(worded.fact(decision, fact, decision.facts[fact])) for fact in ("notice", "permit")},
        "today": capital(worded.fact(today, "permit", today.facts["permit"])) if today.facts["permit"] != decision.facts["permit"] else "",
        "checks": checks_shown(held, "permits", forms),
    }
