"""The road of a deal that is screened by search, what may be amiss on it, and what must hold after every step of the state machine."""

from __future__ import annotations

import copy

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from enduse.casework.deals.actions import approving, filing, releasing
from enduse.casework.ledger.models import Record
from tests.builders import file_with
from tests.casework.cast import ROLES, actor
from tests.casework.deals.searching_machine import BOTH, TWO, A, Screened
from tests.casework.deals.searching_model import LISTED_FOR, MOST, Content, Model, who
from tests.casework.deals.trying import EVERYBODY, MOSTLY, OFFICERS

NAMESAKES = [TWO[0], {**TWO[1], "name": TWO[0]["name"], "address": "Quay 2"}]
NOT_EXPORT = {"delivery": {"form": "saas", "recipient_can_modify": "no"}, "checks": None}
# what a deal is: which lists are chosen, which are held, and how it differs from the clean one
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], Content]] = {
    "chosen": (A, A, {}),
    "both": (BOTH, BOTH, {}),
    "held": ((), BOTH, {}),
    "single": (A, BOTH, {"parties": TWO[:1]}),
    "namesakes": (A, A, {"parties": NAMESAKES}),
    "no export": ((), A, NOT_EXPORT),
    "no export, chosen": (A, A, NOT_EXPORT),
    "by hand": ((), (), {}),
}
# what may be amiss on the road: before the search, in its place, in place of settling, and once all is settled
BEFORE = ("ages", "goes", "crowds")
INSTEAD = ("nothing", "by_hands", "piecemeal", "belated")
UNSETTLED = ("leave", "claim", "strangers", "own_hands", "shed", "drop", "switch", "unchoose")
AFTER = ("changes", "outdated", "comes", "address", "address_searched", "there_and_back", "expire", "match")
AMISS = (*BEFORE, *INSTEAD, *UNSETTLED, *AFTER)
# which deals show some of it best
FITTING = {"piecemeal": "by hand", "belated": "chosen", "switch": "no export", "unchoose": "chosen"}


