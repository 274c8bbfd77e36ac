"""An open hit lets nothing go: of a deal that asks for no check, and of a party that was renamed or removed since."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.conf import settings

from enduse.casework.deals.actions import approving, files, filing, registering, releasing, screening, stages
from enduse.casework.deals.models import Search
from enduse.casework.ledger.actions import erasing
from enduse.casework.people.actions import settling
from enduse.casework.people.actor import Actor
from tests.casework import listed
from tests.casework.cast import held, imported
from tests.casework.deals.stories import later, not_export, sign
from tests.casework.listed import LISTED, search, states
from tests.casework.tables import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_lists")]
Cast = dict[str, Actor]


def settle(cast: Cast, deal: int, result: str = "dismissed", **changes: Any) -> Any:
    first = Search.objects.filter(deal=deal).order_by("pk")[0].pk
    values: dict[str, Any] = {"seen": held(deal).version.number, "found": first, "number": 0, "reason": "another street", "by": cast["anna"]}
    return screening.settle_hit(deal, result=result, **values | changes)


def shed(cast: Cast, **changes: Any) -> tuple[int, int]:
    """A deal of which a party with an open hit was renamed, and was not found under the other name; and the search that found it."""
    listed.hold(LISTED)
    deal = imported(cast["anna"], **changes).deal.pk
    search(cast, deal)
    was = held(deal).content["parties"]
    stages.intake(deal, by=cast["anna"], seen=2, changes={"parties": [{**was[0], "name": "Ozymandias Plumbworth"}, was[1]]})
    search(cast, deal)
    return deal, Search.objects.filter(deal=deal).order_by("pk")[0].pk


def test_what_is_no_export_is_not_released_with_an_open_hit_and_a_release_is_suspended(cast: Cast) -> None:
    deal = imported(cast["anna"], **not_export()).deal.pk
    sign(cast, deal)
    releasing.release(deal, by=cast["anna"])
    listed.hold(LISTED)
    search(cast, deal)
    assert held(deal).decided.decision.outcome.name == "not_export"
    assert "release.unscreened" in [one.code for one in held(deal).objections]
    assert held(deal).deal.status == "suspended"
    (event,) = held(deal).events
    assert (event.kind, event.cause) == ("suspended", "checks")
    assert refused(lambda: approving.submit(deal, by=cast["anna"], seen=held(deal).decided.signed)) == "release.unscreened"
    settle(cast, deal)
    sign(cast, deal)
    assert held(deal).objections == ()


def test_what_is_no_export_is_searched_where_lists_are_chosen_and_else_goes_as_it_is(cast: Cast, chosen: Callable[..., None]) -> None:
    deal = imported(cast["anna"], **not_export()).deal.pk
    sign(cast, deal)
    assert held(deal).objections == ()
    listed.hold({**LISTED, "name": "Ozymandias Plumbworth"})
    chosen("own-a")
    assert [one.code for one in held(deal).objections] == ["release.stale_checks", "release.unscreened"]
    assert refused(lambda: releasing.release(deal, by=cast["anna"])) == "release.stale_checks"
    search(cast, deal)
    sign(cast, deal)
    releasing.release(deal, by=cast["anna"])
    with later(days=91):
        standing = held(deal).standing
        assert standing is not None
        assert "release.unscreened" in [one.code for one in standing.objections]


def test_the_open_hit_of_a_former_party_is_settled_and_then_counts_for_nothing(cast: Cast) -> None:
    deal, found = shed(cast)
    assert "screening" not in held(deal).content["checks"]
    signed = held(deal).decided.signed
    settle(cast, deal, found=found)
    assert "screening" in held(deal).content["checks"]
    assert held(deal).unscreened == ()
    assert held(deal).decided.signed != signed
    assert len(held(deal).screening.said(held(deal).content)) == 1  # the approver signs it
    assert refused(partial(settle, cast, deal, found=found)) == "screening.settled"


def test_the_hit_of_a_former_party_may_be_a_match_and_then_is_evidence(cast: Cast) -> None:
    deal, found = shed(cast)
    assert refused(partial(settle, cast, deal, "match", found=found)) == "screening.match_without_evidence"
    settle(cast, deal, "match", found=found, purpose="military", grade="concern")
    content = held(deal).content
    assert [(row["party"], row["result"]) for row in content["screening"]] == [("Lakeside Telecom", "match")]
    assert [(row["party"], row["grade"]) for row in content["evidence"]] == [("Lakeside Telecom", "concern")]
    assert held(deal).unscreened == ()
    assert not held(deal).decided.decision.released


def test_the_hit_of_a_former_party_is_settled_also_where_its_entry_is_lost(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "entries_of", lambda *_: {})
    deal, found = shed(cast)
    settle(cast, deal, found=found)
    assert held(deal).unscreened == ()


def test_of_a_former_party_with_more_hits_than_are_kept_none_is_to_be_settled(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as few:
        few.setattr(screening, "MOST_HITS", 1)
        listed.hold(LISTED, {**LISTED, "id": "A-2"})
        deal = imported(cast["anna"]).deal.pk
        search(cast, deal)
        assert states(deal) == ["error", "nothing"]
    was = held(deal).content["parties"]
    stages.intake(deal, by=cast["anna"], seen=2, changes={"parties": [{**was[0], "name": "Lakeside Telecom Ltd"}, was[1]]})
    search(cast, deal)
    assert states(deal) == ["open", "nothing"]  # the name in full is searched for, and its hits are settled
    assert held(deal).screening.former(held(deal).content) == []


def test_what_cannot_be_seen_is_no_reason(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    assert refused(partial(settle, cast, deal, reason="\u200b")) == "deal.reason"


def test_no_verb_takes_what_cannot_be_seen_for_a_reason(cast: Cast) -> None:
    deal = imported(cast["anna"]).deal.pk
    anna, petr, nothing = cast["anna"], cast["petr"], " \u2060\u3164"
    hold: dict[str, Any] = {"by": petr, "reason": "a rumour", "ends_when": "it is cleared up"}
    tries: dict[Callable[[], Any], str] = {
        partial(approving.hold, deal, **hold | {"reason": nothing}): "hold.unreasoned",
        partial(approving.hold, deal, **hold | {"ends_when": nothing}): "hold.unreasoned",
        partial(approving.reject, deal, by=petr, seen="", note=nothing): "deal.reason",
        partial(releasing.suspend, deal, by=anna, reason=nothing): "deal.reason",
        partial(filing.refuse_deal, deal, by=anna, seen=1, reason=nothing): "deal.reason",
        partial(files.comment, deal, by=anna, text=nothing): "deal.reason",
        partial(stages.settle_clauses, deal, by=cast["anna"], seen=1, state="excused", reason=nothing): "deal.reason",
        partial(
            stages.screen, deal, by=anna, seen=1, party="Lakeside Telecom", result="no_match", lists=["UN"], reason=nothing
        ): "screening.unreasoned",
        partial(registering.correct, 1, by=anna, reason=nothing): "deal.reason",
        partial(settling.settle, "check_days", "30", by=cast["root"], reason=nothing): "deal.reason",
        partial(erasing.erase, 1, by=cast["root"], reason=nothing): "deal.reason",
    }
    for do, code in tries.items():
        assert refused(do) == code, do


def test_a_search_that_failed_between_sheds_no_hit(cast: Cast, chosen: Callable[..., None]) -> None:
    listed.hold(LISTED)
    listed.hold({**LISTED, "name": "Somebody Else"}, word="own-b")
    chosen("own-a", "own-b")
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    (path,) = (settings.CONFIG.data / "lists").glob("own-a")
    path.rename(away := path.with_name(".away"))
    search(cast, deal)
    assert "error" in states(deal)
    away.rename(path)
    was = held(deal).content["parties"]
    stages.intake(deal, by=cast["anna"], seen=held(deal).version.number, changes={"parties": [{**was[0], "name": "Ozymandias Plumbworth"}, was[1]]})
    search(cast, deal)
    assert held(deal).unscreened == (was[0]["name"],)
    settle(cast, deal)
    assert held(deal).unscreened == ()
