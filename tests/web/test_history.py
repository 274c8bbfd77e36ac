"""A person's history in words: what, to which account or substitute, and by whom."""

from __future__ import annotations

from datetime import date

import pytest

from enduse.casework.ledger import history
from enduse.casework.ledger.models import Record
from enduse.casework.people.actions.accounts import set_password
from enduse.casework.people.actions.persons import end_substitution, grant, substitute
from tests.web.conftest import Member, signed_in

pytestmark = pytest.mark.django_db


def test_everything_done_to_a_person_stands_there_latest_first(root: Member, anna: Member, boris: Member) -> None:
    grant(anna.person, by=root.actor, role="lawyer")
    made = substitute(by=anna.actor, absent=anna.person, substitute=boris.person, since=date(2030, 1, 2), until=date(2030, 1, 9), reason="Отпуск")
    end_substitution(made.pk, by=anna.actor)
    set_password(anna.account, by=root.actor, password="another horse battery 10")
    page = root.client.get(f"/people/{anna.person}/").content.decode()
    told = [
        "a new password set by an administrator: anna@example.ru",
        "a substitution was ended",
        "a substitute was named: Boris, 2 January 2030 to 9 January 2030. Отпуск",
        "a role was given: lawyer",
        "a person was added: technical expert, export-control officer",
    ]
    places = [page.find(line) for line in told]
    assert -1 not in places
    assert places == sorted(places)
    russian = signed_in(root.email, "ru").get(f"/people/{anna.person}/").content.decode()
    assert "назначен замещающий: Boris, 2 января 2030 — 9 января 2030. Отпуск" in russian


def test_what_was_erased_says_so(root: Member, anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "enduse.web.history.told_about", lambda *_, **__: [_erased(record) for record in Record.objects.filter(about=f"person:{anna.person}")]
    )
    assert "erased" in root.client.get(f"/people/{anna.person}/").content.decode()


def _erased(record: Record) -> object:
    record.body = None
    return history._told(record)
