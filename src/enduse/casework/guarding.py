"""Triggers: what the database itself refuses, on SQLite and PostgreSQL, installed again after every migrate.

Each guarded table says what may happen to its rows and in which action. SQLite drops a table's triggers whenever a migration
rebuilds it, so they are made anew after every migrate, and `missing()` says which are not there.
This stops mistakes and bypasses, not an owner of the database; against those stands the ledger with a checkpoint kept elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from enduse.casework.door import current

FUNCTION = "enduse_action"  # SQLite: a function of our own process; who opens the file otherwise does not have it
PREFIX = "guard_"


@dataclass(frozen=True, slots=True)
class Guarded:
    """A table whose rows are only ever added, in an action, and which columns may change all the same."""

    table: str
    kinds: tuple[str, ...] = ()  # the actions in which a row may be added; empty: any
    changes: tuple[str, ...] = ()  # columns that may be updated, in an action
    loose: tuple[str, ...] = ()  # columns that may be updated outside of one too
    change_kinds: tuple[str, ...] = ()  # the actions in which they may be; empty: any
    change_to: str = ""  # what must hold of a change
    deletes: bool = False
    unique: tuple[tuple[str, ...], ...] = ()  # beside `id`: what REPLACE could push out


# the columns of a deal's row that only show what stands in the other tables
SUMMARY = ("version", "title", "counterparty", "country", "solution", "outcome", "stage", "status", "missing", "due", "search", "updated_at")

TABLES: tuple[Guarded, ...] = (
    Guarded("ledger_record", changes=("salt", "body"), change_kinds=("ledger.body_erased",), change_to="NEW.salt IS NULL AND NEW.body IS NULL"),
    Guarded("ledger_head", changes=("size", "frontier", "last_at")),
    Guarded("ledger_checkpoint", kinds=("ledger.checkpointed",)),
    Guarded("deals_version", unique=(("deal_id", "number"),)),
    Guarded("deals_decision"),
    Guarded("deals_check"),
    Guarded("deals_search", kinds=("deal.searched",)),
    Guarded("deals_settlement", kinds=("deal.hit_settled",)),
    Guarded("deals_attachment"),
    Guarded("deals_comment"),
    Guarded("deals_handover"),
    Guarded("deals_hold", kinds=("deal.held",)),
    Guarded("deals_holdlift", kinds=("deal.hold_lifted",), unique=(("hold_id",),)),
    Guarded("deals_submission", kinds=("deal.submitted",)),
    Guarded("deals_approval", kinds=("deal.approved", "deal.rejected")),
    Guarded("deals_release", kinds=("deal.released",), unique=(("approval_id",),)),
    Guarded("deals_releaseevent"),
    Guarded("deals_delivery", kinds=("deal.delivered",)),
    Guarded("deals_closing", kinds=("deal.abandoned", "deal.refused"), unique=(("deal_id",),)),
    Guarded(
        "deals_deal",
        changes=("handler_id", *SUMMARY),
        unique=(("reference",),),
    ),
    Guarded("deals_link", changes=("number", "name_key"), deletes=True),
    Guarded("parties_party", changes=("name", "name_key", "country", "version")),
    Guarded("parties_partyversion", unique=(("party_id", "number"),)),
    Guarded("solutions_solution", changes=("name", "name_key", "release", "version")),
    Guarded("solutions_solutionversion", unique=(("solution_id", "number"),)),
    Guarded("register_entry", unique=(("number",),)),
    Guarded(
        "people_person",
        changes=("name", "email", "personnel_number", "email_key", "personnel_key", "left_at"),
        unique=(("email_key",), ("personnel_key",)),
    ),
    Guarded(
        "people_account", changes=("email", "is_active"), loose=("password", "password_by_other", "last_login", "language"), unique=(("email",),)
    ),
    Guarded("people_grant", changes=("until",)),
    Guarded("people_substitution", changes=("ended_at",)),
    Guarded("people_setting"),
)

# what is no record: saved views, drafts not filed and marks of what was seen are their owner's alone, change without an action and may go
FREE = ("desk_view", "desk_draft", "desk_mark")

# what a release must rest on, asked of the rows themselves whenever one is added: SQL conditions that must hold, by name
_APPROVAL = "deals_approval a WHERE a.id = NEW.approval_id"
RELEASE_RESTS_ON: dict[str, str] = {
    "approval": f"EXISTS (SELECT 1 FROM {_APPROVAL} AND a.deal_id = NEW.deal_id AND a.word = 'approved')",
    # what was approved may have been changed and changed back since, or its checks made again: what it says is the same
    "content": f"(SELECT v.digest FROM deals_version v, {_APPROVAL} AND v.id = a.version_id)"
    " = (SELECT v.digest FROM deals_version v WHERE v.id = NEW.version_id)",
    "last_word": "NOT EXISTS (SELECT 1 FROM deals_approval a WHERE a.deal_id = NEW.deal_id AND a.id > NEW.approval_id)",
    "decision": "EXISTS (SELECT 1 FROM deals_decision d WHERE d.id = NEW.decision_id AND d.deal_id = NEW.deal_id"
    " AND d.version_id = NEW.version_id AND d.outcome IN ('proceed', 'not_export'))",
    "last_decision": "NOT EXISTS (SELECT 1 FROM deals_decision d WHERE d.deal_id = NEW.deal_id AND d.id > NEW.decision_id)",
    "fingerprint": f"(SELECT d.signed FROM deals_decision d WHERE d.id = NEW.decision_id) = (SELECT a.signed FROM {_APPROVAL})",
    "version": "(SELECT v.number FROM deals_version v WHERE v.id = NEW.version_id AND v.deal_id = NEW.deal_id)"
    " = (SELECT max(v.number) FROM deals_version v WHERE v.deal_id = NEW.deal_id)",
    "no_hold": "NOT EXISTS (SELECT 1 FROM deals_hold h LEFT JOIN deals_holdlift l ON l.hold_id = h.id"
    " WHERE h.deal_id = NEW.deal_id AND l.id IS NULL)",
    "open": "NOT EXISTS (SELECT 1 FROM deals_closing c WHERE c.deal_id = NEW.deal_id)",
    "submitted": f"(SELECT a.signed FROM {_APPROVAL}) IN (SELECT s.signed FROM deals_submission s WHERE s.deal_id = NEW.deal_id)",
    "other_hands": f"NOT EXISTS (SELECT 1 FROM deals_version v WHERE v.deal_id = NEW.deal_id AND v.by_id = (SELECT a.by_id FROM {_APPROVAL}))",
    "other_submitter": f"NOT EXISTS (SELECT 1 FROM deals_submission s WHERE s.deal_id = NEW.deal_id AND s.by_id = (SELECT a.by_id FROM {_APPROVAL}))",
}
# what a delivery must rest on
DELIVERY_RESTS_ON: dict[str, str] = {
    "release": "EXISTS (SELECT 1 FROM deals_release r WHERE r.id = NEW.release_id AND r.deal_id = NEW.deal_id)",
    "standing": "coalesce((SELECT e.kind FROM deals_releaseevent e WHERE e.release_id = NEW.release_id ORDER BY e.id DESC LIMIT 1),"
    " 'resumed') = 'resumed'",
}
# what may become of a release: it is resumed by that action alone, and nothing follows a withdrawal
EVENT_RESTS_ON: dict[str, str] = {
    "resumed": "NEW.kind <> 'resumed' OR {action} = 'deal.resumed'",
    "final": "NOT EXISTS (SELECT 1 FROM deals_releaseevent e WHERE e.release_id = NEW.release_id AND e.kind = 'withdrawn')",
}
# a word on a hit is of a search of that very deal and party
SETTLEMENT_RESTS_ON: dict[str, str] = {
    "search": "EXISTS (SELECT 1 FROM deals_search s WHERE s.id = NEW.search_id AND s.deal_id = NEW.deal_id AND s.particulars = NEW.particulars)",
}
EXTRA: dict[str, dict[str, str]] = {
    "deals_settlement": SETTLEMENT_RESTS_ON,
    "deals_releaseevent": EVENT_RESTS_ON,
    "deals_release": RELEASE_RESTS_ON,
    "deals_delivery": DELIVERY_RESTS_ON,
}


def install(using: str = "default") -> None:
    """Make every trigger anew."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, statement in triggers(connection):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(statement)


