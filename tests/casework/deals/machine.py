"""A state machine over the real actions on one deal, and a model of it that knows nothing of the guards.

The model counts for itself what a release must rest on, so that it notices where the actions let something through.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from enduse.casework import clock
from enduse.casework.deals.actions import approving, evidence, files, filing, releasing, stages
from enduse.casework.ledger.models import Record
from enduse.casework.people.actions import persons
from enduse.domain.decision import decide
from enduse.domain.refusals import Refused
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document
from enduse.formats.problems import BadInput
from enduse.stores.editions import load_edition
from tests.builders import PERMIT, file_with
from tests.casework.cast import ROLES, actor, held

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
CHECKED_FOR = timedelta(days=90)
OFFICERS = ("anna", "oleg", "dina")
APPROVERS = ("boris", "petr", "dina")
EVERYBODY = tuple(sorted(ROLES))


class OneDeal(RuleBasedStateMachine):
    """One deal from import to withdrawal, by a cast that also tries what it may not."""

    count = 0
    done: ClassVar[Counter[str]] = Counter()  # what was done, not only tried: a run that never released has shown nothing

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.now = START + timedelta(days=400 * OneDeal.count)  # the ledger's clock only goes forward
        OneDeal.count += 1
        self.hands: set[str] = set()
        self.holds: dict[int, str] = {}
        self.approved_by: set[str] = set()
        self.submitted: tuple[Any, list[str]] | None = None
        self.approved: dict[str, Any] | None = None
        self.files: list[str] = []
        self.checked: dict[str, tuple[datetime, Any]] = {}
        self.absent: dict[str, set[str]] = {}  # substitute -> those they stand in for
        self.state = ""
        self.clock()

    def clock(self) -> None:
        """Set the clock to the machine's own time."""
        self.stack.close()
        self.stack.enter_context(clock.at(self.now))

    def teardown(self) -> None:
        """End the substitutions of this run."""
        for substitution in self.ended:
            persons.end_substitution(substitution, by=actor("root"))
        self.stack.close()

    # what is tried

    @initialize(by=st.sampled_from(OFFICERS), military=st.booleans(), days=st.integers(5, 80), gone=st.integers(0, 2))
    def file(self, by: str, military: bool, days: int, gone: int) -> None:
        """The clean deal, or one with a concern that a permit covers for some days; most often released at once."""
        self.ended: list[int] = []
        today = clock.today()
        changes: dict[str, Any] = {"date": None, "reference": f"M-{OneDeal.count}"}
        if military:
            until = (today + timedelta(days=days)).isoformat()
            changes |= {
                "evidence": [{"id": "e1", "purpose": "military", "grade": "concern", "source": "trade press", "recorded_by": "someone else"}],
                "permits": [{**PERMIT, "valid_from": today.isoformat(), "valid_until": until}],
            }
        content = file_with(**changes)
        self.deal = filing.import_deal(content, by=actor(by)).deal.pk
        self.records = self.counted()
        self.wrote(by)
        self.check(content["checks"])
        if gone:
            self.go("oleg")

    @rule(by=st.sampled_from(["anna", "oleg"]))
    def go(self, by: str) -> None:
        """The straight road: by an officer, and an approver who has not touched the deal."""
        for approver in ("boris", "petr"):
            if not self.acting(approver) & self.hands and not self.absent.get(by):
                self.clear_the_way(by, approver)
                self.submit(by)
                self.sign(approver, 1)
                self.release(by)
                self.deliver(by)
                return

    def counted(self) -> int:
        """How many records say something of this deal."""
        return Record.objects.filter(about=f"deal:{self.deal}").count()

    def attempt(self, do: Callable[[], Any]) -> Any:
        """Try an action: one record if it is done, none if it is refused. What it gives, or None."""
        try:
            found = do()
        except (Refused, BadInput):
            assert self.counted() == self.records
            return None
        self.records += 1
        OneDeal.done[Record.objects.filter(about=f"deal:{self.deal}").latest("index").kind] += 1
        assert self.counted() == self.records
        return found

    @property
    def version(self) -> int:
        """The version that everybody has just seen."""
        return held(self.deal).version.number

    def acting(self, name: str) -> set[str]:
        """Whose doing it is when somebody acts now."""
        return {name} | self.absent.get(name, set())

    def wrote(self, name: str) -> None:
        """Somebody changed what is signed."""
        self.hands |= self.acting(name)

    def check(self, words: list[str]) -> None:
        """Checks were made of what stands."""
        for word in words:
            self.checked[word] = (self.now, self.parties())

    def parties(self) -> Any:
        """What all checks here have looked at."""
        return copy.deepcopy(held(self.deal).content["parties"])

    @rule(by=st.sampled_from(EVERYBODY), title=st.sampled_from(["one", "two", "three"]))
    def edit(self, by: str, title: str) -> None:
        """Change what no rule reads."""
        if self.attempt(lambda: stages.intake(self.deal, by=actor(by), seen=self.version, changes={"title": title})):
            self.wrote(by)

    @rule(by=st.sampled_from(OFFICERS), address=st.sampled_from(["Quay 1", "Quay 2"]))
    def move(self, by: str, address: str) -> None:
        """Change a party, so that checks have to be made again."""
        parties = self.parties()
        parties[0]["address"] = address
        if self.attempt(lambda: stages.intake(self.deal, by=actor(by), seen=self.version, changes={"parties": parties})):
            self.wrote(by)

    @rule(by=st.sampled_from(OFFICERS))
    def check_all(self, by: str) -> None:
        """Make every check that does not count any more."""
        stands = held(self.deal)
        missing = [word for word in file_with()["checks"] if word not in stands.content.get("checks", [])]
        for word in missing:
            if word == "screening":
                done = None
                for party in stands.content["parties"]:
                    name, who = party["name"], actor(by)
                    done = self.attempt(
                        partial(stages.screen, self.deal, by=who, seen=self.version, party=name, result="no_match", lists=["UN"], reason="read")
                    )
                if done and "screening" in held(self.deal).content["checks"]:
                    self.wrote(by)
                    self.check([word])
            elif self.attempt(partial(stages.check, self.deal, by=actor(by), seen=self.version, word=word, note="looked")):
                self.wrote(by)
                self.check([word])
        if held(self.deal).unsigned and self.attempt(
            lambda: stages.sign_identification(self.deal, by=actor("anna"), seen=self.version, note="compared")
        ):
            self.wrote("anna")
        for word in held(self.deal).stale_checks:
            if self.attempt(partial(stages.renew_check, self.deal, by=actor(by), seen=self.version, word=word, note="again")):
                self.wrote(by)
                self.check([word])

    @rule(by=st.sampled_from(OFFICERS), lifter=st.sampled_from(APPROVERS))
    def clear_the_way(self, by: str, lifter: str) -> None:
        """Do what the deal waits for."""
        self.withdraw_notices(by)
        self.lift(lifter)
        self.check_all(by)

    @rule(
        by=st.sampled_from(OFFICERS),
        approver=st.sampled_from(APPROVERS),
        break_in=st.sampled_from(["", "", "", "", "edit", "notice", "hold", "move", "wait"]),
    )
    def sign_and_release(self, by: str, approver: str, break_in: str) -> None:
        """The usual road, at times with something in between."""
        self.clear_the_way(by, approver)
        self.submit(by)
        if break_in == "edit":
            self.edit(by, "in between")
        self.sign(approver, 1)
        later: dict[str, Callable[[], None]] = {
            "notice": lambda: self.notice(by, 0),
            "hold": lambda: self.hold(by, 0),
            "move": lambda: self.move(by, "Quay 3"),
            "wait": lambda: self.wait(91),
        }
        later.get(break_in, lambda: None)()
        self.release(by)
        self.deliver(by)

    @rule(by=st.sampled_from(OFFICERS), odds=st.integers(0, 3))
    def notice(self, by: str, odds: int) -> None:
        """FSTEC writes, now and then."""
        if odds:
            return
        today = clock.today().isoformat()
        if self.attempt(lambda: evidence.record_notice(self.deal, by=actor(by), seen=self.version, written="yes", number="1", date=today)):
            self.wrote(by)

    @rule(by=st.sampled_from(OFFICERS))
    def withdraw_notices(self, by: str) -> None:
        """FSTEC takes back what it wrote."""
        for place, notice in enumerate(held(self.deal).content.get("notices", [])):
            if "withdrawn" not in notice:
                today = clock.today().isoformat()
                done = self.attempt(
                    partial(evidence.withdraw_notice, self.deal, by=actor(by), seen=self.version, place=place, number="2", date=today)
                )
                if done:
                    self.wrote(by)

    @rule(by=st.sampled_from(OFFICERS), digest=st.sampled_from(["sha256:" + letter * 64 for letter in "abc"]))
    def attach(self, by: str, digest: str) -> None:
        """Add a file."""
        done = self.attempt(
            lambda: files.attach(
                self.deal, by=actor(by), seen=None, stage="evidence", name="a.pdf", digest=digest, size=1, media_type="application/pdf"
            )
        )
        if done:
            self.files.append(digest)
            self.wrote(by)

    @rule(by=st.sampled_from(EVERYBODY), odds=st.integers(0, 3))
    def hold(self, by: str, odds: int) -> None:
        """Stop it by hand, now and then."""
        if odds:
            return
        made = self.attempt(lambda: approving.hold(self.deal, by=actor(by), reason="a rumour", ends_when="it is cleared up"))
        if made:
            self.holds[made.pk] = by

    @precondition(lambda self: self.holds)
    @rule(by=st.sampled_from(EVERYBODY))
    def lift(self, by: str) -> None:
        """Lift every hold that one may."""
        for pk, setter in list(self.holds.items()):
            if self.attempt(partial(approving.lift_hold, self.deal, by=actor(by), hold=pk, evidence="a letter")):
                assert setter not in self.acting(by)
                del self.holds[pk]

    @rule(by=st.sampled_from(EVERYBODY))
    def submit(self, by: str) -> None:
        """Put forward what stands."""
        stands = held(self.deal)
        if self.attempt(lambda: approving.submit(self.deal, by=actor(by), seen=stands.decided.signed)):
            self.wrote(by)
            self.submitted = copy.deepcopy(stands.content), sorted(self.files)

    @rule(by=st.sampled_from(EVERYBODY), no=st.integers(0, 5))
    def sign(self, by: str, no: int) -> None:
        """Approve what stands, or now and then reject it."""
        stands = held(self.deal)
        if no == 0:
            if self.attempt(lambda: approving.reject(self.deal, by=actor(by), seen=stands.decided.signed, note="not yet")):
                self.approved = None
            return
        if self.attempt(lambda: approving.approve(self.deal, by=actor(by), seen=stands.decided.signed)):
            assert {"boris", "petr", "dina"} & self.acting(by)
            self.approved = {"content": copy.deepcopy(stands.content), "files": sorted(self.files), "hands": set(self.hands), "by": self.acting(by)}

    @rule(by=st.sampled_from(EVERYBODY))
    def release(self, by: str) -> None:
        """Release it."""
        if self.attempt(lambda: releasing.release(self.deal, by=actor(by))):
            self.state = "released"
            self.must_rest_on_everything()

    @precondition(lambda self: self.state)
    @rule(by=st.sampled_from(OFFICERS + APPROVERS), event=st.sampled_from(["suspend", "stop_deliveries", "resume", "withdraw_release"]))
    def happen(self, by: str, event: str) -> None:
        """Something becomes of the release."""
        done = self.attempt(lambda: getattr(releasing, event)(self.deal, by=actor(by), reason="because"))
        if done and event == "resume":
            self.must_rest_on_everything()

    @rule(by=st.sampled_from((*OFFICERS, "ivan")))
    def deliver(self, by: str) -> None:
        """Deliver a part of it."""
        done = self.attempt(
            lambda: releasing.deliver(
                self.deal, by=actor(by), day=clock.today(), version="1.10", units=Decimal("0.01"), recipient="Nairobi Care Line"
            )
        )
        if done:
            self.must_rest_on_everything()

    @rule(days=st.integers(1, 60))
    def wait(self, days: int) -> None:
        """Time passes."""
        self.now += timedelta(days=days)
        self.clock()
        today = clock.today()
        self.absent = {name: {other for other in others if self.until[name, other] >= today} for name, others in self.absent.items()}

    @rule()
    def sweep(self) -> None:
        """The worker looks at it."""
        before = self.records
        self.records += releasing.review(self.deal)
        assert self.counted() == self.records <= before + 1

    until: ClassVar[dict[tuple[str, str], date]] = {}

    @rule(absent=st.sampled_from(["anna", "boris", "dina"]), substitute=st.sampled_from(["petr", "oleg", "boris"]))
    def go_away(self, absent: str, substitute: str) -> None:
        """Somebody names a substitute for two weeks."""
        if absent == substitute or absent in self.absent.get(substitute, set()):
            return
        one, other, today = actor(absent), actor(substitute), clock.today()
        assert one.person
        assert other.person
        made = persons.substitute(
            by=one, absent=one.person, substitute=other.person, since=today, until=today + timedelta(days=14), reason="a journey"
        )
        self.ended.append(made.pk)
        self.until[substitute, absent] = today + timedelta(days=14)
        self.absent.setdefault(substitute, set()).add(absent)

    # what must always hold

    @invariant()
    def released_rests_on_everything(self) -> None:
        """Where the release stands, everything that it must rest on is there."""
        standing = held(self.deal).standing
        if standing is not None and standing.stands:
            self.must_rest_on_everything()

    def must_rest_on_everything(self) -> None:
        """Put forward and approved as it stands, by others than those who prepared it; no hold; released by the engine today; checks fresh."""
        stands = held(self.deal)
        content, today = stands.content, clock.today()
        assert self.approved is not None
        assert self.approved["content"] == content
        assert self.approved["files"] == sorted(self.files)
        assert self.submitted == (content, sorted(self.files))
        assert not self.approved["by"] & self.approved["hands"]
        assert not self.holds
        edition = load_edition()
        assert decide(read_deal(Document(content), edition), edition, at=today).released
        assert not held(self.deal).unsigned
        for word in content["checks"]:
            at, parties = self.checked[word]
            assert parties == content["parties"]
            assert self.now - at <= CHECKED_FOR
