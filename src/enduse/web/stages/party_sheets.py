"""The sheet of one party, new, taken from a record, or already there, and its place among the deal's parties."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from enduse.casework.deals.queries import Held
from enduse.casework.deals.reading import content_at
from enduse.domain.refusals import refuse
from enduse.domain.rules import fingerprint
from enduse.formats.deal_parts import Content, items
from enduse.web.forms import Seen, words
from enduse.web.stages.fields import Choice, Countries, Line, Lines, Number, Pick, countries, named, or_none, phrases
from enduse.web.stages.sheets import Row, Sheet, Table, opened_on

ROLES = ("counterparty", "end_user", "intermediary", "consignee", "payer", "owner")


class IdentifierRow(Row):
    """A number in a register."""

    words_of = "form.identifier"
    scheme = Line()
    value = Line(required=True)


class ActivityRow(Row):
    """A line of business."""

    words_of = "form.activity"
    code = Line()
    scheme = Line()
    text = Line()


class CapacityRow(Row):
    """How much of something a party has or can use."""

    words_of = "form.capacity"
    of = Line(required=True)
    units = Number(required=True)


class PartySheet(Sheet):
    """A party: role, name, kind, country or citizenships, and what the indicators read of it."""

    words_of = "form.party"
    own: ClassVar[tuple[str, ...]] = (*Sheet.own, "stateless")
    tables: ClassVar = {
        "identifiers": Table(IdentifierRow, ("identifiers",), keyed=("scheme", "value"), either=True),
        "activities": Table(ActivityRow, ("activities",)),
        "capacity": Table(CapacityRow, ("capacity",), keyed=("of", "units")),
    }
    role = Pick(or_none(phrases("roles", *ROLES)), required=True)
    name = Line()
    kind = Choice(or_none(named("party_kind", "company", "person", "state"), "desk.not_known"))
    country = Pick(or_none(countries, "desk.not_known"))
    citizenship = Countries()
    stateless = forms.BooleanField(required=False)
    birth_date = Line(max_length=10)
    address = Line()
    correspondence_address = Line()
    staff = Number()
    installed = Lines()

    def __init__(self, data: QueryDict | None, *, held: Held, place: int | None, record: Content | None = None) -> None:
        """`place` is the party's among the deal's; None for a new one, which may start from what a record says."""
        self.place = place
        content = record or {}
        if place is not None:
            rows = items(content_at(held, opened_on(data, "party", held)), "parties")
            if place >= len(rows):
                raise refuse("desk.party_gone")
            content = rows[place]
        super().__init__(data, name="party", held=held, content=content)
        self.initial["stateless"] = content.get("citizenship") == []

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("stateless") and found.get("citizenship"):
            self.add_error("stateless", words("form.party.stateless_with"))
        return found

    @property
    def says_more(self) -> bool:
        return super().says_more or "stateless" in self.changed_data or self.place is None

    def applied(self, target: Content) -> Content:
        made = super().applied(target)
        if self.cleaned_data["stateless"]:
            made["citizenship"] = []
        elif made.get("citizenship") == []:
            del made["citizenship"]
        return made

    def parties(self, held: Held) -> list[Content]:
        """The parties that stand, with this one as it is to be. Raises Refused where somebody changed it meanwhile."""
        rows = items(held.content, "parties")
        made = self.applied(self.content)
        if self.place is None:
            return [*rows, made]
        place = _place_of(rows, self.content, self.place)
        return [made if number == place else row for number, row in enumerate(rows)]


class RemoveForm(Seen):
    """A party that is to go from the deal, known by its place and by what was seen of it."""

    place = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(max_length=71, widget=forms.HiddenInput)

    def parties(self, held: Held) -> list[Content]:
        """The parties that stand without this one. Raises Refused where somebody changed it meanwhile."""
        rows = items(held.content, "parties")
        wanted = next((row for row in rows if fingerprint(row) == self.cleaned_data["was"]), None)
        place = -1 if wanted is None else _place_of(rows, wanted, self.cleaned_data["place"])
        if place < 0:
            raise refuse("desk.party_gone")
        return [row for number, row in enumerate(rows) if number != place]


def _place_of(rows: list[Content], wanted: Content, likely: int) -> int:
    if 0 <= likely < len(rows) and rows[likely] == wanted:
        return likely
    if wanted not in rows:
        raise refuse("desk.party_gone")
    return rows.index(wanted)
