"""Deciding a deal's content: the edition in force here, the decision, and the fingerprint that people sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from enduse.casework import clock
from enduse.domain.deal import Deal
from enduse.domain.decision import Decision, decide
from enduse.domain.edition import Edition
from enduse.domain.release import Bound, Policy
from enduse.domain.rules import fingerprint
from enduse.formats.deal_file import read_deal
from enduse.formats.deal_parts import Content, bound_of
from enduse.formats.plain import Document
from enduse.stores.editions import accepted_act, load_edition


def edition() -> Edition:
    """The edition in force here, with the organisation's own act where there is one. Raises BadInput where the act is no good."""
    act = settings.CONFIG.act
    return _with_act(act, Path(act).stat().st_mtime_ns) if act else load_edition()


@lru_cache(maxsize=2)
def _with_act(act: str, _changed: int) -> Edition:
    return accepted_act(act)


@dataclass(frozen=True, slots=True)
class Decided:
    """A content decided: for the day that the deal names, and for today where that is another."""

    deal: Deal
    decision: Decision
    today: Decision
    bound: Bound
    signed: str


def decided(
    content: Content, *, policy: Policy, attachments: Iterable[str] = (), settled: Sequence[Sequence[str]] = (), day: date | None = None
) -> Decided:
    """Decide a deal's content. Raises BadInput with every problem where it is no deal.

    `attachments` are the digests of the deal's files, `settled` what people said of hits: neither decides, and an approval signs both.
    """
    held, day = edition(), day or clock.today()
    deal = read_deal(Document(content), held)
    decision = decide(deal, held, at=deal.date or day)
    today = decision if decision.at == day else decide(deal, held, at=day)
    bound = bound_of(content, policy)
    return Decided(deal, decision, today, bound, _signed(decision, deal, bound, attachments, settled))


def _signed(decision: Decision, deal: Deal, bound: Bound, attachments: Iterable[str], settled: Sequence[Sequence[str]]) -> str:
    """What an approval signs: everything that was decided and on what, but neither the day nor the engine's own version.

    A day that changes nothing leaves it as it is; a day that changes the outcome is caught by the guard that decides for today.
    """
    return fingerprint(
        {
            "deal": deal.digest,
            "attachments": sorted(attachments),
            "bound": bound.as_data(),
            "edition": decision.edition,
            "table": decision.table,
            "act": decision.act,
            "reference_data": decision.reference_data,
            "outcome": decision.outcome.name,
            "rules": list(decision.rules),
            "clauses": list(decision.clauses),
            **({"settled": [list(one) for one in settled]} if settled else {}),
        }
    )
