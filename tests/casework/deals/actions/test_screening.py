"""Searching for every party on the lists and settling hits: what is kept, what makes the check done, and that nothing else does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings as django_settings

from enduse.casework import clock
from enduse.casework.deals.actions import approving, files, filing, releasing, screening, stages
from enduse.casework.deals.models import Search, Settlement
from enduse.casework.deals.screened import Screening
from enduse.casework.ledger.models import Record
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import NotAllowed, Refused, Stale
from enduse.formats.deal_parts import items, particulars_of
from enduse.formats.problems import BadInput
from enduse.formats.receipts import intact
from tests.builders import file_with
from tests.casework import listed
from tests.casework.cast import actor, held, imported
from tests.casework.deals.stories import later, ready, sign
from tests.casework.listed import LISTED, search, states
from tests.casework.tables import changed, dump, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_lists")]
Cast = dict[str, Actor]


def settle(cast: Cast, deal: int, result: str = "dismissed", party: int = 0, **changes: Any) -> Any:
    found = held(deal).screening.search_of(items(held(deal).content, "parties")[party])
    assert found is not None
    values: dict[str, Any] = {"seen": held(deal).version.number, "found": found.pk, "number": 0, "reason": "another street", "by": cast["anna"]}
    return screening.settle_hit(deal, result=result, **values | changes)


def test_where_nothing_is_found_the_check_is_done_and_every_party_has_its_receipt(cast: Cast) -> None:
    listed.hold({**LISTED, "name": "Ozymandias Plumbworth"})
    deal = imported(cast["anna"], checks=[]).deal.pk
    search(cast, deal)
    assert states(deal) == ["nothing", "nothing"]
    assert held(deal).content["checks"] == ["screening"]
    assert held(deal).stale_checks == ()
    assert "screening" not in held(deal).content  # the file says no more than that
    found = Search.objects.filter(deal=deal)
    assert [one.receipt["query"]["name"] for one in found] == ["Lakeside Telecom", "Nairobi Care Line"]
    assert all(intact(one.receipt) and one.receipt["hits"] == [] and one.digest == one.receipt["digest"] for one in found)
    record = Record.objects.order_by("-index")[0]
    assert record.kind == "deal.searched"
    assert [said["receipt"] for said in json.loads(record.body or "")["searches"]] == [one.digest for one in found]


def test_an_open_hit_keeps_the_check_not_done_until_a_person_settles_it(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    assert states(deal) == ["open", "nothing"]
    assert "screening" not in held(deal).content["checks"]
    assert not held(deal).decided.decision.released
    settle(cast, deal)
    assert states(deal) == ["cleared", "nothing"]  # what a person settled is not what was not found
    assert "screening" in held(deal).content["checks"]
    assert held(deal).stale_checks == ()
    (word,) = Settlement.objects.all()
    assert (word.result, word.reason, word.source, word.entry, word.by_id) == ("dismissed", "another street", "own-a", "A-1", cast["anna"].person)


def test_a_hit_is_settled_with_a_reason_and_a_match_with_what_it_is_evidence_of(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    bad: tuple[tuple[dict[str, Any], str], ...] = (
        ({"reason": "  "}, "deal.reason"),
        ({"result": "maybe"}, "screening.result"),
        ({"result": "match"}, "screening.match_without_evidence"),
        ({"number": 7}, "screening.no_hit"),
        ({"found": 10**6}, "screening.no_hit"),
    )
    for changes, code in bad:
        assert refused(partial(settle, cast, deal, **{"result": "dismissed", **changes})) == code
    settle(cast, deal, "match", purpose="military", grade="concern", reason="same street")
    assert states(deal) == ["match", "nothing"]
    content = held(deal).content
    assert [(row["party"], row["result"]) for row in content["screening"]] == [("Lakeside Telecom", "match")]
    assert [(row["purpose"], row["grade"], row["party"]) for row in content["evidence"]] == [("military", "concern", "Lakeside Telecom")]
    assert "own-a" in content["evidence"][0]["source"] and "A-1" in content["evidence"][0]["source"]
    assert not held(deal).decided.decision.released
    assert refused(partial(settle, cast, deal)) == "screening.settled"  # a match is not taken back


def test_who_was_taken_for_somebody_else_can_be_the_same_after_all(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    settle(cast, deal)
    assert refused(partial(settle, cast, deal)) == "screening.settled"
    settle(cast, deal, "match", purpose="military", grade="alleged")
    assert states(deal) == ["match", "nothing"]
    search(cast, deal)
    assert states(deal) == ["match", "nothing"]  # the later word is not lost


@pytest.mark.parametrize("what", ["missing", "old", "damaged"])
def test_a_list_that_will_not_do_is_an_error_that_blocks(cast: Cast, chosen: Callable[..., None], what: str) -> None:
    listed.hold({**LISTED, "name": "Ozymandias Plumbworth"}, at=clock.now() - timedelta(days=400 if what == "old" else 0))
    if what == "damaged":
        for path in (django_settings.CONFIG.data / "lists" / "own-a").glob("*/entries.jsonl.gz"):
            path.write_bytes(b"no")
    chosen("own-a", *(["own-b"] if what == "missing" else []))
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    assert states(deal) == ["error", "error"]
    assert "screening" not in held(deal).content["checks"]
    by_hand = partial(stages.screen, by=cast["anna"], result="no_match", lists=["UN"], reason="read")
    for party in ("Lakeside Telecom", "Nairobi Care Line"):
        by_hand(deal, seen=held(deal).version.number, party=party)
    assert "screening" not in held(deal).content["checks"]


def test_more_hits_than_are_kept_are_an_error(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "MOST_HITS", 1)
    listed.hold(LISTED, {**LISTED, "id": "A-2"})
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    settle(cast, deal)
    assert states(deal) == ["error", "nothing"]


def test_nothing_is_searched_where_no_list_is_held_or_nobody_named_and_by_hand_counts(cast: Cast) -> None:
    deal = imported(cast["anna"], checks=[]).deal.pk
    assert refused(partial(search, cast, deal)) == "screening.no_lists"
    for party in ("Lakeside Telecom", "Nairobi Care Line"):
        stages.screen(deal, by=cast["anna"], seen=held(deal).version.number, party=party, result="no_match", lists=["UN"], reason="read")
    assert "screening" in held(deal).content["checks"]
    unnamed = imported(cast["anna"], reference="D-2", parties=[{"role": "counterparty"}]).deal.pk
    assert refused(partial(search, cast, unnamed)) == "screening.nobody"


def test_what_cannot_be_asked_of_the_lists_is_told(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"], parties=[{"role": "counterparty", "name": "x" * 11_000}]).deal.pk
    before = dump()
    with pytest.raises(BadInput):
        search(cast, deal)
    assert changed(before, dump()) == []


def test_only_who_screens_searches_and_settles(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    prepared = screening.prepare(deal, by=cast["anna"], seen=1)
    for name in ("boris", "gleb", "vera"):
        with pytest.raises(NotAllowed):
            screening.prepare(deal, by=cast[name], seen=1)
        with pytest.raises(NotAllowed):
            screening.record(prepared, by=cast[name])
    search(cast, deal)
    for name in ("boris", "gleb", "vera"):
        with pytest.raises(NotAllowed):
            settle(cast, deal, by=cast[name])


def test_a_deal_that_changed_while_it_was_searched_is_stale_and_nothing_is_kept(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    prepared = screening.prepare(deal, by=cast["anna"], seen=1)
    stages.intake(deal, by=cast["oleg"], seen=1, changes={"title": "another"})
    before = dump()
    with pytest.raises(Stale):
        screening.record(prepared, by=cast["anna"])
    assert changed(before, dump()) == []
    with pytest.raises(Stale):
        screening.prepare(deal, by=cast["anna"], seen=1)


SAME = [
    {"role": "counterparty", "name": "Lakeside Telecom", "kind": "company", "country": "KE"},
    {"role": "end_user", "name": "Lakeside Telecom", "kind": "company", "country": "TZ"},
    {"role": "payer", "name": "Lakeside Telecom", "kind": "company", "country": "KE"},
]


def test_two_parties_of_one_name_share_nothing_but_one_in_two_roles_is_searched_once(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"], parties=SAME).deal.pk
    search(cast, deal)
    assert Search.objects.filter(deal=deal).count() == 2
    settle(cast, deal, party=0)
    assert states(deal) == ["cleared", "open", "cleared"]
    assert "screening" not in held(deal).content["checks"]
    settle(cast, deal, party=1)
    assert "screening" in held(deal).content["checks"]


def test_a_result_by_hand_is_of_one_party_of_a_name(cast: Cast) -> None:
    deal = imported(cast["anna"], parties=SAME, checks=[]).deal.pk
    record = partial(stages.screen, deal, by=cast["anna"], party="Lakeside Telecom", result="no_match", lists=["UN"], reason="read")
    assert refused(lambda: record(seen=1)) == "screening.which_party"
    record(seen=1, particulars=_key(deal, 0))
    assert Screening(held(deal).deal).waiting(held(deal).content) == ["Lakeside Telecom"]
    record(seen=2, particulars=_key(deal, 1))
    assert held(deal).content["checks"] == ["screening"]
    assert len(held(deal).content["screening"]) == 2
    brought = [{"party": "Lakeside Telecom", "result": "no_match", "lists": ["UN"], "date": clock.today().isoformat()}]
    other = imported(cast["anna"], reference="D-2", parties=SAME, screening=brought).deal.pk
    assert "screening" in held(other).stale_checks  # it does not tell of whom it is


def _key(deal: int, place: int) -> str:
    return str(particulars_of(held(deal).content["parties"][place]))


def test_a_settled_hit_is_remembered_while_entry_and_party_are_the_same(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    settle(cast, deal)
    signed = held(deal).decided.signed
    with later(days=10):
        listed.hold(LISTED, {**LISTED, "id": "B-1", "name": "Ozymandias Plumbworth"})  # a new list in which this entry is as it was
        search(cast, deal)
        assert states(deal) == ["cleared", "nothing"]
        assert held(deal).decided.signed == signed  # it undoes no approval
    with later(days=11):
        listed.hold({**LISTED, "programme": "ARMS 2"})
        search(cast, deal)
        assert states(deal) == ["open", "nothing"]
        assert "screening" not in held(deal).content["checks"]
        kept = held(deal).screening
        (hit,) = kept.hits(kept.search_of(held(deal).content["parties"][0]))  # type: ignore[arg-type]
        assert hit.settled is None and hit.lapsed is not None and hit.lapsed.reason == "another street"


def test_a_settled_hit_lapses_with_the_partys_particulars(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    settle(cast, deal)
    was = held(deal).content["parties"]
    stages.intake(deal, by=cast["anna"], seen=3, changes={"parties": [{**was[0], "address": "Quay 1"}, was[1]]})
    assert states(deal) == ["not_searched", "nothing"]
    search(cast, deal)
    assert states(deal) == ["open", "nothing"]
    stages.intake(deal, by=cast["anna"], seen=held(deal).version.number, changes={"parties": was})
    search(cast, deal)
    assert states(deal) == ["cleared", "nothing"]  # just as it was when it was settled


def test_a_search_grows_old(cast: Cast) -> None:
    listed.hold({**LISTED, "name": "Ozymandias Plumbworth"})
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    assert held(deal).deal.due == clock.today() + timedelta(days=91)
    with later(days=91):
        assert states(deal) == ["too_old", "too_old"]
        assert "screening" in held(deal).stale_checks
        assert refused(lambda: stages.renew_check(deal, by=cast["anna"], seen=2, word="screening", note="again")) == "check.by_party"
        search(cast, deal)
        assert "screening" not in held(deal).stale_checks


# the door


def _all_checks_stated(deal: int, cast: Cast) -> None:
    """An officer brings the deal's file anew, and it says that screening was done, of whomever."""
    today = clock.today().isoformat()
    rows = [
        {"party": name, "result": "no_match", "lists": ["UN"], "reason": "r", "by": "Anna", "date": today}
        for name in ("Lakeside Telecom", "Nairobi Care Line")
    ]
    content = file_with(date=None, screening=rows)
    filing.replace_deal(deal, content, by=cast["anna"], seen=held(deal).version.number)


