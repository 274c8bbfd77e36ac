"""A whole story in a browser, without JavaScript, in English: harm is confirmed by a paper, nobody can approve, the deal is refused."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e import stories
from tests.e2e.offices import Office
from tests.e2e.visitors import Visitor

REFERENCE = "D-2026-702"
SOURCE = "Judgement of the court of 2 September: voices cloned with it were used to defraud people"


def test_a_deal_is_refused_and_stands_in_the_register(chromium: Browser, office: Office, tmp_path: Path) -> None:
    ivan, anna, boris, gleb = stories.come_in(chromium, office, "en", "ivan", "anna", "boris", "gleb")
    given = {"title": "Voice cloning for an advertising agency", "name": "Harbour Voices Ltd", "kind": "company", "country": "GH"}
    deal = stories.file_deal(ivan, reference=REFERENCE, **given, solution="Golos", version="4.0")
    assert ivan.outcome() == "incomplete"
    stories.is_nobodys_business(gleb, deal)

    attach_the_judgement(anna, deal, tmp_path)
    confirm(anna, deal)
    assert anna.outcome() == "refuse"
    cannot_approve(boris, deal)
    refuse(anna, deal)

    assert anna.state() == "refused"
    row = stories.row_of_register(anna, REFERENCE)
    assert all(word in row for word in ("Harbour Voices Ltd", "Golos 4.0", anna.words("register_event.refused"))), row
    anna.open("/ledger/")
    assert anna.page.locator("main tbody tr").filter(has=anna.page.locator(f'a[href^="{deal}"]')).filter(has_text="deal.refused").count() == 1
    is_over(ivan, deal)
    reads_on_in_russian(ivan, deal)
    stories.leaves(ivan, deal)


def attach_the_judgement(anna: Visitor, deal: str, folder: Path) -> None:
    """A file goes up and comes down as a download, the same and named the same."""
    paper = folder / "judgement of 2 September.txt"
    paper.write_text("The court finds ...\n", "utf-8")
    assert anna.open(f"{deal}files/") == 200
    anna.deed("attach", note="the judgement")
    anna.must_be_told()
    assert anna.value("note") == "the judgement"
    anna.deed("attach", file=paper, stage="evidence")
    assert anna.says("deed.attach.done"), anna.text()
    with anna.page.expect_download() as saved:
        anna.page.get_by_role("link", name=paper.name).click()
    assert saved.value.suggested_filename == paper.name
    assert saved.value.path().read_text("utf-8") == paper.read_text("utf-8")


def confirm(anna: Visitor, deal: str) -> None:
    """Confirmed takes a file; without it nothing that was typed is lost. Another tab was faster: it is told, and nothing is overwritten."""
    anna.stage(deal, "evidence")
    other = anna.second_tab()
    other.stage(deal, "evidence")
    anna.fill(record__purpose="other_harm", record__grade="confirmed", record__source=SOURCE, record__reliability="high")
    anna.send("record__source")
    assert anna.words("evidence.confirmed") in anna.must_be_told()
    assert (anna.value("record-source"), anna.value("record-grade"), anna.value("record-reliability")) == (SOURCE, "confirmed", "high")
    anna.fill(record__attachments=True)
    anna.send("record__source")
    assert anna.says("desk.saved"), anna.text()

    other.fill(record__purpose="military", record__grade="alleged", record__source="a reader's letter")
    other.send("record__source")
    other.must_be_told(stories.STALE)
    assert other.value("record-source") == "a reader's letter"
    assert SOURCE in other.text(), "what the first tab recorded stands"
    other.page.close()


def cannot_approve(boris: Visitor, deal: str) -> None:
    """The approver is offered no signature, and told why."""
    boris.stage(deal, "approval")
    assert not boris.offers("approve")
    assert boris.says("approval.not_ready")
    said = boris.page.locator(".notice.warn").first.inner_text()
    assert boris.words("outcome.refuse").lower() in said.lower(), said
    boris.stage(deal, "release")
    assert not boris.offers("release")


def refuse(anna: Visitor, deal: str) -> None:
    """A refusal takes its reason; then the keyboard alone."""
    anna.stage(deal, "decision")
    anna.deed("refuse")
    anna.must_be_told()
    anna.deed("refuse", keys=True, reason="Confirmed by a court: 4.4 leaves no choice")
    assert anna.says("deed.refuse.done"), anna.text()


def is_over(ivan: Visitor, deal: str) -> None:
    """Nothing can be changed any more, on any page; it is said why."""
    for stage in ("intake", "evidence", "clauses"):
        ivan.stage(deal, stage)
        assert ivan.page.locator(".work form button.btn").count() == 0
        assert ivan.says("desk.read_only")
    assert ivan.state() == "refused"


def reads_on_in_russian(ivan: Visitor, deal: str) -> None:
    """The other language shows the same page, and the account remembers it."""
    ivan.stage(deal, "evidence")
    ivan.read_in("ru")
    assert ivan.page.url.endswith(f"{deal}evidence/")
    assert SOURCE in ivan.text() and ivan.says("desk.read_only")
    ivan.read_in("en")
    assert ivan.says("desk.read_only")
