"""`enduse register export`: the register out, by the file's name."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from enduse.casework.deals.actions import filing
from tests.casework.cast import imported, make_cast
from tests.commands import Enduse

pytestmark = pytest.mark.django_db(transaction=True)
ANNA = ("--by", "anna@example.org")


@pytest.fixture
def refused() -> None:
    cast = make_cast("anna", "ivan")
    deal = imported(cast["anna"], title="=1+1")
    filing.refuse_deal(deal.deal.pk, by=cast["anna"], seen=1, reason="not for us")


@pytest.mark.usefixtures("refused")
def test_it_goes_out_as_lines_and_as_a_table(enduse: Enduse, tmp_path: Path) -> None:
    lines = enduse("register", "export", *ANNA)
    assert lines.code == 0
    assert lines.answer["event"] == "refused"
    assert lines.answer["reference"] == "D-1"
    table = tmp_path / "register.csv"
    assert enduse("register", "export", "-o", table, "--lang", "ru", *ANNA).code == 0
    head, row = csv.reader(io.StringIO(table.read_text("utf-8-sig")))
    assert "Контрагент" in head
    assert "'=1+1" in row


@pytest.mark.usefixtures("refused")
def test_another_format_and_another_role_are_refused(enduse: Enduse, tmp_path: Path) -> None:
    assert enduse("register", "export", "-o", tmp_path / "register.doc", *ANNA).code == 2
    assert not (tmp_path / "register.doc").exists()
    assert enduse("register", "export", "--by", "ivan@example.org").code == 3
