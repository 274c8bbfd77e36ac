"""Short stories of releases that must not be, each stopped by one guard alone, and told to the end as soon as that guard is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from enduse.casework import clock
from enduse.casework.deals.actions import approving, evidence, files, filing, releasing, screening, stages
from enduse.casework.deals.queries import Held
from enduse.casework.people.actions import persons
from enduse.casework.people.actor import Actor
from enduse.domain import release as law
from tests.builders import PERMIT
from tests.casework import listed
from tests.casework.cast import actor, held, imported

Cast = dict[str, Actor]
Tell = Callable[[Cast, int], None]
CONCERN = {"id": "e1", "purpose": "military", "grade": "concern", "source": "press", "recorded_by": "somebody"}


@dataclass(frozen=True, slots=True)
class Story:
    """What is done with a deal that was just taken in, how the door answers, and what would be wrong if it did not."""

    tell: Tell
    refused: tuple[str, ...]  # the codes, as the door gives them
    wrong: str  # what the oracle finds where the story is told to its end
    changes: Callable[[], dict[str, Any]] = dict  # of the clean deal
    by: str = "anna"  # who takes it in

    def begun(self, cast: Cast, reference: str = "S-1") -> int:
        """The deal as it was taken in."""
        return imported(cast[self.by], reference=reference, **self.changes()).deal.pk


@contextmanager
def later(**time: float) -> Iterator[None]:
    """Within, it is some time later, or earlier."""
    with clock.at(clock.now() + timedelta(**time)):
        yield


def submit(cast: Cast, deal: int, by: str = "anna") -> None:
    """Put forward what stands."""
    approving.submit(deal, by=cast[by], seen=held(deal).decided.signed)


def approve(cast: Cast, deal: int, by: str = "boris") -> None:
    """Approve what stands."""
    approving.approve(deal, by=actor(by), seen=held(deal).decided.signed)


def sign(cast: Cast, deal: int) -> None:
    """The two signatures: Anna puts it forward, Boris approves."""
    submit(cast, deal)
    approve(cast, deal)


def ready(cast: Cast, **changes: Any) -> Held:
    """A deal that Anna prepared and put forward, and Boris approved."""
    deal = imported(cast["anna"], **changes).deal.pk
    sign(cast, deal)
    return held(deal)


def release(cast: Cast, deal: int) -> None:
    """The end of every story."""
    releasing.release(deal, by=cast["anna"])


def usual(cast: Cast, deal: int) -> None:
    """Signed and released."""
    sign(cast, deal)
    release(cast, deal)


def closed(cast: Cast, deal: int) -> None:
    """Refused after it was approved."""
    sign(cast, deal)
    filing.refuse_deal(deal, by=cast["anna"], seen=1, reason="the buyer lied")
    release(cast, deal)


def unchecked(cast: Cast, deal: int) -> None:
    """The checks have grown too old since."""
    sign(cast, deal)
    with later(days=91):
        release(cast, deal)


def hit_open(cast: Cast, deal: int) -> None:
    """A party was found on a list; nobody settled the hit, and the deal's file says all the same that screening was done."""
    says = held(deal).content
    with listed.held(listed.LISTED):
        screening.search(deal, by=cast["anna"], seen=1)
    filing.replace_deal(deal, says, by=cast["anna"], seen=2)
    usual(cast, deal)


def not_export() -> dict[str, Any]:
    """A deal that is no export: no check is asked of it."""
    return {"delivery": {"form": "saas", "recipient_can_modify": "no"}}


def hit_left(cast: Cast, deal: int) -> None:
    """A party was found on a list, and nobody settled the hit."""
    with listed.held(listed.LISTED):
        screening.search(deal, by=cast["anna"], seen=1)
    usual(cast, deal)


def hit_shed(cast: Cast, deal: int) -> None:
    """A party was found on a list, was renamed before anybody settled the hit, and was not found under the other name."""
    with listed.held(listed.LISTED):
        screening.search(deal, by=cast["anna"], seen=1)
        was = held(deal).content["parties"]
        stages.intake(deal, by=cast["anna"], seen=2, changes={"parties": [{**was[0], "name": "Ozymandias Plumbworth"}, *was[1:]]})
        screening.search(deal, by=cast["anna"], seen=3)
    usual(cast, deal)


