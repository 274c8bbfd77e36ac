"""What somebody does in a story of the demonstration, one action each; everything goes through the same doors as real work."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any, cast

from django.conf import settings

from enduse.casework import clock
from enduse.casework.deals.actions import approving, evidence, filing, releasing, screening, stages
from enduse.casework.deals.actions import files as papers
from enduse.casework.deals.queries import Held, deal_for
from enduse.casework.people.actor import SYSTEM, Actor
from enduse.casework.people.queries import actor_named
from enduse.formats.deal_parts import Content, items, part
from enduse.formats.plain import read_yaml
from enduse.stores.attachments import keep

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
LATER = ("checks", "indicators", "contract", "documents", "evidence")  # what a draft does not say yet
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED = re.compile(r"\b(\d{2})\.(\d{2})\.(\d{4})\b")
_SPELT = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")


@dataclass(slots=True)
class Told:
    """A deal whose story is being told: its file, and its number once it is filed."""

    name: str
    cast: Mapping[str, str]  # role in the story -> e-mail
    deal: int = 0
    content: Content = field(default_factory=dict)  # what the file says, its days moved to those of the story

    def held(self, by: Actor) -> Held:
        """The deal as it stands."""
        return Held(deal_for(by, self.deal))

    def seen(self, by: Actor) -> int:
        """The version that stands."""
        return self.held(by).version.number


Step = Callable[[Told, Actor], object]


def read(name: str) -> Content:
    """A deal file of the demonstration, its own day moved to today and every other with it."""
    found = cast(Content, read_yaml((files("enduse.demonstration") / f"{name}.yaml").read_text("utf-8")).data)
    moved: Content = moved_by(found, clock.today() - date.fromisoformat(found["date"]))
    return moved


def moved_by(value: Any, by: timedelta) -> Any:
    """Plain data with every day in its texts moved, however it is spelt."""
    if isinstance(value, dict):
        return {key: moved_by(inner, by) for key, inner in value.items()}
    if isinstance(value, list):
        return [moved_by(inner, by) for inner in value]
    if not isinstance(value, str):
        return value
    value = _ISO.sub(lambda found: (date.fromisoformat(found[0]) + by).isoformat(), value)
    value = _DOTTED.sub(lambda found: (date(int(found[3]), int(found[2]), int(found[1])) + by).strftime("%d.%m.%Y"), value)
    return _SPELT.sub(lambda found: _spelt(date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1])) + by), value)


def _spelt(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def take(told: Told, by: Actor) -> None:
    """Take the file in as it is."""
    told.content = read(told.name)
    told.deal = filing.import_deal(told.content, by=by, source=f"{told.name}.yaml").deal.pk


def draft(told: Told, by: Actor) -> None:
    """File what is known on the first day: what the stages say comes later."""
    told.content = read(told.name)
    known = {key: value for key, value in told.content.items() if key not in LATER}
    known["solution"] = {key: told.content["solution"][key] for key in ("name", "version")}
    known["delivery"] = {"form": told.content["delivery"]["form"]}
    told.deal = filing.file_deal(known, by=by).deal.pk


def determine(note: str) -> Step:
    """Answer whether it is an export."""

    def step(told: Told, by: Actor) -> None:
        solution, delivery = told.content["solution"], told.content["delivery"]
        stages.determine(
            told.deal, by=by, seen=told.seen(by), recipient_can_modify=delivery["recipient_can_modify"], hardware=solution["hardware"], note=note
        )

    return step


def identify(told: Told, by: Actor) -> None:
    """Compare with the control lists and sign."""
    solution = told.content["solution"]
    found = part(told.content, "solution", "identification")
    stages.identify(
        told.deal,
        by=by,
        seen=told.seen(by),
        civil_only=solution["civil_only"],
        suitable_for=solution["suitable_for"],
        result=found["result"],
        entries=found.get("entries", ()),
        comparison=found["comparison"],
        conclusion=found["conclusion"],
        deeper_check=found["deeper_check"],
    )


def compare(*rows: tuple[str, str, str], conclusion: str) -> Step:
    """Compare what the file says is not listed with entries of List No 1299, and sign: entry, characteristic, the entry's parameter."""

    def step(told: Told, by: Actor) -> None:
        solution = told.held(by).content["solution"]
        found = [{"list": "1299", "entry": entry, "characteristic": ours, "parameter": theirs, "verdict": "not_met"} for entry, ours, theirs in rows]
        stages.identify(
            told.deal,
            by=by,
            seen=told.seen(by),
            civil_only=solution["civil_only"],
            suitable_for=solution["suitable_for"],
            result="not_listed",
            entries=(),
            comparison=found,
            conclusion=conclusion,
            deeper_check=solution["identification"].get("deeper_check", "no"),
        )

    return step


def search(told: Told, by: Actor) -> None:
    """Search for every party on the lists."""
    screening.search(told.deal, by=by, seen=told.seen(by))


def clear_hits(reason: str) -> Step:
    """Whoever was found is somebody else."""

    def step(told: Told, by: Actor) -> None:
        kept = told.held(by).screening
        for found in kept.last.values():
            for hit in kept.hits(found):
                screening.settle_hit(told.deal, by=by, seen=told.seen(by), found=found.pk, number=hit.number, result="dismissed", reason=reason)

    return step


