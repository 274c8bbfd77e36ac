"""Filing, importing, replacing and ending a deal."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import filing, releasing, stages
from enduse.casework.deals.models import Closing, Deal, Version
from enduse.casework.people.actor import Actor
from enduse.casework.register.models import Entry
from enduse.domain.refusals import NotAllowed, Refused, Stale
from enduse.formats.problems import BadInput
from tests.builders import file_with
from tests.casework.calls import released
from tests.casework.cast import held, imported
from tests.casework.deals.stories import CONCERN
from tests.casework.tables import changed, dump

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]


def test_a_deal_is_filed_with_what_is_known(cast: Cast) -> None:
    content = {"format": "enduse/deal-1", "reference": "F-1"}
    kept = filing.file_deal(content, by=cast["gleb"], note="a call")
    deal = Deal.objects.get()
    assert (deal.pk, deal.reference, deal.initiator_id, deal.handler_id) == (kept.deal.pk, "F-1", cast["gleb"].person, cast["gleb"].person)
    assert (deal.status, deal.outcome, deal.stage) == ("open", "incomplete", "intake")
    assert (kept.version, Version.objects.get().content) == (1, content)


def test_a_reference_is_given_once(cast: Cast) -> None:
    imported(cast["anna"])
    with pytest.raises(Refused, match=r"deal\.exists"):
        filing.import_deal(file_with(), by=cast["anna"])
    assert Deal.objects.count() == 1


def test_what_is_no_deal_is_not_filed(cast: Cast) -> None:
    before = dump()
    for content in ({}, {"format": "enduse/deal-1"}, file_with(parties="none"), file_with(anything=1)):
        with pytest.raises(BadInput):
            filing.file_deal(content, by=cast["anna"])
    assert changed(before, dump()) == []


def test_the_content_that_was_given_stays_the_givers(cast: Cast) -> None:
    content = file_with()
    filing.import_deal(content, by=cast["anna"])
    assert content == file_with()


def test_what_a_file_states_as_checked_is_checked_by_whoever_takes_it_in(cast: Cast) -> None:
    deal = imported(cast["anna"])
    vouched = {"solution.identification", "part:deal.indicate", "part:deal.clauses", "part:deal.determine"}
    assert {check.check_word for check in deal.deal.made_checks.all()} == set(file_with()["checks"]) | vouched
    assert {check.by_id for check in deal.deal.made_checks.all()} == {cast["anna"].person}
    assert deal.stale_checks == ()


def test_a_deal_is_replaced_by_its_file_unless_something_adverse_is_missing(cast: Cast) -> None:
    deal = imported(cast["anna"], evidence=[CONCERN]).deal.pk
    with pytest.raises(Refused, match=r"deal\.evidence_kept"):
        filing.replace_deal(deal, file_with(date=None), by=cast["anna"], seen=1)
    with pytest.raises(Refused, match=r"deal\.reference_kept"):
        filing.replace_deal(deal, file_with(date=None, evidence=[CONCERN], reference="D-2"), by=cast["anna"], seen=1)
    with pytest.raises(Refused, match=r"deal\.unchanged"):
        filing.replace_deal(deal, file_with(date=None, evidence=[CONCERN]), by=cast["anna"], seen=1)
    with pytest.raises(Stale):
        filing.replace_deal(deal, file_with(date=None, evidence=[CONCERN], title="x"), by=cast["anna"], seen=0)
    assert filing.replace_deal(deal, file_with(date=None, evidence=[CONCERN], title="x"), by=cast["anna"], seen=1).version == 2


def test_a_deal_of_somebody_else_is_as_good_as_none(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    for pk in (deal, 10_000):
        with pytest.raises(NotAllowed, match=r"deal\.absent"):
            filing.abandon(pk, by=cast["gleb"], seen=1, reason="mine")


@pytest.mark.parametrize(("close", "how"), [(filing.abandon, "withdrawn"), (filing.refuse_deal, "refused")])
def test_a_deal_ends_with_a_reason_and_an_entry(close: object, how: str, cast: Cast) -> None:
    assert callable(close)
    deal = imported(cast["anna"]).deal.pk
    with pytest.raises(Refused, match=r"deal\.reason"):
        close(deal, by=cast["anna"], seen=1, reason=" ")
    close(deal, by=cast["anna"], seen=1, reason="the buyer lied")
    closing = Closing.objects.get()
    assert (closing.kind, closing.reason, held(deal).deal.status) == (how, "the buyer lied", how)
    assert (Entry.objects.get().event, Entry.objects.get().reason) == (how, "the buyer lied")
    with pytest.raises(Refused, match=r"deal\.closed"):
        close(deal, by=cast["anna"], seen=1, reason="again")


def test_what_was_released_is_withdrawn_first(cast: Cast) -> None:
    deal = released(cast).deal.pk
    with pytest.raises(Refused, match=r"deal\.released_already"):
        filing.refuse_deal(deal, by=cast["anna"], seen=1, reason="late")
    releasing.withdraw_release(deal, by=cast["anna"], reason="over")
    assert filing.refuse_deal(deal, by=cast["anna"], seen=1, reason="late").kind == "refused"


def test_a_release_that_no_longer_stands_is_withdrawn_first_too(cast: Cast) -> None:
    deal = released(cast).deal.pk
    stages.intake(deal, by=cast["anna"], seen=1, changes={"title": "another"})
    assert held(deal).deal.status == "suspended"
    before = dump()
    for close in (filing.abandon, filing.refuse_deal):
        with pytest.raises(Refused, match=r"deal\.released_already"):
            close(deal, by=cast["anna"], seen=2, reason="late")
    assert changed(before, dump()) == []


def test_a_reference_fits_its_column(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"deal\.reference_long"):
        imported(cast["anna"], reference="Ж" * 201)
    assert imported(cast["anna"], reference="Ж" * 200).deal.reference == "Ж" * 200