def on_hold(cast: Cast, deal: int) -> None:
    """Held by hand after it was approved."""
    sign(cast, deal)
    approving.hold(deal, by=cast["petr"], reason="a rumour", ends_when="it is cleared up")
    release(cast, deal)


def not_submitted(cast: Cast, deal: int) -> None:
    """Approved without ever having been put forward."""
    approve(cast, deal)
    release(cast, deal)


def rejected(cast: Cast, deal: int) -> None:
    """Approved by one, then rejected by another."""
    sign(cast, deal)
    with later(hours=1):
        approving.reject(deal, by=cast["petr"], seen=held(deal).decided.signed, note="no")
        release(cast, deal)


def asked_again(cast: Cast, deal: int) -> None:
    """Put forward once more after it was approved, so that the approver is to look at it again."""
    sign(cast, deal)
    with later(hours=1):
        submit(cast, deal)
        release(cast, deal)


def edited(cast: Cast, deal: int) -> None:
    """Edited and put forward again after it was approved; and the server's clock was set back meanwhile, so that the approval looks later."""
    sign(cast, deal)
    with later(hours=-1):
        stages.intake(deal, by=cast["anna"], seen=1, changes={"title": "another"})
        submit(cast, deal)
        release(cast, deal)


def same_hands(cast: Cast, deal: int) -> None:
    """Dina, who has both roles, adds a file and approves."""
    files.attach(deal, by=cast["dina"], seen=1, stage="evidence", name="a", digest="sha256:" + "a" * 64, size=1, media_type="text/plain")
    submit(cast, deal)
    approve(cast, deal, "dina")
    release(cast, deal)


def stood_in(cast: Cast, deal: int) -> None:
    """Petr, who has touched nothing, approves while he stands in for Anna, who prepared it: it is her doing as well."""
    today = clock.today()
    anna, petr = cast["anna"], cast["petr"]
    made = persons.substitute(by=anna, absent=anna.who, substitute=petr.who, since=today, until=today, reason="a journey")
    try:
        submit(cast, deal)
        approve(cast, deal, "petr")
        release(cast, deal)
    finally:
        persons.end_substitution(made.pk, by=anna)


def released_already(cast: Cast, deal: int) -> None:
    """Released, and approved and released a second time."""
    usual(cast, deal)
    approve(cast, deal, "petr")
    release(cast, deal)


def around(begin: int, end: int, day: int) -> Callable[[], dict[str, Any]]:
    """A concern, a permit in force between two days from today, and the day that the deal names."""

    def changes() -> dict[str, Any]:
        today = clock.today()
        first, last, named = ((today + timedelta(days=days)).isoformat() for days in (begin, end, day))
        return {"date": named, "evidence": [CONCERN], "permits": [{**PERMIT, "valid_from": first, "valid_until": last}]}

    return changes


def named() -> dict[str, Any]:
    """The deal's own file names Boris as the one who recorded a rumour that was cleared up since."""
    rumour = {"id": "e1", "purpose": "military", "grade": "alleged", "source": "press", "recorded_by": "Boris (boris@example.org)"}
    visit = {"id": "e2", "purpose": "military", "grade": "clearing", "rebuts": "e1", "source": "a visit", "recorded_by": "Anna"}
    return {"evidence": [rumour, visit]}


def papers() -> dict[str, Any]:
    """What is known rests on a file that nobody kept."""
    return {"evidence": [{**CONCERN, "grade": "clearing", "attachments": ["sha256:" + "f" * 64]}]}


def told_by_sales(cast: Cast, deal: int) -> None:
    """Sales brought the answers in a file; an officer made the checks, an expert signed, and nobody looked at the answers."""
    for word in held(deal).stale_checks:
        stages.renew_check(deal, by=cast["anna"], seen=held(deal).version.number, word=word, note="looked myself")
    stages.sign_identification(deal, by=cast["anna"], seen=held(deal).version.number, note="compared")
    usual(cast, deal)