def _renamed(deal: int, cast: Cast) -> None:
    """The file brings the party under a slightly other name, too, which nobody ever searched for."""
    parties = [{**file_with()["parties"][0], "name": "Lake Side Telecom"}, file_with()["parties"][1]]
    filing.replace_deal(deal, file_with(date=None, parties=parties), by=cast["anna"], seen=held(deal).version.number)


def _by_hand(deal: int, cast: Cast) -> None:
    for party in ("Lakeside Telecom", "Nairobi Care Line"):
        stages.screen(deal, by=cast["anna"], seen=held(deal).version.number, party=party, result="dismissed", lists=["UN"], reason="read")


def _vouched(deal: int, cast: Cast) -> None:
    _all_checks_stated(deal, cast)
    if held(deal).unvouched:
        approving.vouch(deal, by=cast["oleg"], seen=held(deal).version.number, note="it says so")


@pytest.mark.parametrize("attempt", [_all_checks_stated, _renamed, _by_hand, _vouched])
def test_an_unsettled_hit_lets_nothing_go_whatever_is_stated(cast: Cast, attempt: Callable[[int, Cast], None]) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    attempt(deal, cast)
    assert "screening" in held(deal).stale_checks or "screening" not in held(deal).content["checks"]
    seen = held(deal).decided.signed
    with pytest.raises(Refused):
        approving.submit(deal, by=cast["anna"], seen=seen)
    with pytest.raises(Refused):
        approving.approve(deal, by=cast["boris"], seen=seen)
    with pytest.raises(Refused):
        releasing.release(deal, by=cast["anna"])


