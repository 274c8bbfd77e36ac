"""The beginning of an installation: the database in its form, the key of checkpoints, the first administrator, the organisation's name."""

from __future__ import annotations

from django.conf import settings

from enduse.casework.ledger.actions.checkpointing import begin_key, signing_key
from enduse.casework.people.actions.persons import add_first
from enduse.casework.people.actions.settling import settle
from enduse.casework.people.queries import actor_named
from enduse.config import schema


def begin(*, name: str, email: str, password: str, organisation: str) -> dict[str, str]:
    """Begin, and say where things are. Raises Refused for a name, an e-mail or a password that will not do, or where it is begun already."""
    schema.bring_up()
    key = signing_key() if settings.CONFIG.checkpoint_key.exists() else begin_key()
    add_first(name=name, email=email, password=password)
    if organisation.strip():
        settle("organisation", organisation, by=actor_named(email), reason="enduse init")
    config = settings.CONFIG
    return {"data": str(config.data), "database": config.database.engine, "checkpoint_key": key.public, "key_file": str(config.checkpoint_key)}
