"""A state machine over screening by search: deals, lists that come, change, grow old and go, and people who settle hits or try to.

Beside it stands a model that knows what was brought, searched and said, and nothing of the guards. After every step it is asked whether
the door stands open (then screening must be done, and a release must go), whether a release stands, and whether anything adverse is gone.
"""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from enduse.casework import clock
from enduse.casework.deals.actions import evidence, filing, screening, stages
from enduse.casework.deals.models import Search, Settlement
from enduse.domain.refusals import Refused, Stale
from enduse.formats.deal_parts import particulars_of
from enduse.stores import indexes, lists
from tests import databases
from tests.builders import file_with
from tests.casework import listed
from tests.casework.cast import ROLES, actor
from tests.casework.deals.searching_model import LISTED_FOR, MOST, Brought, Content, Expected, Hit, Model, Sought, Unfounded, Word, expected, who
from tests.casework.deals.trying import EVERYBODY, OFFICERS, Trying

NAMES = ("Lakeside Telecom", "Nairobi Care Line", "Ozymandias Plumbworth", "Quill Trading")
ADDRESSES = (None, "Quay 1", "Quay 2")
BYSTANDER = {"id": "Z-1", "name": "Bystander Holdings", "kind": "company", "country": "Kenya"}
A, B, BOTH = ("own-a",), ("own-b",), ("own-a", "own-b")
TWO = file_with()["parties"]