def test_a_hit_that_comes_up_after_the_approval_stops_the_release(cast: Cast) -> None:
    deal = ready(cast).deal.pk
    listed.hold(LISTED)
    search(cast, deal)
    with pytest.raises(Refused, match="release"):
        releasing.release(deal, by=cast["anna"])
    settle(cast, deal)
    assert "release.stale_approval" in [one.code for one in held(deal).objections]  # the approver signs what is said of hits, too
    sign(cast, deal)
    releasing.release(deal, by=cast["anna"])
    with later(days=1):
        listed.hold({**LISTED, "reason": "more"})
        search(cast, deal)
        standing = held(deal).standing
        assert standing is not None and not standing.stands
        assert held(deal).deal.status == "suspended"


def test_where_lists_are_chosen_every_deal_has_to_be_searched(cast: Cast, chosen: Callable[..., None]) -> None:
    listed.hold({**LISTED, "name": "Ozymandias Plumbworth"})
    chosen("own-a")
    deal = imported(cast["anna"]).deal.pk  # its file says that screening was done
    assert held(deal).stale_checks == ("screening",)
    with pytest.raises(Refused):
        releasing.release(deal, by=cast["anna"])
    search(cast, deal)
    assert held(deal).stale_checks == ()
    sign(cast, deal)
    releasing.release(deal, by=cast["anna"])


