"""A call of every action, each on a deal made for it: who does it, by which power, and what its record is about."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

import enduse.casework
from enduse.casework import clock
from enduse.casework.deals.actions import approving, evidence, files, filing, registering, releasing, screening, stages
from enduse.casework.deals.queries import Held
from enduse.casework.deals.registering import Particulars
from enduse.casework.ledger.actions import checkpointing, erasing
from enduse.casework.ledger.models import Record
from enduse.casework.parties import records as parties
from enduse.casework.people.actions import accounts, persons, settling
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account
from enduse.casework.people.queries import actor_of
from enduse.casework.register.models import Entry
from enduse.casework.solutions import records as solutions
from tests.builders import PERMIT, file_with
from tests.casework import listed
from tests.casework.cast import PASSWORD, held, imported, make_cast
from tests.casework.deals.stories import ready

SRC = Path(enduse.casework.__file__).parent
Cast = dict[str, Actor]
NEW = "a new thing"  # its number is known only afterwards


@dataclass(frozen=True, slots=True)
class Call:
    """One action, ready to be done."""

    do: Callable[[Actor], Any]
    about: str
    by: str = "anna"
    verb: str = ""  # empty: no role is asked for
    kind: str = ""
    system: bool = False  # no person acts


Prepare = Callable[[Cast], Call]
CALLS: dict[str, Prepare] = {}
ALONE: set[str] = set()  # calls that take a place where nobody is known yet


def call(name: str, *, alone: bool = False) -> Callable[[Prepare], Prepare]:
    """Enter a call under the action's name; a second one of the same after a colon."""

    def enter(prepare: Prepare) -> Prepare:
        assert name not in CALLS
        CALLS[name] = prepare
        if alone:
            ALONE.add(name)
        return prepare

    return enter


def prepared(name: str) -> Call:
    """The call, with all it needs made."""
    return CALLS[name]({} if name in ALONE else make_cast())


def actions() -> set[str]:
    """The name of every public function of casework that acts: it opens an action, or calls one of its own module that does."""
    return {name for path in sorted(SRC.rglob("*.py")) if path.name not in ("door.py", "keeping.py") for name in _acting(path)}


def _acting(path: Path) -> Iterator[str]:
    functions = {node.name: node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}
    calls = {
        name: {found.func.id for found in ast.walk(node) if isinstance(found, ast.Call) and isinstance(found.func, ast.Name)}
        for name, node in functions.items()
    }
    found = {"action", "amend"}
    while more := {name for name, called in calls.items() if called & found} - found:
        found |= more
    for name in sorted(found & set(functions)):
        if not name.startswith("_"):
            yield f"{path.relative_to(SRC).with_suffix('').as_posix().replace('/actions/', '/')}.{name}".replace("/", ".")


def released(cast: Cast, **changes: Any) -> Held:
    """A deal that Anna prepared, Boris approved and Anna released."""
    deal = ready(cast, **changes)
    releasing.release(deal.deal.pk, by=cast["anna"])
    return held(deal.deal.pk)


def on_deal(deal: Held, do: Callable[[Actor], Any], verb: str, kind: str, by: str = "anna") -> Call:
    """A call on a deal."""
    return Call(do, f"deal:{deal.deal.pk}", by, f"deal.{verb}", f"deal.{kind}")


@call("deals.filing.file_deal")
def _file(cast: Cast) -> Call:
    return Call(lambda by: filing.file_deal(file_with(reference="F-1"), by=by), NEW, "gleb", "deal.file", "deal.filed")


@call("deals.filing.import_deal")
def _import(cast: Cast) -> Call:
    return Call(lambda by: filing.import_deal(file_with(reference="F-1"), by=by), NEW, "anna", "deal.import", "deal.imported")


