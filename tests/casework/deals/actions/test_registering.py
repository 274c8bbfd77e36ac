"""Correcting the register: both entries stay, and an entry of a release never says anything else than what was released."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import approving, filing, registering, releasing, stages
from enduse.casework.deals.registering import Particulars
from enduse.casework.door import action
from enduse.casework.ledger.verifying import verify
from enduse.casework.people.actor import Actor
from enduse.casework.register.entries import enter
from enduse.casework.register.models import Entry
from enduse.domain.refusals import Refused
from enduse.formats.problems import BadInput
from tests.casework.calls import released
from tests.casework.cast import held, imported
from tests.casework.deals.stories import submit
from tests.casework.tables import changed, dump

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]
CONTRACT = {"kind": "contract", "number": "9/26", "date": "2026-10-03"}
OTHER = [
    {"role": "counterparty", "name": "Other Army", "kind": "state", "country": "KE"},
    {"role": "end_user", "name": "Nairobi Care Line", "kind": "company", "country": "KE"},
]


def sound() -> bool:
    verified = verify()
    return verified.findings == () and verified.uncompared == 0


def test_a_correction_is_an_entry_of_its_own(cast: Cast) -> None:
    released(cast)
    wrong = Entry.objects.get()
    made = registering.correct(wrong.number, by=cast["oleg"], reason="the number was wrong", given=Particulars(documents=[CONTRACT]))
    assert (made.number, made.event, made.corrects, made.reason) == (wrong.number + 1, "released", wrong, "the number was wrong")
    assert made.content == {**wrong.content, "documents": [CONTRACT]}
    assert Entry.objects.get(number=wrong.number).content == wrong.content
    with pytest.raises(Refused, match=r"register\.corrected"):
        registering.correct(wrong.number, by=cast["oleg"], reason="again", given=Particulars(excused="none kept"))
    again = registering.correct(made.number, by=cast["oleg"], reason="again", given=Particulars(excused="none kept"))
    assert (again.corrects, again.content) == (made, {**made.content, "excused": "none kept"})
    assert sound()


def test_only_what_is_there_is_corrected_with_a_reason_and_to_something_else(cast: Cast) -> None:
    released(cast)
    before = dump()
    with pytest.raises(Refused, match=r"register\.absent"):
        registering.correct(7, by=cast["anna"], reason="a slip")
    with pytest.raises(Refused, match=r"deal\.reason"):
        registering.correct(1, by=cast["anna"], reason=" ", given=Particulars(documents=[CONTRACT]))
    for given in (Particulars(), Particulars(documents=Entry.objects.get().content["documents"])):
        with pytest.raises(Refused, match=r"register\.unchanged"):
            registering.correct(1, by=cast["anna"], reason="a slip", given=given)
    with pytest.raises(BadInput):
        registering.correct(1, by=cast["anna"], reason="a slip", given=Particulars(documents=[{**CONTRACT, "date": "soon"}]))
    assert changed(before, dump()) == []


def test_a_correction_says_what_was_released_whatever_the_deal_says_now(cast: Cast) -> None:
    deal = released(cast, quantity={"units": "9"}).deal.pk
    stages.intake(deal, by=cast["anna"], seen=1, changes={"parties": OTHER, "quantity": {"units": "900"}, "title": "another"})
    standing = held(deal).standing
    assert standing
    assert not standing.stands
    first = Entry.objects.get()
    made = registering.correct(1, by=cast["anna"], reason="a slip", given=Particulars(documents=[CONTRACT]))
    assert made.content == {**first.content, "documents": [CONTRACT]}
    assert "Other Army" not in str(made.content)
    for given in (Particulars(solution="Another"), Particulars(version="2"), Particulars(names={0: "Other Army"})):
        with pytest.raises(Refused, match=r"register\.bound"):
            registering.correct(2, by=cast["anna"], reason="a slip", given=given)
    releasing.withdraw_release(deal, by=cast["anna"], reason="over")
    withdrawn = Entry.objects.get(number=3)
    assert (withdrawn.event, withdrawn.reason, withdrawn.content, withdrawn.lacks) == ("withdrawn", "over", made.content, [])
    with pytest.raises(Refused, match=r"register\.bound"):
        registering.correct(3, by=cast["anna"], reason="a slip", given=Particulars(version="2"))
    assert registering.correct(3, by=cast["anna"], reason="a slip", given=Particulars(excused="lost")).content == {**made.content, "excused": "lost"}
    assert sound()


def test_an_entry_that_a_correction_made_wrong_is_put_right_again(cast: Cast) -> None:
    """What stands in the register may have been entered before a release's own version was what counts."""
    deal = released(cast)
    first = Entry.objects.get()
    stages.intake(deal.deal.pk, by=cast["anna"], seen=1, changes={"parties": OTHER})
    with action("register.corrected", by=cast["anna"], about=f"deal:{deal.deal.pk}") as act:
        enter(act, deal=deal.deal.pk, event="released", content={**first.content, "parties": OTHER}, lacks=[], reason="a slip", corrects=first)
        act.says(register=2, corrects=1, reason="a slip")
    made = registering.correct(2, by=cast["anna"], reason="that was never released")
    assert made.content == first.content


