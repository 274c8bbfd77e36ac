"""Checkpoints: the ledger as it stands, signed, kept, dropped into a folder and mailed to where its owner cannot reach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from enduse.casework.door import action
from enduse.casework.ledger import models
from enduse.casework.ledger.queries import head
from enduse.casework.people.actor import Actor
from enduse.domain.ledger import Checkpoint, stamp
from enduse.formats.problems import BadInput, Problem
from enduse.stores.data import write_whole
from enduse.stores.keys import SigningKey, create_key, load_key, sign
from enduse.words import say

ORIGIN = "enduse/ledger"  # the log's name in its checkpoints and in its key; which installation's it is the key tells


@dataclass(frozen=True, slots=True)
class Made:
    """A checkpoint that was made: where it was put, and what went wrong with giving it out."""

    number: int
    checkpoint: Checkpoint
    note: str
    file: Path | None
    mailed: tuple[str, ...]
    problems: tuple[Problem, ...]


def begin_key() -> SigningKey:
    """A new signing key where the configuration says. Raises BadInput where there is one already."""
    return create_key(settings.CONFIG.checkpoint_key, ORIGIN)


def signing_key() -> SigningKey:
    """The key that signs checkpoints here. Raises BadInput where there is none yet."""
    path: Path = settings.CONFIG.checkpoint_key
    if not path.exists():
        raise BadInput(Problem("ledger.no_key", values={"file": str(path)}, file=str(path)))
    return load_key(path, ORIGIN)


def checkpoint(*, by: Actor) -> Made:
    """Sign the ledger as it stands, then give the checkpoint out as configured; giving it out may fail without undoing it.

    Making one is an action with a record of its own. The checkpoint covers everything before that record; the record says
    what was signed, and the next checkpoint covers it. (Were it to cover its own record, that could not say what was signed.)
    The system may do it, on a schedule.
    """
    if not by.is_system:
        by.demand("ledger.checkpoint")
    key = signing_key()
    with action("ledger.checkpointed", by=by, about="ledger") as act:
        size, root = head()
        made = Checkpoint(ORIGIN, size, root, stamp(act.at))
        note = sign(made, key)
        row = models.Checkpoint.objects.create(size=size, root=root.hex(), at=made.at, note=note)
        act.says(checkpoint=row.pk, size=size, root=root.hex())
    return _given_out(row.pk, made, note)


def file_name(made: Checkpoint) -> str:
    """What a checkpoint's file is called: its size and time, so that names sort as the log grew."""
    return f"checkpoint-{made.size:012}-{re.sub(r'[-:]|[.][0-9]+', '', made.at)}.txt"


def _given_out(number: int, made: Checkpoint, note: str) -> Made:
    problems: list[Problem] = []
    folder: Path = settings.CONFIG.checkpoint_folder
    file: Path | None = folder / file_name(made)
    try:
        write_whole(folder / file_name(made), note.encode())
    except BadInput as bad:
        file = None
        problems += bad.problems
    mailed: tuple[str, ...] = settings.CONFIG.checkpoint_mail
    if mailed and (problem := _mail(mailed, made, note)):
        mailed = ()
        problems.append(problem)
    return Made(number, made, note, file, mailed, tuple(problems))


def _mail(to: tuple[str, ...], made: Checkpoint, note: str) -> Problem | None:
    """Mail a checkpoint, as text and as a file; what went wrong, if anything."""
    listed = ", ".join(to)
    if not settings.CONFIG.mail_url:
        return Problem("ledger.mail_nowhere", values={"to": listed})
    values = {"size": made.size, "at": made.at, "note": note}
    body = f"{say('ledger.mail', 'ru', **values)}\n\n{say('ledger.mail', 'en', **values)}\n\n{note}"
    message = EmailMessage(say("ledger.mail_subject", "en", size=made.size, at=made.at), body, None, list(to))
    message.attach(file_name(made), note.encode(), "application/octet-stream")  # base64 on its way: nothing in it changes
    try:
        message.send()
    except (OSError, SMTPException, ValueError) as error:
        return Problem("ledger.mail_failed", values={"to": listed, "why": str(error) or type(error).__name__})
    return None