class Screened(Trying):
    """Deals whose parties are searched for, one at a time, by a cast that also tries what it may not."""

    done: ClassVar[Counter[str]] = Counter()  # beside what was done the runs; and in which of them something was first wrong

    def __init__(self) -> None:
        super().__init__()
        self.done["runs"] += 1
        self.config = settings.CONFIG
        self.data = Path(tempfile.mkdtemp(dir=databases.folder))  # of this run alone, also where tests run side by side
        self.patched = pytest.MonkeyPatch()
        self.patched.setattr(screening, "MOST_HITS", MOST)
        self.brought = 0
        self.lists: dict[str, Brought] = {}
        self.model = Model()
        self.prepared: tuple[screening.Prepared, datetime, list[tuple[str, Expected]]] | None = None
        self.kept: dict[type[Search] | type[Settlement], list[tuple[Any, ...]]] = {Search: [], Settlement: []}
        self.choose(())

    def teardown(self) -> None:
        """Undo the run."""
        self.patched.undo()
        settings.CONFIG = self.config
        indexes.forget()
        shutil.rmtree(self.data)
        super().teardown()

    # how it is tried

    def was_changed(self, by: str) -> None:
        """Whoever changed it has had a hand in it, and who its parties are now is remembered."""
        self.model.hands.add(by)
        self.model.stands(self.content)

    def must(self, so: bool, *why: str) -> None:
        """Raises Unfounded where it is not so."""
        if not so:
            self.done["first wrong"] = self.done["first wrong"] or self.done["runs"]
            raise Unfounded(list(why))

    def wait_for_what_is_missing(self) -> None:
        """Where searches are demanded, the deal waits for what is missing, and for nothing else."""
        if self.model.demanded:
            waits, missing = bool(self.stands.unscreened), self.model.unscreened(self.content, self.now)
            assert not waits or missing, self.stands.unscreened
            self.must(waits or not missing, *missing)

    # lists

    def choose(self, words: tuple[str, ...]) -> None:
        """The organisation chooses lists, as `ENDUSE_LISTS` does."""
        chosen = replace(self.config.lists, chosen=words, limits=dict.fromkeys(BOTH, LISTED_FOR))
        settings.CONFIG = replace(self.config, lists=chosen, data=self.data)
        self.model.chosen, self.seen = words, None

    @rule(word=st.sampled_from(BOTH), names=st.lists(st.sampled_from(NAMES[:3]), max_size=3), anew=st.booleans())
    def bring(self, word: str, names: list[str], anew: bool = False) -> None:
        """A new version of a list: entries come, go, and where it says so read otherwise."""
        self.brought += anew
        rows = [{**BYSTANDER, "id": f"{word}-{place}", "name": name, "reason": f"read {self.brought}"} for place, name in enumerate(names)]
        snapshot = listed.hold(*rows, BYSTANDER, word=word, at=self.now)
        self.lists[word] = Brought({row["id"]: row for row in rows}, self.now.date(), snapshot.digest)
        self.clock(seconds=1)

    @rule(word=st.sampled_from(BOTH), odds=st.integers(0, 2))
    def take_away(self, word: str, odds: int = 0) -> None:
        """A list goes, now and then."""
        if not odds and word in self.lists:
            del self.lists[word]
            shutil.rmtree(self.data / lists.FOLDER / word)

    @rule(words=st.sampled_from([(), A, B, BOTH]), odds=st.integers(0, 3))
    def choose_others(self, words: tuple[str, ...], odds: int) -> None:
        """Other lists are chosen, now and then."""
        if not odds:
            self.choose(words)

    # searches

    def looked(self) -> list[tuple[str, Expected]]:
        """Who is searched for now, and what must be found."""
        parties = {who(party): party for party in self.content["parties"]}
        return [(of, expected(party, self.lists, self.model.chosen, clock.today())) for of, party in parties.items()]

    @rule(by=st.sampled_from(EVERYBODY))
    def search(self, by: str) -> None:
        """Hold every party against the lists."""
        looked, at = self.looked(), self.now
        if self.change(screening.search, by):
            self.searched(by, looked, at)
        else:
            assert "officer" not in ROLES[by] or not (self.model.chosen or self.lists), "an officer's search was refused"

    @rule(by=st.sampled_from(EVERYBODY))
    def prepare(self, by: str) -> None:
        """Search, and keep it back."""
        with suppress(Refused):
            self.prepared = screening.prepare(self.deal, by=actor(by), seen=self.stands.version.number), self.now, self.looked()

    @precondition(lambda self: self.prepared)
    @rule(by=st.sampled_from(EVERYBODY))
    def record(self, by: str) -> None:
        """What was kept back is recorded; of a deal that has changed since it is stale."""
        assert self.prepared is not None
        prepared, at, looked = self.prepared
        stale = prepared.version != self.stands.version.number
        if stale and "officer" in ROLES[by]:
            before = Search.objects.count()
            with suppress(Stale), transaction.atomic():
                screening.record(prepared, by=actor(by))
                self.must(False, "recorded of a deal that had changed")
            assert Search.objects.count() == before
        elif self.attempt(partial(screening.record, prepared, by=actor(by))):
            self.model.hands.add(by)
            self.searched(by, looked, at)

    def searched(self, by: str, looked: list[tuple[str, Expected]], at: datetime) -> None:
        """A search was kept: it says what it must of the lists as they stood."""
        self.must("officer" in ROLES[by], "searched without the power")
        rows = list(Search.objects.filter(deal=self.deal).order_by("pk"))[len(self.model.searches) :]
        for row, (of, found) in zip(rows, looked, strict=True):
            order: tuple[Hit, ...] = tuple((hit["list"], hit["entry"]) for hit in row.receipt["hits"])
            assert row.receipt["query"]["name"] == found.name
            assert bool(row.receipt["more"]) == found.more and len(order) == min(MOST, len(found.hits))
            assert set(order) <= set(found.hits)
            self.must(row.receipt["complete"] == found.complete, "a receipt that is not so")
            assert {one["list"]: one["digest"] for one in row.receipt["lists"] if one["state"] != "missing"} == found.digests
            self.model.searches.append(Sought(row.pk, of, at, found, order))

    # words

    @precondition(lambda self: self.model.searches)
    @rule(
        by=st.sampled_from(EVERYBODY),
        back=st.integers(0, 5),
        number=st.integers(0, MOST),
        result=st.sampled_from(["dismissed", "dismissed", "match", "perhaps"]),
    )
    def settle(self, by: str, back: int, number: int, result: str) -> None:
        """Somebody says something of a hit, also of an older search, a second time, or of one that is not there."""
        search = self.model.searches[-1 - back % len(self.model.searches)]
        self.say(by, search, number, result)

    def say(self, by: str, search: Sought, number: int, result: str) -> None:
        """A word on a hit: it is kept where the hit stands, nobody said so before, and who speaks is an officer."""
        hit = search.order[number] if number < len(search.order) else None
        was = self.model.word(search, hit) if hit else None
        stands = hit is not None and (search, hit) in self.model.hits(self.content)
        due = stands and "officer" in ROLES[by] and (was is None or was.result not in ("match", result)) and result != "perhaps"
        before = copy.deepcopy(self.content)
        reason = f"reason {len(self.model.words)}"
        how = {"purpose": "military", "grade": "alleged"} if result == "match" else {}
        if not self.change(screening.settle_hit, by, found=search.number, number=number, result=result, reason=reason, **how):
            self.wait_for_what_is_missing()
            assert not due, f"{by} could not settle {hit} of {search.found.name}"
            return
        self.must(due, f"a word that does not count: {'a hit that does not stand' if not stands else 'said already' if was else 'no power'}")
        assert hit
        self.model.words.append(Word(search.of, hit, search.found.hits[hit], result, reason))
        if result == "match":
            for key in ("screening", "evidence"):
                items = [item for item in self.content.get(key, []) if item not in before.get(key, [])]
                self.must([item["party"] for item in items] == [search.found.name], "a match is not on record")
                self.model.adverse += [(key, copy.deepcopy(item)) for item in items]

    def say_all(self, by: str) -> None:
        """Every open hit is somebody else."""
        for search, hit in self.model.open_hits(self.content):
            self.say(by, search, search.order.index(hit), "dismissed")

    @rule(by=st.sampled_from(EVERYBODY), place=st.integers(0, 1), result=st.sampled_from(["no_match", "dismissed", "dismissed", "match"]))
    def by_hand(self, by: str, place: int, result: str) -> None:
        """A person holds one party against lists by hand."""
        party = self.content["parties"][place % len(self.content["parties"])]
        how = {"purpose": "military", "grade": "alleged"} if result == "match" else {}
        before, at = copy.deepcopy(self.content), self.now
        told = particulars_of(party)
        if self.change(stages.screen, by, party=party["name"], particulars=told, result=result, lists=["UN"], reason="read", **how):
            assert "officer" in ROLES[by]
            self.model.by_hand[who(party)] = at, result
            if result == "match":
                self.model.adverse += [
                    (key, item) for key in ("screening", "evidence") for item in self.content[key] if item not in before.get(key, [])
                ]

    @rule(by=st.sampled_from(("anna", "gleb")))
    def claim(self, by: str) -> None:
        """The deal's file is brought anew, and says that everything was checked."""
        at, was = self.now, self.content.get("checks") or []
        if self.change(filing.replace_deal, by, content={**self.content, "checks": file_with()["checks"]}) and "screening" not in was:
            assert "officer" in ROLES[by]
            self.model.stated = at, copy.deepcopy(self.content["parties"])

    @rule(by=st.sampled_from(EVERYBODY))
    def renew(self, by: str) -> None:
        """Somebody says that screening was done once more."""
        at = self.now
        if self.change(stages.renew_check, by, word="screening", note="looked"):
            assert "officer" in ROLES[by] and not self.model.demanded
            self.model.stated = at, copy.deepcopy(self.content["parties"])

    # the deal

    @rule(
        by=st.sampled_from((*OFFICERS, "gleb", "vera")),
        place=st.integers(0, 1),
        how=st.one_of(st.fixed_dictionaries({"name": st.sampled_from(NAMES)}), st.fixed_dictionaries({"address": st.sampled_from(ADDRESSES)})),
    )
    def edit(self, by: str, place: int, how: Content) -> None:
        """A party gets another name or address, or its old one back."""
        parties = copy.deepcopy(self.content["parties"])
        party = parties[place % len(parties)]
        party.update(how)
        if party.get("address") is None:
            party.pop("address", None)
        self.change(stages.intake, by, changes={"parties": parties})

    @rule(by=st.sampled_from(OFFICERS), name=st.sampled_from(NAMES))
    def join(self, by: str, name: str) -> None:
        """A party leaves, or one comes."""
        parties = self.content["parties"]
        there = [*parties, {**TWO[1], "name": name}] if len(parties) == 1 else parties[1:]
        self.change(stages.intake, by, changes={"parties": there})

    @rule(by=st.sampled_from(OFFICERS))
    def rebut(self, by: str) -> None:
        """Somebody clears up what is held against the parties."""
        known = self.content.get("evidence", [])
        cleared = {name for item in known for name in item.get("rebuts", [])}
        for item in [item for item in known if item["grade"] == "alleged" and item["id"] not in cleared]:
            self.change(evidence.rebut, by, item=item["id"], source="a visit")

    def mend(self, by: str) -> None:
        """Make every other check that does not count any more."""
        for word in file_with()["checks"] if self.model.export else ():
            there = word in self.content.get("checks", [])
            if word != "screening" and not (there and word not in self.stands.stale_checks):
                self.change(stages.renew_check if there else stages.check, by, word=word, note="looked")
