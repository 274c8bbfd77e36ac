"""Checkpoints: signed, kept, dropped and mailed; what goes wrong with giving them out never undoes them."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Sink
from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from enduse.casework.ledger.actions.checkpointing import ORIGIN, checkpoint, signing_key
from enduse.casework.ledger.models import Checkpoint, Record
from enduse.casework.ledger.queries import body_of, head
from enduse.casework.people.actor import SYSTEM, Actor
from enduse.domain.refusals import NotAllowed
from enduse.formats.problems import BadInput
from enduse.stores import keys
from tests.casework.ledger.logs import configured, last, small

Cast = dict[str, Actor]


class Box(Sink):
    """Whatever is mailed, kept."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[EmailMessage] = []

    def handle_message(self, message: Message) -> None:
        self.held.append(email.message_from_bytes(message.as_bytes(), _class=EmailMessage, policy=default))


@pytest.fixture
def server() -> Iterator[tuple[Box, int]]:
    """A mail server that keeps what it gets."""
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


def mailing(monkeypatch: pytest.MonkeyPatch, folder: Path, port: int) -> None:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", f"{EmailBackend.__module__}.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
    monkeypatch.setattr(settings, "EMAIL_PORT", port)
    with configured(monkeypatch, folder, mail_url=f"smtp://127.0.0.1:{port}", checkpoint_mail=("auditor@example.org", "lawyer@example.org")):
        pass


def test_a_checkpoint_covers_everything_before_the_record_that_announces_it(installation: Cast) -> None:
    small(installation)
    before = head()
    made = checkpoint(by=installation["vera"])
    assert (made.checkpoint.size, made.checkpoint.root) == before
    assert keys.verify(made.note, signing_key().public) == made.checkpoint
    record = last()
    assert (record.pk, record.kind, record.about) == (before[0], "ledger.checkpointed", "ledger")
    row = Checkpoint.objects.get()
    assert body_of(record) == {"checkpoint": row.pk, "size": before[0], "root": before[1].hex()}
    assert (row.size, row.root, row.at, row.note) == (before[0], before[1].hex(), made.checkpoint.at, made.note)


def test_it_is_dropped_into_the_folder(installation: Cast) -> None:
    made = checkpoint(by=SYSTEM)
    assert made.file is not None
    assert made.file.read_text() == made.note
    assert made.file.parent == settings.CONFIG.checkpoint_folder
    assert made.file.name.startswith(f"checkpoint-{made.checkpoint.size:012}-20")
    other = checkpoint(by=SYSTEM)
    assert sorted(made.file.parent.iterdir()) == [made.file, other.file]
    assert last().by == "system"


def test_it_is_mailed_whole(installation: Cast, server: tuple[Box, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    box, port = server
    mailing(monkeypatch, tmp_path, port)
    made = checkpoint(by=installation["root"])
    assert (made.problems, made.mailed) == ((), ("auditor@example.org", "lawyer@example.org"))
    (message,) = box.held
    assert message["to"] == "auditor@example.org, lawyer@example.org"
    text, attached = message.iter_parts()
    assert made.note in text.get_content()
    assert attached.get_content().decode() == made.note


def test_mail_that_fails_is_told_and_undoes_nothing(installation: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    mailing(monkeypatch, tmp_path, port)
    made = checkpoint(by=installation["root"])
    assert [problem.code for problem in made.problems] == ["ledger.mail_failed"]
    assert (made.mailed, Checkpoint.objects.count(), last().kind) == ((), 1, "ledger.checkpointed")
    with configured(monkeypatch, tmp_path, checkpoint_mail=("auditor@example.org",)):
        assert [problem.code for problem in checkpoint(by=installation["root"]).problems] == ["ledger.mail_failed"]
    with configured(monkeypatch, tmp_path, checkpoint_mail=("auditor@example.org",), mail_url=""):
        assert [problem.code for problem in checkpoint(by=installation["root"]).problems] == ["ledger.mail_nowhere"]


def test_a_folder_that_cannot_be_written_is_told_and_undoes_nothing(installation: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with configured(monkeypatch, tmp_path, checkpoint_folder=tmp_path / "taken"):
        made = checkpoint(by=SYSTEM)
    assert ([problem.code for problem in made.problems], made.file) == (["data.unwritable"], None)
    assert Checkpoint.objects.get().note == made.note


def test_without_a_key_nothing_is_written(installation: Cast) -> None:
    settings.CONFIG.checkpoint_key.unlink()
    before = Record.objects.count()
    with pytest.raises(BadInput) as bad:
        checkpoint(by=installation["root"])
    assert "enduse init" in bad.value.problems[0].text("en")
    assert (Record.objects.count(), Checkpoint.objects.count()) == (before, 0)


def test_it_takes_a_role(installation: Cast) -> None:
    for name in ("root", "anna", "vera"):
        checkpoint(by=installation[name])
    with pytest.raises(NotAllowed):
        checkpoint(by=installation["boris"])


def test_the_key_is_of_the_log(installation: Cast) -> None:
    assert signing_key().name == ORIGIN
