"""Rows that were altered, taken away or put in behind the ledger's back, on the real database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from enduse.casework import guarding
from enduse.casework.ledger.claims import GRANTS, TABLES
from enduse.casework.ledger.models import Record
from enduse.casework.ledger.verifying import Verified, verify
from enduse.casework.people.actor import Actor
from tests.casework.ledger.logs import busy, past_the_guards

Cast = dict[str, Actor]
ALTERED, MISSING, UNTOLD = "ledger.row_altered", "ledger.row_missing", "ledger.row_untold"
CHANGES = {  # a statement, and what is told of which table
    "a version's content": ("UPDATE deals_version SET content = replace(content, 'KE', 'RU')", ALTERED, "deals_version"),
    "a version's digest": ("UPDATE deals_version SET digest = 'sha256:0'", ALTERED, "deals_version"),
    "whose a version is": ("UPDATE deals_version SET by_id = (SELECT max(id) FROM people_person) WHERE number = 1", ALTERED, "deals_version"),
    "the hands of a version": ("UPDATE deals_version SET hands = '[]'", ALTERED, "deals_version"),
    "a decision": ("UPDATE deals_decision SET outcome = 'proceed', signed = 'sha256:0'", MISSING, "deals_decision"),
    "an approval's fingerprint": ("UPDATE deals_approval SET signed = 'sha256:0'", ALTERED, "deals_approval"),
    "a rejection": ("UPDATE deals_approval SET word = 'approved' WHERE word = 'rejected'", ALTERED, "deals_approval"),
    "when it was approved": ("UPDATE deals_approval SET at = '2025-01-01 00:00:00+00:00'", ALTERED, "deals_approval"),
    "an approval's hands": ("UPDATE deals_approval SET hands = '[1, 2]'", ALTERED, "deals_approval"),
    "the bounds of a release": ("UPDATE deals_release SET bound = replace(CAST(bound AS TEXT), '1.10', '9'){}", ALTERED, "deals_release"),
    "an event of a release": ("UPDATE deals_releaseevent SET kind = 'resumed' WHERE kind = 'withdrawn'", ALTERED, "deals_releaseevent"),
    "a suspension by itself": ("DELETE FROM deals_releaseevent WHERE cause <> 'by_hand'", MISSING, "deals_releaseevent"),
    "a hold": ("UPDATE deals_hold SET ends_when = 'whenever'", ALTERED, "deals_hold"),
    "a lift of a hold": ("DELETE FROM deals_holdlift", MISSING, "deals_holdlift"),
    "the evidence of a lift": ("UPDATE deals_holdlift SET evidence = 'none'", ALTERED, "deals_holdlift"),
    "an attachment": ("UPDATE deals_attachment SET digest = 'sha256:0'", MISSING, "deals_attachment"),
    "a receipt": ("UPDATE deals_search SET receipt = replace(receipt, 'Telecom', 'Telegraph')", ALTERED, "deals_search"),
    "the entry of a hit": ("UPDATE deals_search SET entries = replace(entries, 'ARMS', 'NONE')", ALTERED, "deals_search"),
    "whose a search is": ("UPDATE deals_search SET deal_id = 1", ALTERED, "deals_search"),
    "what was said of a hit": ("UPDATE deals_settlement SET reason = 'none'", ALTERED, "deals_settlement"),
    "a submission": ("UPDATE deals_submission SET signed = 'sha256:0'", MISSING, "deals_submission"),
    "a delivery": ("UPDATE deals_delivery SET units = 0.5", MISSING, "deals_delivery"),
    "a closing": ("DELETE FROM deals_closing", MISSING, "deals_closing"),
    "a register entry": ("UPDATE register_entry SET reason = 'because'", ALTERED, "register_entry"),
    "what is in the register": ("UPDATE register_entry SET lacks = '[]', content = '{{}}'", ALTERED, "register_entry"),
    "a version that is gone": ("UPDATE deals_version SET number = 9 WHERE number = 2", MISSING, "deals_version"),
    "a version put in": ("UPDATE deals_version SET number = 9 WHERE number = 2", UNTOLD, "deals_version"),
    "an entry put in": ("UPDATE register_entry SET number = 77 WHERE number = 1", UNTOLD, "register_entry"),
    "a role": ("UPDATE people_grant SET role = 'auditor' WHERE role = 'approver'", UNTOLD, "people_grant"),
    "a role that was taken": ("UPDATE people_grant SET until = NULL", UNTOLD, "people_grant"),
}


@pytest.fixture
def cast(installation: Cast) -> Cast:
    busy(installation)
    return installation


def told(verified: Verified) -> set[tuple[str, str]]:
    return {(finding.code, str(finding.values.get("table"))) for finding in verified.findings}


@contextmanager
def undone() -> Iterator[None]:
    """Within, whatever is done to the database is undone in the end: making the log anew takes longer."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_every_change_behind_the_ledgers_back_is_found(cast: Cast) -> None:
    for what, (statement, code, table) in CHANGES.items():
        with undone():
            past_the_guards(statement.format("::jsonb" if connection.vendor == "postgresql" else ""))
            verified = verify()
            assert (code, table) in told(verified), what
            assert all(Record.objects.filter(pk=finding.index).exists() for finding in verified.findings if finding.code != UNTOLD), what
    assert verify().sound


def test_a_row_that_no_record_tells_of_is_found(cast: Cast) -> None:
    for table in ("deals_version", "deals_approval", "deals_release", "deals_releaseevent", "deals_hold", "register_entry"):
        with undone():
            put_in_another(table)
            assert told(verify()) == {(UNTOLD, table)}


def put_in_another(table: str) -> None:
    """A row like one that is there, under another number."""
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    other = {"id": "id + 1000", "number": "number + 1000", "approval_id": "(SELECT max(id) FROM deals_approval)"}
    picked = ", ".join(other.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    past_the_guards(f"INSERT INTO {table} ({names}) SELECT {picked} FROM {table} WHERE id = (SELECT min(id) FROM {table})")


def test_records_that_cannot_be_read_any_more_leave_their_rows_uncompared(cast: Cast) -> None:
    row = Record.objects.filter(kind="deal.released").first()
    assert row is not None
    past_the_guards(f'UPDATE ledger_record SET salt = NULL, body = NULL WHERE "index" = {row.pk}')
    verified = verify()
    assert set(verified.counts) == {"ledger.erased_silently"}
    assert verified.uncompared == 3  # the record, its release, its entry in the register


def test_every_table_that_a_release_rests_on_is_compared_or_known_not_to_be() -> None:
    compared = {told.table for told in TABLES} | {GRANTS.split(" FROM ")[1].split()[0]}
    spared = {
        "ledger_record", "ledger_head",  # the log itself
        "deals_deal", "deals_link",  # what they show is only ever shown
        "deals_check", "deals_comment", "deals_handover",
        "parties_party", "parties_partyversion", "solutions_solution", "solutions_solutionversion",  # deals keep snapshots
        "people_person", "people_account", "people_substitution", "people_setting",
    }  # fmt: skip
    assert compared | spared == {guarded.table for guarded in guarding.TABLES}