def test_who_settled_a_hit_does_not_approve(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    settle(cast, deal, by=cast["dina"])
    seen = held(deal).decided.signed
    approving.submit(deal, by=cast["anna"], seen=seen)
    with pytest.raises(Refused, match="same_hands"):
        approving.approve(deal, by=actor("dina"), seen=seen)


def test_a_receipt_is_read_by_who_sees_the_deal(cast: Cast) -> None:
    listed.hold(LISTED)
    deal = imported(cast["anna"]).deal.pk
    search(cast, deal)
    pk = Search.objects.order_by("pk")[0].pk
    assert screening.search_for(cast["vera"], deal, pk).pk == pk
    files.hand_over(deal, by=cast["anna"], to=cast["lev"].who, stage="screening")
    assert screening.search_for(actor("lev"), deal, pk).pk == pk
    with pytest.raises(NotAllowed):
        screening.search_for(cast["gleb"], deal, pk)
    other = imported(cast["anna"], reference="D-2").deal.pk
    with pytest.raises(Refused, match="absent"):
        screening.search_for(cast["anna"], other, pk)


def test_what_is_asked_of_a_party() -> None:
    person = {
        "name": " Ann\u00ad Lee ",
        "kind": "person",
        "citizenship": ["KE", "TZ"],
        "birth_date": "1961-05",
        "identifiers": [{"scheme": "tax", "value": "77"}],
    }
    asked = screening.question(person)
    assert asked == {"name": "Ann Lee", "kind": "person", "country": ["KE", "TZ"], "birth_date": "1961-05", "identifier": ["77"], "address": ""}
    state = {"name": "Kenya", "kind": "state", "country": "KE", "identifiers": {"un": "404"}, "correspondence_address": "Box 1"}
    assert screening.question(state) == {
        "name": "Kenya",
        "kind": "any",
        "country": ["KE"],
        "birth_date": "",
        "identifier": ["404"],
        "address": "Box 1",
    }
