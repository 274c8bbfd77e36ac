"""Reading deals: who may see which, what stands of one, and the queues."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from enduse.casework.deals.checking import Checking
from enduse.casework.deals.deciding import Decided, decided
from enduse.casework.deals.models import Approval, Attachment, Deal, HandOver, Hold, Release, ReleaseEvent, Submission, Version
from enduse.casework.deals.screened import Screening
from enduse.casework.people.actor import Actor
from enduse.casework.people.queries import held_role, names_of
from enduse.casework.people.settings import minor_updates
from enduse.domain.approval import Signature
from enduse.domain.monitoring import Standing, State, state_after
from enduse.domain.refusals import NotAllowed, Refusal
from enduse.domain.release import GUARDS, STANDS, Bound, Case, refusals
from enduse.formats.deal_parts import Content, files_named, recorders


def visible(actor: Actor) -> QuerySet[Deal]:
    """The deals that the actor may see: the rule stands in the query itself."""
    if not actor.may("deals.see"):
        return Deal.objects.none()
    if actor.sees_all:
        return Deal.objects.all()
    hands = actor.hands
    given = HandOver.objects.filter(person__in=hands).values("deal")
    return Deal.objects.filter(Q(initiator__in=hands) | Q(handler__in=hands) | Q(pk__in=given))


def deal_for(actor: Actor, pk: int) -> Deal:
    """The deal `pk` where the actor may see it. Raises NotAllowed, the same for a deal that is not theirs as for one that is not there."""
    found = visible(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(Refusal("deal.absent", {"deal": str(pk)}))
    return found


def deal_named(actor: Actor, reference: str) -> Deal:
    """The deal of this reference where the actor may see it. Raises NotAllowed."""
    found = visible(actor).filter(reference=reference.strip()).first()
    if found is None:
        raise NotAllowed(Refusal("deal.absent", {"deal": reference}))
    return found


def references(actor: Actor, deals: Iterable[int]) -> dict[int, str]:
    """The references of those deals that the actor may see."""
    return dict(visible(actor).filter(pk__in=set(deals)).values_list("pk", "reference"))


@dataclass(frozen=True)
class Held:
    """Everything that stands of a deal now, read from what cannot be changed. Each part is read once, when it is asked for."""

    deal: Deal

    @cached_property
    def version(self) -> Version:
        """The version that stands: the highest, whatever the deal's own row says."""
        return self.deal.versions.order_by("-number").select_related("by")[0]

    @cached_property
    def content(self) -> Content:
        """The deal file's plain data."""
        found: Content = self.version.content
        return found

    @cached_property
    def attachments(self) -> list[Attachment]:
        """The files, oldest first."""
        return list(self.deal.attachments.order_by("pk").select_related("by"))

    @cached_property
    def decided(self) -> Decided:
        """The decision on what stands. A release keeps the policy for later versions under which it was signed, whatever is settled since."""
        files, settled = [file.digest for file in self.attachments], self.screening.said(self.content)
        if self.release is not None:
            policy = Bound.from_data(self.release.bound).policy
            found = decided(self.content, policy=policy, attachments=files, settled=settled)
            if found.signed == self.release.approval.signed:
                return found
        return decided(self.content, policy=minor_updates(), attachments=files, settled=settled)

    @cached_property
    def holds(self) -> list[Hold]:
        """The open holds, oldest first."""
        return list(self.deal.holds.filter(lift__isnull=True).order_by("pk").select_related("by"))

    @cached_property
    def checking(self) -> Checking:
        """The checks, signatures and confirmations on record."""
        return Checking.of(self.deal)

    @cached_property
    def screening(self) -> Screening:
        """Where the screening of the parties stands."""
        return self.checking.screening()

    @cached_property
    def stale_checks(self) -> tuple[str, ...]:
        """The checks that the deal states as done but that do not cover what stands, or are too old, or that nobody here made."""
        return self.checking.stale(self.content)

    @cached_property
    def unscreened(self) -> tuple[str, ...]:
        """Where searches are demanded, whose screening is not done: parties, and former ones of which a hit is open."""
        return self.checking.unscreened(self.content)

    @cached_property
    def unsigned(self) -> bool:
        """Whether the deal states what identification found, and no expert signed that here as it stands."""
        return self.checking.unsigned(self.content)

    @cached_property
    def unvouched(self) -> tuple[str, ...]:
        """The verbs of the stages that a file answered without anybody of that power standing for it."""
        return self.checking.unvouched(self.content)

    @cached_property
    def preparers(self) -> frozenset[int]:
        """Everybody whose doing anything inside the fingerprint is: versions, files, submissions.

        A version that took a newer record of a party or solution counts that record's authors among its hands.
        """
        found: set[int] = set()
        rows: Iterable[tuple[int | None, list[int]]] = [
            *self.deal.versions.values_list("by", "hands"),
            *self.deal.attachments.values_list("by", "hands"),
            *self.deal.submissions.values_list("by", "hands"),
        ]
        for by, hands in rows:
            found.update(hands or ())
            found.update(() if by is None else (by,))
        return frozenset(found)

    @cached_property
    def submission(self) -> Submission | None:
        """The last time it was put forward."""
        return self.deal.submissions.order_by("-pk").select_related("by").first()

    @cached_property
    def approval(self) -> Approval | None:
        """The approver's last word."""
        return self.deal.approvals.order_by("-pk").select_related("by", "release").first()

    @cached_property
    def release(self) -> Release | None:
        """The last release, whatever became of it."""
        return self.deal.releases.order_by("-pk").select_related("by", "approval").first()

    @cached_property
    def events(self) -> list[ReleaseEvent]:
        """What became of the last release, oldest first."""
        return [] if self.release is None else list(self.release.events.order_by("pk").select_related("by"))

    @cached_property
    def closed(self) -> str:
        """How the deal ended without going; empty while it has not."""
        closing = getattr(self.deal, "closing", None)
        return closing.kind if closing else ""

    @cached_property
    def state(self) -> State | None:
        """What the last release is after its events; None where there is none."""
        return None if self.release is None else state_after(event.kind for event in self.events)  # type: ignore[misc]

    @property
    def _spent(self) -> bool:
        """Whether the last approval has carried a release that was withdrawn: it carries no other."""
        return self.state == "withdrawn" and self.release is not None and self.approval is not None and self.release.approval_id == self.approval.pk

    @cached_property
    def case(self) -> Case:
        """What the door looks at."""
        word = None if self._spent else self.approval
        return Case(
            reference=self.deal.reference,
            closed=self.closed,
            stands=self.decided.signed,
            outcome=self.decided.decision.outcome,
            today=self.decided.today.outcome,
            preparers=self.preparers,
            recorders=recorders(self.content),
            stale_checks=self.stale_checks,
            holds=tuple(hold.pk for hold in self.holds),
            submission=None
            if self.submission is None
            else Signature(self.submission.signed, frozenset(self.submission.hands), order=_order(self.submission)),
            approval=None
            if word is None or word.word != "approved"
            else Signature(word.signed, frozenset(word.hands), names_of(word.hands), held_role(word.hands, "approver", word.at), _order(word)),
            rejected=word is not None and word.word == "rejected" and word.signed == self.decided.signed and not self._asked_again,
            live=self.state not in (None, "withdrawn") and (self._release_current or self.stopped_by_hand),
            unsigned=self.unsigned,
            unvouched=self.unvouched,
            unscreened=self.unscreened,
            unattached=tuple(sorted(files_named(self.content) - {file.digest for file in self.attachments})),
        )

    @property
    def stopped_by_hand(self) -> bool:
        """Whether a person suspended or stopped the release and nobody resumed it: no other follows until it is resumed or withdrawn."""
        last = next((event for event in reversed(self.events) if event.kind == "resumed" or event.cause == "by_hand"), None)
        return last is not None and last.kind in ("suspended", "stopped")

    @property
    def _asked_again(self) -> bool:
        return self.submission is not None and self.approval is not None and _order(self.submission) > _order(self.approval)

    @property
    def _release_current(self) -> bool:
        """Whether the last release rests on what stands now; where it does not, a new one may follow."""
        return self.release is not None and self.release.approval.signed == self.decided.signed

    @cached_property
    def objections(self) -> tuple[Refusal, ...]:
        """Why the deal may not be released now; empty where it may."""
        return refusals(self.case, GUARDS)

    @cached_property
    def standing(self) -> Standing | None:
        """Whether the last release stands now; None where there is none."""
        if self.state is None:
            return None
        found = refusals(self.case, STANDS)
        if not found and not self._release_current:
            found = (Refusal("release.stale_approval"),)
        return Standing(self.state, found)

    @cached_property
    def moved_on(self) -> list[tuple[str, str, int, int]]:
        """The snapshots whose master record has moved on: role, name, the version taken, the record's version now."""
        found = []
        for link in self.deal.links.select_related("party", "solution"):
            record = link.party or link.solution
            if record is not None and record.version > link.number:
                found.append((link.role, record.name, link.number, record.version))
        return found


def _order(signature: Submission | Approval) -> int:
    """A place in time: microseconds, so that submissions and approvals compare."""
    return int(signature.at.timestamp() * 1_000_000)