def make_way(using: str = "default") -> None:
    """Take the triggers off before a migration on SQLite: it cannot rebuild a table that triggers of others read. Afterwards they are made anew."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{PREFIX}%"])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def missing(using: str = "default") -> list[str]:
    """The triggers that are not there, not as they should be, or switched off."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            held = dict(cursor.fetchall())
            return [name for name, sql in triggers(connection) if held.get(name) != sql]
        cursor.execute(
            "SELECT t.tgname, t.tgenabled::text, pg_get_triggerdef(t.oid, true), p.prosrc"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
        )
        found = {name: (made, source.strip()) for name, state, made, source in cursor.fetchall() if state in ("O", "A")}
    return [name for name, sql in triggers(connection) if name not in found or not all(part in sql for part in found[name])]


def triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Each trigger's name, and the SQL that makes it on this database."""
    make = _sqlite if connection.vendor == "sqlite" else _postgresql
    return [trigger for guarded in TABLES for trigger in make(guarded, _columns(connection, guarded.table))]


def connected(connection: BaseDatabaseWrapper) -> None:
    """Give a new SQLite connection the function that triggers ask for the action under way."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(FUNCTION, 0, current)


def _columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _in(asked: str, kinds: tuple[str, ...]) -> str:
    return f"{asked} IN ({', '.join(repr(kind) for kind in kinds)})" if kinds else f"{asked} <> ''"


def _extra(table: str, asked: str) -> dict[str, str]:
    return {why: holds.replace("{action}", asked) for why, holds in EXTRA.get(table, {}).items()}


def _changes(guarded: Guarded, columns: list[str], asked: str, differs: str) -> dict[str, str]:
    """What must hold of an update: fixed columns stay, and the others change in an action."""
    fixed = [column for column in columns if column not in guarded.changes + guarded.loose]
    held = {"insert-only": " AND ".join(f'NOT (NEW."{column}" {differs} OLD."{column}")' for column in fixed)}
    if not guarded.changes and not guarded.loose:
        return {"insert-only": "1 = 0"}
    bound = [f'NOT (NEW."{column}" {differs} OLD."{column}")' for column in guarded.changes]
    held["action"] = f"{_in(asked, guarded.change_kinds)} OR ({' AND '.join(bound)})"
    if guarded.change_to:
        held["change"] = guarded.change_to
    return held


def _sqlite(guarded: Guarded, columns: list[str]) -> list[tuple[str, str]]:
    table, asked = guarded.table, f"{FUNCTION}()"
    key = "index" if "index" in columns else "id"
    same = " OR ".join("(" + " AND ".join(f'o."{column}" = NEW."{column}"' for column in one) + ")" for one in ((key,), *guarded.unique))
    # SQLite's REPLACE pushes rows out without asking the triggers of DELETE, so a row in the way is refused here
    insert = {"action": _in(asked, guarded.kinds), "replaced": f"NOT EXISTS (SELECT 1 FROM {table} o WHERE {same})", **_extra(table, asked)}
    events = {
        "INSERT": insert,
        "UPDATE": _changes(guarded, columns, asked, "IS NOT"),
        "DELETE": {"action": f"{asked} <> ''"} if guarded.deletes else {"deleted": "1 = 0"},
    }
    found = []
    for event, conditions in events.items():
        name = f"{PREFIX}{table}_{event.lower()}"
        lines = [f"SELECT RAISE(ABORT, 'enduse: {table}: {why}') WHERE NOT coalesce(({holds}), 0);" for why, holds in conditions.items()]
        found.append((name, "\n".join([f"CREATE TRIGGER {name} BEFORE {event} ON {table}", "BEGIN", *lines, "END"])))
    return found


def _postgresql(guarded: Guarded, columns: list[str]) -> list[tuple[str, str]]:
    table, asked = guarded.table, "coalesce(current_setting('enduse.action', true), '')"
    events = {
        "INSERT": {"action": _in(asked, guarded.kinds), **_extra(table, asked)},
        "UPDATE": _changes(guarded, columns, asked, "IS DISTINCT FROM"),
        "DELETE": {"action": f"{asked} <> ''"} if guarded.deletes else {"deleted": "1 = 0"},
        "TRUNCATE": {"deleted": "1 = 0"},
    }
    found = []
    for event, conditions in events.items():
        name = f"{PREFIX}{table}_{event.lower()}"
        lines = [
            f"IF NOT coalesce(({holds}), false) THEN RAISE EXCEPTION 'enduse: {table}: {why}' USING ERRCODE = 'restrict_violation'; END IF;"
            for why, holds in conditions.items()
        ]
        body = "\n".join(["BEGIN", *lines, f"RETURN {'OLD' if event == 'DELETE' else 'NULL' if event == 'TRUNCATE' else 'NEW'};", "END"])
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        made = (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$\n{body}\n$guard$;\n"
            f"DROP TRIGGER IF EXISTS {name} ON {table};\n"
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()"
        )
        found.append((name, made))
    return found