@pytest.mark.parametrize("end", ["refuse_deal", "abandon"])
def test_an_incomplete_entry_of_a_deal_that_has_ended_is_completed(end: str, cast: Cast) -> None:
    parties = [{"role": "counterparty", "name": "Lakeside Telecom", "kind": "company", "country": "KE"}, {"role": "end_user", "kind": "company"}]
    deal = imported(cast["anna"], documents=None, parties=parties, solution={"name": None, "version": None}).deal.pk
    getattr(filing, end)(deal, by=cast["anna"], seen=1, reason="too vague")
    first = Entry.objects.get()
    assert first.lacks == ["documents", "party_names", "solution", "version"]
    one = registering.correct(1, by=cast["oleg"], reason="found", given=Particulars(documents=[CONTRACT], names={1: "Nairobi Care Line"}))
    assert (one.event, one.lacks) == (first.event, ["solution", "version"])
    two = registering.correct(2, by=cast["oleg"], reason="found", given=Particulars(solution="Slovo", version="1.10"))
    assert two.lacks == []
    assert two.content["documents"] == [CONTRACT]
    assert [party["name"] for party in two.content["parties"]] == ["Lakeside Telecom", "Nairobi Care Line"]
    assert two.content["subjects"]["solution"] == {"name": "Slovo", "version": "1.10"}
    for key in ("reference", "version", "digest", "outcome", "clauses", "edition", "identification"):
        assert two.content[key] == first.content[key]
    assert [entry.lacks for entry in Entry.objects.order_by("number")] == [first.lacks, one.lacks, []]
    assert held(deal).version.number == 1  # the deal itself changes no more
    assert sound()


def test_a_deal_that_named_nobody_gets_its_counterparty(cast: Cast) -> None:
    deal = imported(cast["anna"], parties=None).deal.pk
    filing.refuse_deal(deal, by=cast["anna"], seen=1, reason="nobody would say")
    assert Entry.objects.get().lacks == ["parties"]
    made = registering.correct(1, by=cast["anna"], reason="found", given=Particulars(names={0: "Lakeside Telecom"}))
    assert (made.lacks, made.content["parties"]) == ([], [{"role": "counterparty", "name": "Lakeside Telecom"}])
    with pytest.raises(ValueError, match="7"):
        registering.correct(2, by=cast["anna"], reason="found", given=Particulars(names={7: "Somebody"}))


def test_a_deal_refused_after_a_release_that_was_withdrawn_is_no_entry_of_that_release(cast: Cast) -> None:
    deal = released(cast).deal.pk
    releasing.withdraw_release(deal, by=cast["anna"], reason="over")
    stages.intake(deal, by=cast["anna"], seen=1, changes={"parties": OTHER})
    filing.abandon(deal, by=cast["anna"], seen=2, reason="over")
    made = registering.correct(3, by=cast["anna"], reason="found", given=Particulars(version="1.11"))
    assert (made.event, made.content["subjects"]["solution"]["version"], made.content["parties"]) == ("withdrawn", "1.11", OTHER)


def test_each_release_has_its_own_entries(cast: Cast) -> None:
    deal = released(cast).deal.pk
    releasing.withdraw_release(deal, by=cast["anna"], reason="the wrong quantity")
    stages.intake(deal, by=cast["anna"], seen=1, changes={"quantity": {"units": "7"}})
    stages.check(deal, by=cast["anna"], seen=2, word="risk_assessment", note="made again")
    submit(cast, deal)
    approving.approve(deal, by=cast["boris"], seen=held(deal).decided.signed)
    releasing.release(deal, by=cast["anna"])
    stages.intake(deal, by=cast["anna"], seen=3, changes={"quantity": {"units": "900"}})
    releasing.withdraw_release(deal, by=cast["anna"], reason="over")
    assert [(entry.event, entry.content["subjects"]["quantity"]) for entry in Entry.objects.order_by("number")] == [
        ("released", {}),
        ("withdrawn", {}),
        ("released", {"units": "7"}),
        ("withdrawn", {"units": "7"}),
    ]
    for number, units in ((1, {}), (2, {}), (3, {"units": "7"}), (4, {"units": "7"})):
        made = registering.correct(number, by=cast["anna"], reason="a slip", given=Particulars(documents=[CONTRACT]))
        assert made.content["subjects"]["quantity"] == units