@call("deals.filing.replace_deal")
def _replace(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    content = file_with(date=None, title="another")
    return on_deal(deal, lambda by: filing.replace_deal(deal.deal.pk, content, by=by, seen=1), "import", "replaced")


@call("deals.filing.abandon")
def _abandon(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, lambda by: filing.abandon(deal.deal.pk, by=by, seen=1, reason="no budget"), "abandon", "abandoned")


@call("deals.filing.refuse_deal")
def _refuse(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, lambda by: filing.refuse_deal(deal.deal.pk, by=by, seen=1, reason="too vague"), "refuse", "refused")


@call("deals.files.attach")
def _attach(cast: Cast) -> Call:
    deal, digest = imported(cast["anna"]), "sha256:" + "a" * 64

    def do(by: Actor) -> Any:
        return files.attach(deal.deal.pk, by=by, seen=1, stage="evidence", name="a.pdf", digest=digest, size=1, media_type="application/pdf")

    return on_deal(deal, do, "attach", "attached")


@call("deals.files.comment")
def _comment(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, lambda by: files.comment(deal.deal.pk, by=by, text="Ask again."), "comment", "commented", "boris")


@call("deals.files.hand_over")
def _hand_over(cast: Cast) -> Call:
    deal, to = imported(cast["anna"]), cast["elena"].who
    return on_deal(deal, lambda by: files.hand_over(deal.deal.pk, by=by, to=to, note="yours"), "hand_over", "handed_over")


@call("deals.evidence.record_evidence")
def _evidence(cast: Cast) -> Call:
    deal = imported(cast["anna"])

    def do(by: Actor) -> Any:
        return evidence.record_evidence(deal.deal.pk, by=by, seen=1, purpose="military", grade="alleged", source="press")

    return on_deal(deal, do, "evidence", "evidence_recorded")


@call("deals.evidence.record_evidence:confirmed")
def _confirmed(cast: Cast) -> Call:
    deal, paper = imported(cast["anna"]), ["sha256:" + "a" * 64]

    def do(by: Actor) -> Any:
        return evidence.record_evidence(deal.deal.pk, by=by, seen=1, purpose="military", grade="confirmed", source="court", attachments=paper)

    return on_deal(deal, do, "rebut", "evidence_recorded")


@call("deals.evidence.rebut")
def _rebut(cast: Cast) -> Call:
    deal = imported(cast["anna"], evidence=[{"id": "e1", "purpose": "military", "grade": "alleged", "source": "press", "recorded_by": "somebody"}])
    return on_deal(deal, lambda by: evidence.rebut(deal.deal.pk, by=by, seen=1, item="e1", source="a visit"), "rebut", "evidence_rebutted")


@call("deals.evidence.record_notice")
def _notice(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, lambda by: evidence.record_notice(deal.deal.pk, by=by, seen=1, written="yes", number="1"), "notice", "notice_recorded")


@call("deals.evidence.withdraw_notice")
def _withdraw_notice(cast: Cast) -> Call:
    deal = imported(cast["anna"], notices=[{"from": "fstec", "written": "yes", "number": "1", "date": "2026-10-20"}])

    def do(by: Actor) -> Any:
        return evidence.withdraw_notice(deal.deal.pk, by=by, seen=1, place=0, number="2", date="2026-11-01")

    return on_deal(deal, do, "notice", "notice_withdrawn")


@call("deals.evidence.record_permit")
def _permit(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, lambda by: evidence.record_permit(deal.deal.pk, by=by, seen=1, permit=PERMIT), "permit", "permit_recorded")


@call("deals.stages.intake")
def _intake(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, lambda by: stages.intake(deal.deal.pk, by=by, seen=1, changes={"title": "new"}), "intake", "intake_saved")


@call("deals.stages.determine")
def _determine(cast: Cast) -> Call:
    deal = imported(cast["anna"])

    def do(by: Actor) -> Any:
        return stages.determine(deal.deal.pk, by=by, seen=1, recipient_can_modify="no", hardware="no", note="sealed")

    return on_deal(deal, do, "determine", "determined")


def identified(deal: Held, result: str) -> Callable[[Actor], Any]:
    """An identification with a result."""
    comparison = [{"list": "1299", "entry": "1.4.1", "characteristic": "rate", "parameter": "1000", "verdict": "not_met"}]

    def do(by: Actor) -> Any:
        return stages.identify(
            deal.deal.pk,
            by=by,
            seen=1,
            civil_only="yes",
            suitable_for={},
            result=result,
            entries=[],
            comparison=comparison,
            conclusion="not listed",
            deeper_check="no",
        )

    return do


@call("deals.stages.identify")
def _identify(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    files.hand_over(deal.deal.pk, by=cast["anna"], to=cast["elena"].who, stage="identification")
    return on_deal(deal, identified(deal, "not_listed"), "sign_identification", "identified", "elena")


@call("deals.stages.identify:not_done")
def _identify_begun(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, identified(deal, "not_done"), "identify", "identified")


@call("deals.stages.screen")
def _screen(cast: Cast) -> Call:
    deal = imported(cast["anna"])

    def do(by: Actor) -> Any:
        return stages.screen(deal.deal.pk, by=by, seen=1, party="Lakeside Telecom", result="no_match", lists=["UN"], reason="read")

    return on_deal(deal, do, "screen", "screened")


@call("deals.screening.search")
def _search(cast: Cast) -> Call:
    deal = imported(cast["anna"])

    def do(by: Actor) -> Any:
        with listed.held(listed.LISTED):
            return screening.search(deal.deal.pk, by=by, seen=1)

    return on_deal(deal, do, "screen", "searched")


@call("deals.screening.record")
def _record(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    with listed.held(listed.LISTED):
        prepared = screening.prepare(deal.deal.pk, by=cast["anna"], seen=1)
    return on_deal(deal, lambda by: screening.record(prepared, by=by), "screen", "searched")


@call("deals.screening.settle_hit")
def _settle_hit(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    with listed.held(listed.LISTED):
        screening.search(deal.deal.pk, by=cast["anna"], seen=1)
    found = deal.deal.searches.order_by("pk")[0].pk

    def do(by: Actor) -> Any:
        return screening.settle_hit(deal.deal.pk, by=by, seen=2, found=found, number=0, result="dismissed", reason="another street")

    return on_deal(deal, do, "screen", "hit_settled")


@call("deals.stages.check")
def _check(cast: Cast) -> Call:
    deal = imported(cast["anna"], checks=[])
    return on_deal(deal, lambda by: stages.check(deal.deal.pk, by=by, seen=1, word="wmd", note="read"), "check", "checked")


@call("deals.stages.renew_check")
def _renew(cast: Cast) -> Call:
    return _renewed(cast, "wmd", "check")


@call("deals.stages.renew_check:screening")
def _renew_screening(cast: Cast) -> Call:
    return _renewed(cast, "screening", "screen")


def _renewed(cast: Cast, word: str, verb: str) -> Call:
    deal = imported(cast["anna"])

    def do(by: Actor) -> Any:
        with clock.at(clock.now() + timedelta(days=200)):
            return stages.renew_check(deal.deal.pk, by=by, seen=1, word=word, note="read again")

    return on_deal(deal, do, verb, "checked_again")


@call("deals.stages.sign_identification")
def _sign_identification(cast: Cast) -> Call:
    deal = imported(cast["gleb"])
    stages.intake(deal.deal.pk, by=cast["anna"], seen=1, changes={"title": "two"})
    return on_deal(
        deal,
        lambda by: stages.sign_identification(deal.deal.pk, by=by, seen=2, note="compared"),
        "sign_identification",
        "identification_signed",
    )


@call("deals.approving.vouch")
def _vouch(cast: Cast) -> Call:
    deal = imported(cast["gleb"])
    return on_deal(deal, lambda by: approving.vouch(deal.deal.pk, by=by, seen=1, note="compared"), "vouch", "vouched")


@call("deals.stages.indicate")
def _indicate(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, lambda by: stages.indicate(deal.deal.pk, by=by, seen=1, number="9", state="present"), "indicate", "indicated")


@call("deals.stages.indicate_all")
def _indicate_all(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    answers = {"8": ("unknown", ""), "9": ("explained", "the norm there")}
    return on_deal(deal, lambda by: stages.indicate_all(deal.deal.pk, by=by, seen=1, answers=answers), "indicate", "indicated")


@call("deals.stages.describe_contract")
def _describe(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    changes = {"kind": "export"}
    return on_deal(deal, lambda by: stages.describe_contract(deal.deal.pk, by=by, seen=1, changes=changes), "clauses", "contract_described")


@call("deals.stages.settle_clauses")
def _clauses(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, lambda by: stages.settle_clauses(deal.deal.pk, by=by, seen=1, state="rejected"), "clauses", "clauses_settled")


@call("deals.stages.identify_risk")
def _risk(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, lambda by: stages.identify_risk(deal.deal.pk, by=by, seen=1, reason="odd"), "choose", "risk_identified")


@call("deals.stages.choose")
def _choose(cast: Cast) -> Call:
    deal = imported(cast["anna"], risk="identified")
    return on_deal(deal, lambda by: stages.choose(deal.deal.pk, by=by, seen=1, choice="refuse", reason="odd"), "choose", "chosen")


@call("deals.stages.depart")
def _depart(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    return on_deal(deal, lambda by: stages.depart(deal.deal.pk, by=by, seen=1, clause="3.2", text="later", reason="urgent"), "depart", "departed")


@call("deals.stages.document")
def _document(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    papers = [{"kind": "contract", "number": "8/26", "date": "2026-10-02"}]
    return on_deal(deal, lambda by: stages.document(deal.deal.pk, by=by, seen=1, documents=papers), "document", "documented")


@call("deals.stages.refresh")
def _refresh(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    link = deal.deal.links.get(role="end_user")
    assert link.party
    content = {"name": "Nairobi Care Line", "kind": "company", "country": "KE", "address": "Quay 1"}
    parties.change_party(link.party.pk, content=content, reason="moved", seen=1, by=cast["oleg"])
    return on_deal(deal, lambda by: stages.refresh(deal.deal.pk, by=by, seen=1, link=link.pk), "refresh", "refreshed")


@call("deals.approving.submit")
def _submit(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    seen = deal.decided.signed
    return on_deal(deal, lambda by: approving.submit(deal.deal.pk, by=by, seen=seen), "submit", "submitted")


@call("deals.approving.approve")
def _approve(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    seen = deal.decided.signed
    approving.submit(deal.deal.pk, by=cast["anna"], seen=seen)
    return on_deal(deal, lambda by: approving.approve(deal.deal.pk, by=by, seen=seen), "approve", "approved", "boris")


@call("deals.approving.reject")
def _reject(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    seen = deal.decided.signed
    approving.submit(deal.deal.pk, by=cast["anna"], seen=seen)
    return on_deal(deal, lambda by: approving.reject(deal.deal.pk, by=by, seen=seen, note="no"), "reject", "rejected", "boris")


@call("deals.approving.hold")
def _hold(cast: Cast) -> Call:
    deal = released(cast)
    return on_deal(deal, lambda by: approving.hold(deal.deal.pk, by=by, reason="a rumour", ends_when="cleared up"), "hold", "held")


@call("deals.approving.lift_hold")
def _lift(cast: Cast) -> Call:
    deal = imported(cast["anna"])
    hold = approving.hold(deal.deal.pk, by=cast["anna"], reason="a rumour", ends_when="cleared up").pk
    return on_deal(deal, lambda by: approving.lift_hold(deal.deal.pk, by=by, hold=hold, evidence="a letter"), "lift_hold", "hold_lifted", "boris")


@call("deals.releasing.release")
def _release(cast: Cast) -> Call:
    deal = ready(cast)
    return on_deal(deal, lambda by: releasing.release(deal.deal.pk, by=by), "release", "released")


@call("deals.releasing.suspend")
def _suspend(cast: Cast) -> Call:
    deal = released(cast)
    return on_deal(deal, lambda by: releasing.suspend(deal.deal.pk, by=by, reason="odd"), "suspend", "suspended")


@call("deals.releasing.stop_deliveries")
def _stop(cast: Cast) -> Call:
    deal = released(cast)
    return on_deal(deal, lambda by: releasing.stop_deliveries(deal.deal.pk, by=by, reason="odd"), "stop", "stopped")


@call("deals.releasing.resume")
def _resume(cast: Cast) -> Call:
    deal = released(cast)
    releasing.suspend(deal.deal.pk, by=cast["anna"], reason="odd")
    return on_deal(deal, lambda by: releasing.resume(deal.deal.pk, by=by, reason="all well"), "resume", "resumed", "boris")


@call("deals.releasing.withdraw_release")
def _withdraw(cast: Cast) -> Call:
    deal = released(cast)
    return on_deal(deal, lambda by: releasing.withdraw_release(deal.deal.pk, by=by, reason="over"), "withdraw", "release_withdrawn")


@call("deals.releasing.deliver")
def _deliver(cast: Cast) -> Call:
    deal = released(cast)

    def do(by: Actor) -> Any:
        return releasing.deliver(deal.deal.pk, by=by, day=clock.today(), version="1.10", units=Decimal(1), recipient="Nairobi Care Line")

    return on_deal(deal, do, "deliver", "delivered")


@call("deals.releasing.review")
def _review(cast: Cast) -> Call:
    deal = released(cast)

    def do(by: Actor) -> Any:
        with clock.at(clock.now() + timedelta(days=200)):
            return releasing.review(deal.deal.pk)

    return Call(do, f"deal:{deal.deal.pk}", "", "", "deal.reviewed", system=True)


@call("deals.registering.correct")
def _correct(cast: Cast) -> Call:
    deal = released(cast)
    entry = Entry.objects.get(deal=deal.deal).number
    about = f"deal:{deal.deal.pk}"
    given = Particulars(excused="kept by the distributor")
    return Call(lambda by: registering.correct(entry, by=by, reason="a slip", given=given), about, "anna", "register.correct", "register.corrected")


@call("parties.records.change_party")
def _change_party(cast: Cast) -> Call:
    link = imported(cast["anna"]).deal.links.get(role="end_user")
    assert link.party
    pk, content = link.party.pk, {"name": "Nairobi Care Line", "kind": "company", "country": "KE", "address": "Quay 1"}
    return Call(
        lambda by: parties.change_party(pk, content=content, reason="moved", seen=1, by=by), f"party:{pk}", "anna", "party.edit", "party.changed"
    )


@call("solutions.records.change_solution")
def _change_solution(cast: Cast) -> Call:
    link = imported(cast["anna"]).deal.links.get(role="solution")
    assert link.solution
    pk, content = link.solution.pk, {"name": "Slovo", "version": "1.11"}
    return Call(
        lambda by: solutions.change_solution(pk, content=content, reason="newer", seen=1, by=by),
        f"solution:{pk}",
        "anna",
        "solution.edit",
        "solution.changed",
    )


def on_people(do: Callable[[Actor], Any], about: str, kind: str) -> Call:
    """A call of the administrator's."""
    return Call(do, about, "root", "people.edit", f"people.{kind}")


@call("people.persons.add_first", alone=True)
def _add_first(cast: Cast) -> Call:
    return Call(
        lambda by: persons.add_first(name="Root", email="root@example.org", password=PASSWORD), NEW, "", "", "people.first_added", system=True
    )


@call("people.persons.add_person")
def _add_person(cast: Cast) -> Call:
    def do(by: Actor) -> Any:
        return persons.add_person(by=by, name="Nina", email="nina@example.org", roles=("lawyer",), password=PASSWORD)

    return on_people(do, NEW, "added")


@call("people.persons.add_account")
def _add_account(cast: Cast) -> Call:
    pk = cast["anna"].who
    return on_people(lambda by: persons.add_account(pk, by=by, email="a2@example.org", password=PASSWORD), f"person:{pk}", "account_added")


@call("people.persons.switch_account")
def _switch(cast: Cast) -> Call:
    pk = Account.objects.get(email="anna@example.org").pk
    return on_people(lambda by: persons.switch_account(pk, by=by, active=False), f"account:{pk}", "account_switched")


@call("people.persons.grant")
def _grant(cast: Cast) -> Call:
    pk = cast["ivan"].who
    return on_people(lambda by: persons.grant(pk, by=by, role="lawyer"), f"person:{pk}", "role_granted")


@call("people.persons.revoke")
def _revoke(cast: Cast) -> Call:
    pk = cast["anna"].who
    return on_people(lambda by: persons.revoke(pk, by=by, role="officer"), f"person:{pk}", "role_revoked")


@call("people.persons.leave")
def _leave(cast: Cast) -> Call:
    pk = cast["ivan"].who
    return on_people(lambda by: persons.leave(pk, by=by), f"person:{pk}", "left")


@call("people.persons.come_back")
def _come_back(cast: Cast) -> Call:
    pk = cast["ivan"].who
    persons.leave(pk, by=cast["root"])
    return on_people(lambda by: persons.come_back(pk, by=by, roles=("initiator",)), f"person:{pk}", "returned")


def absence(cast: Cast, by: Actor) -> Any:
    """Anna is away for two weeks, and Oleg stands in for her."""
    today = clock.today()
    return persons.substitute(
        by=by, absent=cast["anna"].who, substitute=cast["oleg"].who, since=today, until=today + timedelta(days=14), reason="a journey"
    )


@call("people.persons.substitute")
def _substitute(cast: Cast) -> Call:
    return Call(lambda by: absence(cast, by), f"person:{cast['anna'].who}", "anna", "", "people.substitute_named")


@call("people.persons.end_substitution")
def _end(cast: Cast) -> Call:
    pk = absence(cast, cast["anna"]).pk
    return Call(lambda by: persons.end_substitution(pk, by=by), f"substitution:{pk}", "anna", "", "people.substitute_ended")


@call("people.accounts.changing")
def _changing(cast: Cast) -> Call:
    account = Account.objects.get(email="anna@example.org")
    owner = actor_of(account)

    def do(by: Actor) -> None:
        with accounts.changing("password_changed", by=owner):
            account.set_password("another river under a bridge 8")
            account.save(update_fields=["password"])

    return Call(do, f"account:{account.pk}", "anna", "", "account.password_changed")


@call("people.accounts.set_password")
def _set_password(cast: Cast) -> Call:
    pk = Account.objects.get(email="anna@example.org").pk
    return on_people(lambda by: accounts.set_password(pk, by=by, password="another river under 8"), f"account:{pk}", "password_set")


@call("people.accounts.drop_second_step")
def _drop_step(cast: Cast) -> Call:
    account = Account.objects.get(email="anna@example.org")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "made up"})
    return on_people(lambda by: accounts.drop_second_step(account.pk, by=by), f"account:{account.pk}", "second_step_dropped")


@call("people.settling.settle")
def _settle(cast: Cast) -> Call:
    return Call(
        lambda by: settling.settle("check_days", "60", by=by, reason="stricter"), "setting:check_days", "root", "settings.edit", "settings.settled"
    )


@call("ledger.checkpointing.checkpoint")
def _checkpoint(cast: Cast) -> Call:
    if not settings.CONFIG.checkpoint_key.exists():
        checkpointing.begin_key()
    return Call(lambda by: checkpointing.checkpoint(by=by), "ledger", "vera", "ledger.checkpoint", "ledger.checkpointed")


@call("ledger.erasing.erase")
def _erase(cast: Cast) -> Call:
    files.comment(imported(cast["anna"]).deal.pk, by=cast["anna"], text="Call Mr Smith")
    index = Record.objects.latest("index").index
    return Call(lambda by: erasing.erase(index, by=by, reason="asked for"), f"ledger:{index}", "root", "ledger.erase", "ledger.body_erased")
