"""Approval: what exactly is signed, what changed since the last signature, and why this reader may not sign, said before they try."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from enduse.casework.deals import history
from enduse.casework.deals.actions import approving
from enduse.casework.deals.queries import Held
from enduse.casework.people.actor import Actor
from enduse.domain.approval import same_hands
from enduse.domain.refusals import Refusal
from enduse.domain.release import READY, Bound, is_new, is_submitted, refusals
from enduse.reference import country_name
from enduse.web.access import actor_in
from enduse.web.cases import told_once
from enduse.web.deeds import TEXT, CasePage, Deed, DeedForm, Signing
from enduse.web.reading import differences, told
from enduse.web.templatetags.words import lang
from enduse.words import say


class VouchForm(DeedForm):
    """What was compared before somebody stands for what a file brought."""

    sees = ("seen",)
    note = forms.CharField(max_length=4000, widget=TEXT)


class RejectForm(Signing):
    """A no takes its reason."""

    note = forms.CharField(max_length=4000, widget=TEXT)


def not_ready(held: Held) -> tuple[Refusal, ...]:
    """Why the deal cannot be put forward."""
    return refusals(held.case, (*READY, is_new))


def may_not_approve(held: Held, actor: Actor) -> list[Refusal]:
    """Why this reader may not approve what stands."""
    found = list(refusals(held.case, (*READY, is_submitted)))
    if held.case.rejected:
        found.append(Refusal("release.rejected"))
    if same := same_hands(actor.hands, actor.names, held.preparers, held.case.recorders):
        found.append(same)
    return found


def _asked(held: Held, _actor: Actor) -> bool:
    """Whether what stands was put forward and nobody has answered yet."""
    return not held.closed and is_submitted(held.case) is None and not held.case.rejected and not _approved(held)


def _approved(held: Held) -> bool:
    word, asked = held.case.approval, held.case.submission  # none where it has carried a release that was withdrawn
    return word is not None and word.fingerprint == held.decided.signed and (asked is None or word.order >= asked.order)


DEEDS = (
    Deed(
        "vouch",
        "deal.vouch",
        VouchForm,
        lambda actor, held, given: approving.vouch(held.deal.pk, by=actor, seen=given["seen"], note=given["note"]),
        lambda held, actor: not held.closed and bool(held.unvouched),
        "main",
    ),
    Deed(
        "submit",
        "deal.submit",
        Signing,
        lambda actor, held, given: approving.submit(held.deal.pk, by=actor, seen=given["signed"], note=given["note"]),
        lambda held, actor: not held.closed and not not_ready(held) and not _asked(held, actor) and not _approved(held),
        "main",
    ),
    Deed(
        "approve",
        "deal.approve",
        Signing,
        lambda actor, held, given: approving.approve(held.deal.pk, by=actor, seen=given["signed"], note=given["note"]),
        lambda held, actor: _asked(held, actor) and not may_not_approve(held, actor),
        "main",
    ),
    Deed(
        "reject",
        "deal.reject",
        RejectForm,
        lambda actor, held, given: approving.reject(held.deal.pk, by=actor, seen=given["signed"], note=given["note"]),
        _asked,
        "danger",
    ),
)


def work(request: HttpRequest, held: Held) -> dict[str, Any]:
    """What the page shows beside its forms."""
    actor, before = actor_in(request), history.signed_before(held)
    return {
        "asked": _asked(held, actor),
        "approved": _approved(held),
        "not_ready": told_once(not_ready(held)),
        "may_not": told_once(may_not_approve(held, actor)) if actor.may("deal.approve") else [],
        "submission": held.submission,
        "word": held.approval,
        "before": before,
        "differences": differences(before.content, held.content, lang()) if before else [],
        "told": told(held.content, lang()),
        "files": held.attachments,
        "bound": bound_rows(held.decided.bound),
        "policy_hint": say(f"policy.{held.decided.bound.policy}.hint", lang()),
        "signed": held.decided.signed,
    }


def bound_rows(bound: Bound) -> list[tuple[str, str]]:
    """What a release is bound to, in words."""
    rows = {
        "solution": f"{bound.solution} {bound.version}".strip(),
        "policy": say(f"policy.{bound.policy}", lang()),
        "parties": "; ".join(_party(*party) for party in bound.parties),
        "quantity": f"{bound.units.normalize():f} {bound.of}".strip(),
        "purpose": bound.purpose,
        "country": country_name(bound.country, lang()) if bound.country else "",
        "contract": bound.contract,
    }
    return [(say(f"bound.{name}", lang()), value or "—") for name, value in rows.items()]


def _party(role: str, name: str, country: str) -> str:
    worded = [say(f"party_role.{role}", lang())] if role else []
    return f"{name} ({', '.join([*worded, *(country_name(one, lang()) for one in country.split('/') if one)])})"


PAGE = CasePage("approval", "web/approval.html", work, DEEDS)
