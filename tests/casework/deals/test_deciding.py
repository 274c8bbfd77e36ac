"""Deciding a content: for its own day and for today, and the fingerprint that is signed."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from enduse.casework import clock
from enduse.casework.deals import deciding
from enduse.casework.deals.deciding import decided, edition
from enduse.domain.edition import Act
from enduse.domain.release import POLICIES
from enduse.domain.rules import Words
from enduse.formats.problems import BadInput
from tests.builders import PERMIT, file_with
from tests.casework.deals.stories import CONCERN

DAY = date(2026, 11, 2)


def signed(files: tuple[str, ...] = (), policy: str = "patch", day: date = DAY, **changes: Any) -> str:
    return decided(file_with(**{"date": None, **changes}), policy=POLICIES[POLICIES.index(policy)], attachments=files, day=day).signed


def test_a_deal_is_decided_for_its_day_and_for_today() -> None:
    permit = {**PERMIT, "valid_until": "2026-11-10"}
    found = decided(file_with(date="2026-11-02", evidence=[CONCERN], permits=[permit]), policy="patch", day=date(2026, 11, 11))
    assert (found.decision.at, found.today.at) == (DAY, date(2026, 11, 11))
    assert found.decision.released
    assert not found.today.released
    same = decided(file_with(date="2026-11-02"), policy="patch", day=DAY)
    assert same.today is same.decision
    assert decided(file_with(date=None), policy="patch").decision.at == clock.today()


def test_a_day_that_changes_nothing_leaves_the_fingerprint() -> None:
    assert signed() == signed(day=DAY + timedelta(days=200))
    permit = {**PERMIT, "valid_until": "2026-11-10"}
    lasting: dict[str, Any] = {"evidence": [CONCERN], "permits": [permit]}
    assert signed(**lasting) == signed(day=date(2026, 11, 10), **lasting)
    assert signed(**lasting) != signed(day=date(2026, 11, 11), **lasting)


def test_everything_else_makes_another_fingerprint() -> None:
    found = [
        signed(),
        signed(("sha256:a",)),
        signed(("sha256:a", "sha256:a")),
        signed(policy="minor"),
        signed(policy="exact"),
        signed(title="another"),
        signed(departures=[{"clause": "3.2", "text": "later", "reason": "urgent", "by": "anna", "date": "2026-11-01"}]),
        signed(quantity={"units": "3"}),
        signed(documents=[{"kind": "contract", "number": "8/26", "date": "2026-10-01"}]),
    ]
    assert len(set(found)) == len(found)
    assert signed(("b", "a")) == signed(("a", "b"))


def test_the_edition_and_its_table_are_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    before, held = signed(), edition()
    act = Act("A-1", Words("акт", "act"), DAY, "sha256:" + "1" * 64)
    for other in (replace(held, act=act), replace(held, id="2027-1"), replace(held, reference_data="sha256:" + "2" * 64)):
        monkeypatch.setattr(deciding, "edition", lambda other=other: other)
        assert signed() != before


WORDS = "{ru: а, en: b}"
CHECK = f"checks:\n- {{check: pledge, clauses: ['1.7'], name: {WORDS}, done: {WORDS}, not_done: {WORDS}, question: {WORDS}}}\n"
RULE = f"rules:\n- {{rule: own, effect: refuse, when: export, clauses: ['1.7'], text: {WORDS}}}\n"
ACT = "format: enduse/act-1\nact: ROBOTA-1\ntitle: {ru: Акт, en: Act}\ndated: 2026-11-01\nedition: 2026-1\n"


def test_the_organisations_own_act_decides_and_counts_as_soon_as_it_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, act = signed(), tmp_path / "act.yaml"
    act.write_text(ACT + CHECK, "utf-8")
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, act=str(act)))
    assert signed() != before
    assert decided(file_with(), policy="patch").decision.outcome.name == "incomplete"
    assert decided(file_with(checks=[*file_with()["checks"], "pledge"]), policy="patch").decision.released
    act.write_text(ACT + CHECK + RULE, "utf-8")
    os.utime(act, ns=(1, 1))
    assert decided(file_with(), policy="patch").decision.outcome.name == "refuse"


def test_what_is_no_deal_is_not_decided() -> None:
    with pytest.raises(BadInput):
        decided({"format": "enduse/deal-1"}, policy="patch")
    with pytest.raises(BadInput) as bad:
        decided(file_with(risk="maybe", date="tomorrow"), policy="patch")
    assert len(bad.value.problems) == 2
