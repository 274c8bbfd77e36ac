"""A refusal is told in words: what happened, why, what to do next; values that are codes read well."""

from __future__ import annotations

import pytest

from enduse.domain.refusals import CODED, NotAllowed, Refusal, Refused, Stale, refuse
from enduse.words.casework import CASEWORK


def test_a_refusal_is_told_in_both_languages() -> None:
    refusal = Refusal("deal.exists", {"reference": "D-1"})
    assert refusal.text("ru") == "сделка с номером `D-1` уже есть, вторая не заведена. Откройте её или дайте новой другой номер"
    assert refusal.text("en").startswith("there is a deal `D-1` already")


def test_values_that_are_codes_are_told_in_words() -> None:
    assert "«Приостановить»" in Refusal("release.outcome", {"outcome": "hold"}).text("ru")
    assert "“Hold”" in Refusal("release.outcome", {"outcome": "hold"}).text("en")
    assert Refusal("monitoring.order", {"state": "withdrawn", "event": "resumed"}).text("ru").startswith("отпуск уже отозван: возобновить его нельзя")
    assert Refusal("deal.closed", {"reference": "D-1", "how": "refused"}).text("en").startswith("the deal `D-1` has ended (refused)")


def test_a_list_of_codes_is_told_one_by_one() -> None:
    refusal = Refusal("people.no_role", {"verb": "deal.release", "roles": "officer, approver"})
    assert refusal.text("ru").startswith("нельзя отпустить сделку: для этого нужна роль (сотрудник экспортного контроля, согласующий)")
    assert refusal.text("en").startswith("you may not release a deal: that takes a role (export-control officer, approver)")


def test_a_value_that_is_no_known_code_stays_as_it_is() -> None:
    assert "«fresh, {odd}»" in Refusal("check.word", {"word": "fresh, {odd}"}).text("ru")
    assert "`pilot`" in Refusal("people.role", {"role": "pilot", "known": "officer"}).text("en")


def test_a_name_that_happens_to_be_a_code_stays_as_it_is() -> None:
    assert "`hold`" in Refusal("party.unchanged", {"name": "hold"}).text("ru")


@pytest.mark.parametrize("group", sorted(set(CODED.values())))
def test_every_group_of_coded_values_is_in_the_vocabulary(group: str) -> None:
    assert any(code.startswith(f"{group}.") for code in CASEWORK)


def test_a_refusal_may_have_several_reasons() -> None:
    refused = Refused(Refusal("party.unnamed"), Refusal("release.rejected"))
    assert [refusal.text("en").split(".")[0] for refusal in refused.refusals] == ["the party has no name", "the approver rejected the decision"]
    assert "party.unnamed" in str(refused)
    assert "release.rejected" in str(refused)


def test_refuse_is_a_refusal_for_one_reason() -> None:
    assert refuse("party.absent", party=7).refusals == (Refusal("party.absent", {"party": 7}),)


def test_what_moved_on_and_what_is_not_allowed_are_refusals_too() -> None:
    assert issubclass(Stale, Refused)
    assert issubclass(NotAllowed, Refused)