class Searching(Screened):
    """Deals whose parties are searched for, one at a time, by a cast that also tries what it may not."""

    # signing and releasing

    @rule(by=st.sampled_from(EVERYBODY))
    def submit(self, by: str) -> None:
        """Put forward what stands."""
        if self.attempt(lambda: approving.submit(self.deal, by=actor(by), seen=self.stands.decided.signed)):
            self.model.hands.add(by)

    @rule(by=st.sampled_from(EVERYBODY))
    def approve(self, by: str) -> None:
        """Approve what stands."""
        if self.attempt(lambda: approving.approve(self.deal, by=actor(by), seen=self.stands.decided.signed)):
            self.model.sign(self.content, by)

    @rule(by=st.sampled_from(EVERYBODY))
    def release(self, by: str) -> None:
        """Release it; where nothing objects, it goes."""
        free = not self.stands.objections
        if free:
            self.must_be_screened()
        if self.attempt(lambda: releasing.release(self.deal, by=actor(by))):
            assert free
        else:
            assert not free or not {"officer", "approver"} & set(ROLES[by]), "refused, and nothing objects"

    @rule(by=st.sampled_from(("anna", "boris", "petr")), event=st.sampled_from(["suspend", "resume", "withdraw_release"]))
    def happen(self, by: str, event: str) -> None:
        """Something becomes of the release."""
        if self.attempt(lambda: getattr(releasing, event)(self.deal, by=actor(by), reason="because")) and event == "resume":
            self.must_be_screened()

    @rule(days=st.sampled_from([1, 20, 40, 70]))
    def wait(self, days: int) -> None:
        """Time passes: lists and searches grow old. What was kept back is recorded on its day or not at all."""
        self.clock(days=days)
        self.prepared = None

    # the road, and what may be amiss on it

    @initialize(which=st.integers(0, len(AMISS) // 3 - 1), kinds=st.permutations(list(KINDS)), late=st.booleans())
    def begin(self, which: int, kinds: list[str], late: bool) -> None:
        """Three deals with something amiss, each something else; and one with nothing, which is stayed with."""
        for amiss, kind in zip((*AMISS[which :: len(AMISS) // 3], ""), kinds, strict=False):
            self.file(amiss, FITTING.get(amiss, kind), late)

    @precondition(lambda self: self.filed < 8)
    @rule(amiss=st.sampled_from((*MOSTLY, *AMISS)), kind=st.sampled_from(list(KINDS)), late=st.booleans())
    def file(self, amiss: str, kind: str, late: bool) -> None:
        """A new deal and new lists, and the road with something amiss; the deal before it is left alone."""
        chosen, there, changes = KINDS[kind]
        self.filed += 1
        self.model, self.tried, self.prepared, self.approver = Model(export="delivery" not in changes), None, None, "boris"
        for word in BOTH:
            self.take_away(word)
        self.choose(chosen)
        for word in there:
            self.bring(word, [TWO[0]["name"]], anew=True)
        content = file_with(**{"date": None, "reference": f"L-{self.filed}", **copy.deepcopy(changes)})
        self.deal = filing.import_deal(content, by=actor("anna")).deal.pk
        self.model.hands.add("anna")
        self.model.stands(content)
        if "screening" in content.get("checks", []):
            self.model.stated = self.now, copy.deepcopy(content["parties"])
        self.records = Record.objects.filter(about=f"deal:{self.deal}").count()
        self.clock(seconds=1)
        self.road("anna", amiss, late)

    @rule(by=st.sampled_from(OFFICERS), amiss=st.sampled_from((*MOSTLY, *AMISS)), late=st.booleans())
    def road(self, by: str, amiss: str = "", late: bool = False) -> None:
        """Searched, settled, checked, put forward, approved, released; but for what is amiss, before or after it is approved."""
        do = getattr(self, f"_{amiss}", None)
        if amiss in BEFORE and do:
            do(by)
        if amiss in INSTEAD and do:
            do(by)
        elif self.model.chosen or self.lists:
            self.search(by)
        else:
            self._by_hands(by)
        if amiss in UNSETTLED and do:
            do(by)
        else:
            self.say_all(by)
        if amiss in AFTER and do and not late:
            do(by)
        self.finish(by)
        if amiss in AFTER and do and late:
            do(by)
            self.release(by)
            self.say_all(by)  # what the approver did not see
            self.release(by)
            self.happen("petr", "resume")
            self.finish(by)

    def finish(self, by: str) -> None:
        """All but the screening is put right, and the deal is released."""
        self.rebut("oleg" if by == "anna" else "anna")
        self.mend(by)
        self.submit(by)
        self.approve(self.approver)
        self.release(by)

    def _ages(self, by: str) -> None:
        self.wait(LISTED_FOR + 1)

    def _goes(self, by: str) -> None:
        self.take_away("own-a")

    def _crowds(self, by: str) -> None:
        self.bring("own-a", [TWO[0]["name"]] * (MOST + 1))

    def _nothing(self, by: str) -> None:
        """Nobody searches."""

    def _by_hands(self, by: str) -> None:
        for place in range(len(self.content["parties"])):
            self.by_hand(by, place, "no_match")

    def _piecemeal(self, by: str) -> None:
        """One party was held against lists so long before the other that it has to be again."""
        for place in range(len(self.content["parties"])):
            self.by_hand(by, place, "no_match")
            self.wait(60)

    def _belated(self, by: str) -> None:
        self.prepare(by)
        self.edit(by, 0, {"address": "Quay 1"})
        if self.prepared:
            self.record(by)

    def _leave(self, by: str) -> None:
        """Nobody settles anything."""

    def _claim(self, by: str) -> None:
        self.edit(by, 0, {"address": "Quay 1"})
        self.claim(by)

    def _strangers(self, by: str) -> None:
        for name in ("boris", "gleb", "elena"):
            self.say_all(name)

    def _own_hands(self, by: str) -> None:
        self.approver = "dina"
        self.say_all("dina")

    def _shed(self, by: str) -> None:
        self.edit(by, 0, {"name": "Quill Trading"})
        self.search(by)

    def _drop(self, by: str) -> None:
        self.join(by, "Quill Trading")
        self.search(by)

    def _switch(self, by: str) -> None:
        """Who was found leaves, and who stood beside them, found as well, is somebody else."""
        self.edit(by, 1, {"name": TWO[0]["name"], "address": "Quay 2"})
        self.search(by)
        self.join(by, "Quill Trading")
        now = {who(party) for party in self.content["parties"]}
        for search, hit in self.model.open_hits(self.content):
            if search.of in now:
                self.say(by, search, search.order.index(hit), "dismissed")

    def _unchoose(self, by: str) -> None:
        self.choose(())
        self._by_hands(by)

    def _changes(self, by: str) -> None:
        self.bring("own-a", [TWO[0]["name"]], anew=True)
        self.search(by)

    def _outdated(self, by: str) -> None:
        """The entry reads otherwise, and somebody speaks of it as it was found before."""
        before = list(self.model.searches)
        self._changes(by)
        for search in before:
            for number in range(len(search.order)):
                self.say(by, search, number, "dismissed")

    def _comes(self, by: str) -> None:
        self.bring("own-a", [TWO[0]["name"]] * 2)
        self.search(by)

    def _address(self, by: str) -> None:
        self.edit(by, 0, {"address": "Quay 1"})

    def _address_searched(self, by: str) -> None:
        self.edit(by, 0, {"address": "Quay 1"})
        self.search(by)

    def _there_and_back(self, by: str) -> None:
        was = self.content["parties"][0].get("address")
        self.edit(by, 0, {"address": "Quay 2"})
        self.edit(by, 0, {"address": was})

    def _expire(self, by: str) -> None:
        self.wait(91)

    def _match(self, by: str) -> None:
        for search, hit in self.model.hits(self.content):
            self.say(by, search, search.order.index(hit), "match")
            self.say(by, search, search.order.index(hit), "dismissed")

    # what must always hold

    @invariant()
    def what_stands_is_screened(self) -> None:
        """Where the release stands, screening is done."""
        if self.stands.standing is not None and self.stands.standing.stands:
            self.must_be_screened()

    @invariant()
    def an_open_door_leads_out(self) -> None:
        """Where nothing objects, screening is done, and a release goes: it is tried, and undone."""
        if self.stands.objections or self.stands is self.tried:
            return
        self.must_be_screened()
        self.release_in_vain()

    @invariant()
    def it_waits_for_what_is_missing(self) -> None:
        """Where searches are demanded, the deal waits for what is missing, and for nothing else."""
        self.wait_for_what_is_missing()

    @invariant()
    def nothing_adverse_goes(self) -> None:
        """Searches and words stay as they were kept, and what became of a match stays in the deal."""
        for model, before in self.kept.items():
            self.kept[model] = list(model._default_manager.order_by("pk").values_list())
            self.must(self.kept[model][: len(before)] == before, "something kept is gone")
        self.must(not self.model.lost(self.content), "something adverse is gone")

    def must_be_screened(self) -> None:
        """Raises Unfounded where something is missing that a release rests on."""
        wrong = self.model.wrong(self.content, self.now)
        self.must(not wrong, *wrong)