def check(word: str, note: str) -> Step:
    """Make one of the checks."""
    return lambda told, by: stages.check(told.deal, by=by, seen=told.seen(by), word=word, note=note)


def indicate(told: Told, by: Actor) -> None:
    """Answer every indicator that is open, each an action of its own."""
    stated = part(told.held(by).content, "indicators")
    for number, state in told.content["indicators"].items():
        if number not in stated:
            stages.indicate(told.deal, by=by, seen=told.seen(by), number=number, state=state)


def settle_clauses(told: Told, by: Actor) -> None:
    """The contract binds counterparty and end user."""
    stages.settle_clauses(told.deal, by=by, seen=told.seen(by), state="agreed", reason="")


def document(told: Told, by: Actor) -> None:
    """Name the documents that the deal rests on."""
    stages.document(told.deal, by=by, seen=told.seen(by), documents=items(told.content, "documents"))


def depart(clause: str, text: str, reason: str) -> Step:
    """A signed departure (1.4)."""
    return lambda told, by: stages.depart(told.deal, by=by, seen=told.seen(by), clause=clause, text=text, reason=reason)


def notice(number: str) -> Step:
    """A letter of FSTEC has come."""
    return lambda told, by: evidence.record_notice(told.deal, by=by, seen=told.seen(by), written="yes", number=number, date=clock.today().isoformat())


def apply_for_permit(told: Told, by: Actor) -> None:
    """Apply to the Commission."""
    permit = {"authority": "commission", "status": "pending", "date": clock.today().isoformat(), "parties": _names(told)}
    evidence.record_permit(told.deal, by=by, seen=told.seen(by), permit={**permit, "solution": told.content["solution"]["name"]})


def _names(told: Told) -> list[str]:
    return list(dict.fromkeys(party["name"] for party in items(told.content, "parties")))


def attach(stage: str, name: str, text: str) -> Step:
    """Add a file."""

    def step(told: Told, by: Actor) -> None:
        kept = keep(settings.CONFIG.data / "attachments", io.BytesIO(text.encode()), name=name, limit_mb=settings.CONFIG.upload_mb)
        papers.attach(told.deal, by=by, seen=None, stage=stage, name=kept.name, digest=kept.digest, size=kept.size, media_type=kept.media_type)

    return step


def comment(text: str) -> Step:
    """Say something."""
    return lambda told, by: papers.comment(told.deal, by=by, text=text)


def hand_over(to: str, stage: str = "", note: str = "") -> Step:
    """Give the deal, or a stage of it, to somebody."""

    def step(told: Told, by: Actor) -> None:
        person = actor_named(told.cast[to]).person
        assert person is not None
        papers.hand_over(told.deal, by=by, to=person, stage=stage, note=note)

    return step


def submit(told: Told, by: Actor) -> None:
    """Put it forward."""
    approving.submit(told.deal, by=by, seen=told.held(by).decided.signed)


def approve(told: Told, by: Actor) -> None:
    """Sign what stands."""
    approving.approve(told.deal, by=by, seen=told.held(by).decided.signed)


def reject(note: str) -> Step:
    """Say no."""
    return lambda told, by: approving.reject(told.deal, by=by, seen=told.held(by).decided.signed, note=note)


def release(told: Told, by: Actor) -> None:
    """Release it."""
    releasing.release(told.deal, by=by)


def deliver(units: str, to: str) -> Step:
    """Deliver on this day."""

    def step(told: Told, by: Actor) -> None:
        version = str(told.content["solution"]["version"])
        releasing.deliver(told.deal, by=by, day=clock.now().date(), version=version, units=Decimal(units), recipient=to)

    return step


def hold(reason: str, ends_when: str) -> Step:
    """Stop it by hand."""
    return lambda told, by: approving.hold(told.deal, by=by, reason=reason, ends_when=ends_when)


def lift(proof: str) -> Step:
    """End the first open hold."""
    return lambda told, by: approving.lift_hold(told.deal, by=by, hold=told.held(by).holds[0].pk, evidence=proof)


def stop(reason: str) -> Step:
    """Stop deliveries."""
    return lambda told, by: releasing.stop_deliveries(told.deal, by=by, reason=reason)


def suspend(reason: str) -> Step:
    """Suspend the release."""
    return lambda told, by: releasing.suspend(told.deal, by=by, reason=reason)


def resume(reason: str) -> Step:
    """Resume it."""
    return lambda told, by: releasing.resume(told.deal, by=by, reason=reason)


def withdraw(reason: str) -> Step:
    """Withdraw the release for good."""
    return lambda told, by: releasing.withdraw_release(told.deal, by=by, reason=reason)


def abandon(reason: str) -> Step:
    """Give the deal up."""
    return lambda told, by: filing.abandon(told.deal, by=by, seen=told.seen(by), reason=reason)


def refuse(reason: str) -> Step:
    """Refuse it."""
    return lambda told, by: filing.refuse_deal(told.deal, by=by, seen=told.seen(by), reason=reason)


def sweep(told: Told, by: Actor) -> None:
    """Time passes: the worker looks at the deal again."""
    assert by is SYSTEM
    releasing.review(told.deal)