def redesigned(cast: Cast, deal: int) -> None:
    """The solution became another version after the expert had signed."""
    stages.intake(deal, by=cast["anna"], seen=1, changes={}, solution={"version": "2.0"})
    usual(cast, deal)


STORIES: dict[law.Guard, tuple[Story, ...]] = {
    law.is_open: (Story(closed, ("deal.closed",), "closed"),),
    law.is_decided: (Story(usual, ("release.outcome",), "stopped on its day", around(0, 30, -5)),),
    law.is_decided_today: (Story(usual, ("release.outcome_today",), "stopped today", around(-30, -1, -5)),),
    law.is_checked: (Story(unchecked, ("release.stale_checks",), "checks too old"),),
    law.is_screened: (
        Story(hit_left, ("release.unscreened",), "a hit is open", not_export),
        Story(hit_shed, ("release.unscreened",), "a hit is open", not_export),
    ),
    law.is_identified: (Story(redesigned, ("release.unsigned_identification",), "no expert signed it"),),
    law.is_vouched: (Story(told_by_sales, ("release.unvouched",), "nobody stands for the file", by="gleb"),),
    law.is_not_held: (Story(on_hold, ("release.held",), "held"),),
    law.is_attached: (Story(usual, ("release.unattached",), "a file is missing", papers),),
    law.is_submitted: (Story(not_submitted, ("release.not_submitted",), "not put forward"),),
    law.is_approved: (
        Story(rejected, ("release.rejected",), "last word is no"),
        Story(asked_again, ("release.not_approved",), "put forward after the last word"),
    ),
    law.is_current: (Story(edited, ("release.stale_approval",), "edited since"),),
    law.is_by_others: (
        Story(same_hands, ("approval.same_hands",), "same hands"),
        Story(stood_in, ("approval.same_hands",), "same hands"),
        Story(usual, ("approval.named_in_deal",), "named in the deal", named),
    ),
    law.is_new: (Story(released_already, ("release.already",), "released twice"),),
}


def not_approved(cast: Cast, deal: int) -> None:
    """Put forward, and nobody approved."""
    submit(cast, deal)
    release(cast, deal)


def neither(cast: Cast, deal: int) -> None:
    """Released at once."""
    release(cast, deal)


def notice_came(cast: Cast, deal: int) -> None:
    """FSTEC wrote after the approval."""
    sign(cast, deal)
    evidence.record_notice(deal, by=cast["anna"], seen=1, written="yes", number="240/1")
    release(cast, deal)


def party_came(cast: Cast, deal: int) -> None:
    """A party came after the approval: what was checked of the others says nothing of it."""
    sign(cast, deal)
    parties = [*held(deal).content["parties"], {"role": "intermediary", "name": "New Broker", "kind": "company", "country": "TR"}]
    stages.intake(deal, by=cast["anna"], seen=1, changes={"parties": parties})
    release(cast, deal)


def file_came(cast: Cast, deal: int) -> None:
    """A file came after the approval."""
    sign(cast, deal)
    files.attach(deal, by=cast["oleg"], seen=1, stage="evidence", name="a", digest="sha256:" + "a" * 64, size=1, media_type="text/plain")
    release(cast, deal)


def left(cast: Cast, deal: int) -> None:
    """A release was withdrawn; what carried it carries no other."""
    usual(cast, deal)
    releasing.withdraw_release(deal, by=cast["anna"], reason="over")
    release(cast, deal)


CHANGED = ("release.stale_submission", "release.stale_approval")
# stories in which several guards object, or in which there is nothing a release could rest on at all
OTHERS: tuple[Story, ...] = (
    Story(hit_open, ("release.stale_checks", "release.unscreened"), ""),
    Story(not_approved, ("release.not_approved",), ""),
    Story(neither, ("release.not_submitted", "release.not_approved"), ""),
    Story(notice_came, ("release.outcome", "release.outcome_today", *CHANGED), ""),
    Story(party_came, ("release.outcome", "release.outcome_today", *CHANGED), ""),
    Story(file_came, CHANGED, ""),
    Story(left, ("release.not_approved",), ""),
)
