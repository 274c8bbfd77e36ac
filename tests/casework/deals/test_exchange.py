"""A deal goes in and out without a difference, and the decision on it is the same both ways."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from enduse.casework import clock
from enduse.casework.deals.actions import approving, filing, releasing
from enduse.casework.deals.exchange import all_visible, entries, exported
from enduse.casework.deals.history import used
from enduse.casework.deals.registering import Particulars
from enduse.domain.decision import decide
from enduse.domain.refusals import NotAllowed, Refused
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document, read_yaml
from enduse.formats.writing import deal_text
from enduse.stores.editions import load_edition
from enduse.stores.reading import items
from tests.casework.cast import held, imported, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
DEMONSTRATION = Path(str(files("enduse.demonstration")))


def the_same_both_ways(contents: list[dict[str, Any]]) -> int:
    cast, edition = make_cast("anna"), load_edition()
    for content in contents:
        before = decide(read_deal(Document(content), edition), edition, at=clock.today())
        kept = filing.import_deal(content, by=cast["anna"])
        out = exported(held(kept.deal.pk))
        assert out == content
        assert list(out) == list(content)
        again = read_yaml(deal_text(out)).data
        assert again == content
        assert isinstance(again, dict)
        after = decide(read_deal(Document(again), edition), edition, at=clock.today())
        assert after.fingerprint == before.fingerprint
        found = held(kept.deal.pk).decided
        assert (
            found.today.fingerprint == before.fingerprint
            if found.deal.date is None
            else found.deal.digest == read_deal(Document(content), edition).digest
        )
    return len(contents)


def contents_of(folder: Path) -> list[dict[str, Any]]:
    found = [item.document.data for path in sorted(folder.glob("*.yaml")) for item in items(str(path)) if item.document]
    return [content for content in found if isinstance(content, dict) and content.get("format") == "enduse/deal-1"]


def test_demonstration_deals_come_out_as_they_went_in() -> None:
    assert the_same_both_ways(contents_of(DEMONSTRATION)) >= 11


def test_scenarios_come_out_as_they_went_in(shared: Path) -> None:
    assert the_same_both_ways(contents_of(shared / "scenarios")) >= 10


def test_deliveries_made_go_out_with_the_deal() -> None:
    cast = make_cast("anna", "boris")
    deal = imported(
        cast["anna"], quantity={"units": "9"}, deliveries=[{"date": "2026-01-01", "version": "1.9", "units": "2", "to": "Nairobi Care Line"}]
    )
    approving.submit(deal.deal.pk, by=cast["anna"], seen=deal.decided.signed)
    approving.approve(deal.deal.pk, by=cast["boris"], seen=deal.decided.signed)
    releasing.release(deal.deal.pk, by=cast["boris"])
    releasing.deliver(deal.deal.pk, by=cast["anna"], day=clock.today(), version="1.10", units=Decimal(1), recipient="Nairobi Care Line")
    made = exported(held(deal.deal.pk))["deliveries"]
    assert made[0]["version"] == "1.9"
    assert made[1] == {"date": clock.today().isoformat(), "version": "1.10", "units": "1", "to": "Nairobi Care Line"}
    again = exported(held(deal.deal.pk))
    with pytest.raises(Refused) as told:  # the same file again changes nothing, and no delivery comes in twice
        filing.replace_deal(deal.deal.pk, again, by=cast["anna"], seen=1)
    assert told.value.refusals[0].code == "deal.unchanged"
    standing = held(deal.deal.pk).standing
    assert standing
    assert standing.stands


def test_deliveries_of_an_older_export_do_not_come_in_a_second_time() -> None:
    """A file exported before the last delivery, one with more of its own, one out of order: what was made here counts once."""
    cast = make_cast("anna", "boris")
    before = {"date": "2026-01-01", "version": "1.9", "units": "1", "to": "Nairobi Care Line"}
    deal = imported(cast["anna"], quantity={"units": "99"}, deliveries=[before]).deal.pk
    approving.submit(deal, by=cast["anna"], seen=held(deal).decided.signed)
    approving.approve(deal, by=cast["boris"], seen=held(deal).decided.signed)
    releasing.release(deal, by=cast["boris"])

    def deliver(units: int) -> None:
        releasing.deliver(deal, by=cast["anna"], day=clock.today(), version="1.10", units=Decimal(units), recipient="Nairobi Care Line")

    deliver(2)
    older = exported(held(deal))
    deliver(2)  # the same once more
    deliver(3)
    assert used(held(deal)) == 8
    newer = exported(held(deal))
    for file in (older, newer):
        with pytest.raises(Refused, match=r"deal\.unchanged"):
            filing.replace_deal(deal, file, by=cast["anna"], seen=1)
    seen, elsewhere = 1, {**before, "date": "2026-02-01", "units": "5"}
    for stated in (
        [*older["deliveries"], elsewhere],
        [*newer["deliveries"], elsewhere],
        [elsewhere, *newer["deliveries"][::-1]],
        [before, elsewhere],
    ):
        filing.replace_deal(deal, {**newer, "title": f"file {seen}", "deliveries": stated}, by=cast["anna"], seen=seen)
        seen += 1
        assert sorted(row["units"] for row in held(deal).content["deliveries"]) == ["1", "5"]
        assert used(held(deal)) == 13
    filing.replace_deal(deal, {**newer, "deliveries": [*newer["deliveries"], {**before, "units": "7"}]}, by=cast["anna"], seen=seen)
    assert used(held(deal)) == 15  # the file is what says: it leaves the one elsewhere out


def test_a_delivery_that_the_file_said_before_is_not_taken_for_one_that_was_made_here() -> None:
    cast = make_cast("anna", "boris")
    same = {"date": clock.today().isoformat(), "version": "1.10", "units": "1", "to": "Nairobi Care Line"}
    deal = imported(cast["anna"], quantity={"units": "9"}, deliveries=[same]).deal.pk
    approving.submit(deal, by=cast["anna"], seen=held(deal).decided.signed)
    approving.approve(deal, by=cast["boris"], seen=held(deal).decided.signed)
    releasing.release(deal, by=cast["boris"])
    releasing.deliver(deal, by=cast["anna"], day=clock.today(), version="1.10", units=Decimal(1), recipient="Nairobi Care Line")
    for stated, expected in (([same], 2), ([same, same], 2), ([same, same, same], 3)):
        filing.replace_deal(deal, {**held(deal).content, "title": str(stated), "deliveries": stated}, by=cast["anna"], seen=held(deal).version.number)
        assert used(held(deal)) == expected


def test_who_sees_only_their_own_exports_only_their_own() -> None:
    cast = make_cast("anna", "ivan", "gleb")
    imported(cast["anna"], reference="A-1")
    imported(cast["ivan"], reference="I-1")
    assert [one.deal.reference for one in all_visible(cast["anna"])] == ["A-1", "I-1"]
    assert [one.deal.reference for one in all_visible(cast["ivan"])] == ["I-1"]
    assert list(all_visible(cast["root"])) == []
    with pytest.raises(NotAllowed):
        list(entries(cast["ivan"]))


def test_entries_tell_what_corrects_them() -> None:
    from enduse.casework.deals.actions.registering import correct  # noqa: PLC0415

    cast = make_cast("anna")
    deal = imported(cast["anna"], documents=None)
    filing.refuse_deal(deal.deal.pk, by=cast["anna"], seen=1, reason="no documents")
    correct(1, by=cast["anna"], reason="a typing mistake", given=Particulars(excused="none were made"))
    first, second = entries(cast["anna"])
    assert (first["event"], first["lacks"], first["complete"], first["corrected_by"]) == ("refused", ["documents"], False, 2)
    assert (second["corrects"], second["reason"]) == (1, "a typing mistake")
    assert {"documents", "parties", "subjects", "identification"} <= set(first)
