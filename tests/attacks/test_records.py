"""Attacks on what is kept: a check made fresh behind the ledger's back, a reference that looks like another's, a flood of parties."""

from __future__ import annotations

import pytest
from django.db import connection

from enduse.casework import guarding
from enduse.casework.deals.actions import releasing
from enduse.casework.ledger.verifying import verify
from enduse.casework.people.actions import persons, settling
from enduse.casework.people.actor import Actor
from tests.attacks.conftest import codes
from tests.casework.cast import imported
from tests.casework.deals.stories import later, ready

Cast = dict[str, Actor]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE deals_check SET at = '2027-01-30 09:00:00+00:00'",
        "INSERT INTO deals_check (deal_id, check_word, covers, note, by_id, at)"
        " SELECT deal_id, check_word, covers, note, by_id, '2027-01-30 09:00:00+00:00' FROM deals_check",
        "UPDATE people_setting SET value = '366'",
        "DELETE FROM people_setting",
    ],
    ids=["check dated anew", "check made up", "setting loosened", "setting gone"],
)
def test_an_owner_of_the_database_makes_no_check_fresh_unseen(cast: Cast, deed: str) -> None:
    settling.settle("check_days", "30", by=cast["root"], reason="stricter")
    deal = ready(cast).deal.pk
    assert verify().sound
    with later(days=89):
        assert codes(lambda: releasing.release(deal, by=cast["anna"])) == ("release.stale_checks",)
        triggers = [name for name, _ in guarding.triggers(connection)]
        with connection.cursor() as cursor:
            for name in triggers:
                table = name.removeprefix(guarding.PREFIX).rpartition("_")[0]
                cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
            cursor.execute(deed)
        guarding.install()
        releasing.release(deal, by=cast["anna"])  # an owner can do that
        assert not verify().sound  # and is seen
        assert any(finding.values.get("table") in ("deals_check", "people_setting") for finding in verify().findings)


@pytest.mark.django_db
@pytest.mark.parametrize("reference", ["D-1\u200b", "D\u00ad-1", "D-1\x01", "D\n-1", "\u202eD-1", "x" * 201])
def test_no_reference_looks_like_anothers(cast: Cast, reference: str) -> None:
    imported(cast["anna"], reference="D-1")
    assert codes(lambda: imported(cast["anna"], reference=reference)) in (("deal.reference_unseen",), ("deal.reference_long",))


@pytest.mark.django_db
def test_no_flood_of_parties_keeps_everybody_waiting(cast: Cast) -> None:
    parties = [{"role": "end_user", "name": f"P{number}", "kind": "company", "country": "KE"} for number in range(501)]
    assert codes(lambda: imported(cast["gleb"], parties=parties)) == ("deal.many_parties",)


@pytest.mark.django_db
def test_no_name_turns_what_is_written_around_it(cast: Cast) -> None:
    made = persons.add_person(by=cast["root"], name="\x1b[31mE\u202evil\u200b", email="evil@example.org")
    assert made.name == "[31mEvil"
