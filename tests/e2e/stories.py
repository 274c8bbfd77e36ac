"""What people of the stories do with a deal, each through the forms of the pages; and what every story looks at besides."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Browser

from tests.e2e.offices import Office
from tests.e2e.visitors import INVALID, STALE, Lang, Visitor

OF_EVIDENCE = ("wmd", "terrorism", "military", "other_harm")
TODAY = date.today()


def come_in(browser: Browser, office: Office, lang: Lang, *names: str) -> list[Visitor]:
    """People who have signed in; those who did so in an earlier story still are."""
    found = [Visitor(browser, office, name, lang) for name in names]
    for visitor in found:
        visitor.open("/") if visitor.knows_the_place else visitor.sign_in()
        visitor.read_in(lang)
        assert visitor.status == 200, visitor.text()
        assert "/accounts/login/" not in visitor.page.url
    return found


def address_of(visitor: Visitor) -> str:
    """The address of the deal on whose page somebody is."""
    found = re.search(r"/deals/\d+/", visitor.page.url)
    assert found, visitor.page.url
    return found[0]


def file_deal(by: Visitor, **given: str) -> str:
    """File a deal on the page for it; the deal's address."""
    by.open("/deals/new/")
    by.fill(**given)
    by.send("reference")
    assert by.status == 200, by.text()
    return address_of(by)


def add_party(by: Visitor, deal: str, *, role: str, name: str, country: str) -> None:
    """Add a party during intake."""
    by.stage(deal, "intake", "?step=parties&party=new")
    by.fill(party__role=role, party__name=name, party__kind="company", party__country=country)
    by.send("party__name")
    assert by.status == 200 and name in by.text()


def hand_over(by: Visitor, deal: str, to: str, stage: str = "") -> None:
    """Give a deal, or a stage of it, to somebody."""
    assert by.open(f"{deal}timeline/") == 200
    by.deed("hand_over", to=to, stage=stage)
    assert by.says("deed.hand_over.done")


def identify(by: Visitor, deal: str) -> None:
    """Compare with two entries, and sign; a row more takes nothing away that was typed."""
    by.stage(deal, "identification")
    by.fill(identify__civil_only="yes", identify__nuclear="no", identify__missile="no")
    by.fill(identify__chemical_biological="no", identify__military_intelligence="no")
    _compare(by, 0, "4.5.1", "до 2 TFLOPS", "свыше 70 TFLOPS")
    with by.page.expect_navigation():
        by.page.locator('button[value="identify-comparison add"]').click()
    assert by.status == 200
    assert by.value("identify-comparison-0-characteristic") == "до 2 TFLOPS"
    assert by.value("identify-civil_only") == "yes"
    _compare(by, 1, "5.2.1", "шифрования нет", "длина ключа свыше 56 бит")
    by.fill(identify__result="not_listed", identify__deeper_check="no")
    by.send("identify__result")
    by.must_be_told()
    assert by.value("identify-comparison-1-entry") == "5.2.1", "what was typed must not be lost"
    by.fill(identify__conclusion="Характеристики ниже параметров каждой рассмотренной позиции")
    by.send("identify__result")
    assert by.says("desk.saved"), by.text()


def _compare(by: Visitor, row: int, entry: str, characteristic: str, parameter: str) -> None:
    held = {"list": "1299", "entry": entry, "characteristic": characteristic, "parameter": parameter, "verdict": "not_met"}
    by.fill(**{f"identify-comparison-{row}-{name}": value for name, value in held.items()})


def screen(by: Visitor, deal: str, parties: int) -> None:
    """Hold every party against lists."""
    for place in range(parties):
        by.stage(deal, "screening")
        given = {"outcome": "no_match", "lists": "ООН\nРосфинмониторинг", "reason": "совпадений по имени и адресу нет"}
        by.fill(**{f"party-{place}-{name}": value for name, value in given.items()})
        by.send(f"party-{place}-reason")
        assert by.says("desk.saved"), by.text()


def check(by: Visitor, deal: str, stage: str, *checks: str) -> None:
    """State checks on the page of their stage."""
    for word in checks:
        by.stage(deal, stage)
        by.fill(**{f"check-{word}-note": f"{word}: пресса, реестры, переписка; ничего"})
        by.send(f"check-{word}-note")
        assert by.says("desk.saved"), by.text()


def answer_indicators(by: Visitor, deal: str) -> None:
    """Answer all of them at once; one explained takes its reason, and without it nothing of the others is lost."""
    by.stage(deal, "indicators", "?show=all")
    numbers = range(1, 23)
    assert by.page.locator("article.indicator").count() == len(numbers)
    by.fill(**{f"answers-state-{number}": "absent" for number in numbers if number != 9}, **{"answers-state-9": "explained"})
    by.send("answers-state-1")
    by.must_be_told()
    assert by.value("answers-state-22") == "absent"
    by.fill(**{"answers-reason-9": "абонентский ящик — обычай страны, офис осмотрен"})
    by.send("answers-state-1")
    assert by.says("desk.saved"), by.text()


def settle_and_document(by: Visitor, deal: str) -> None:
    """The contract binds both, and has its number and date."""
    by.stage(deal, "clauses")
    by.fill(settle__state="agreed")
    by.send("settle__state")
    assert by.says("desk.saved"), by.text()
    by.stage(deal, "clauses")
    by.fill(**{"documents-documents-0-kind": "договор", "documents-documents-0-number": "17/26"})
    by.fill(**{"documents-documents-0-date": (TODAY - timedelta(days=40)).isoformat()})
    by.send("documents-documents-0-number")
    assert by.says("desk.saved"), by.text()


def submit(by: Visitor, deal: str) -> None:
    """Put it forward."""
    by.stage(deal, "approval")
    by.deed("submit")
    assert by.says("deed.submit.done"), by.text()


def approve(by: Visitor, deal: str) -> None:
    """Sign, with the keyboard alone."""
    by.stage(deal, "approval")
    by.deed("approve", keys=True, note="Согласен")
    assert by.says("deed.approve.done"), by.text()


def release(by: Visitor, deal: str) -> None:
    """Release, with the keyboard alone."""
    by.stage(deal, "release")
    by.deed("release", keys=True)
    assert by.says("deed.release.done"), by.text()


def row_of_register(by: Visitor, reference: str) -> str:
    """What the register says of a deal's newest entry."""
    by.open("/register/")
    return by.page.locator("tbody tr").filter(has_text=reference).first.inner_text()


# What every story looks at besides


def is_nobodys_business(stranger: Visitor, deal: str) -> None:
    """For somebody else's initiator the deal is not there, on no page of it."""
    for page in ("", "intake/", "decision/", "release/", "timeline/", "files/", "export/"):
        assert stranger.open(deal + page) == 404, page
    assert stranger.says("page.absent")


def is_told_in_the_other_tab(by: Visitor, deal: str, stage: str, first: dict[str, str], second: dict[str, str], sent: str) -> None:
    """Two tabs on one form: the second is told what the first changed, keeps what was typed, and goes through when sent again."""
    other = by.second_tab()
    by.stage(deal, stage)
    other.stage(deal, stage)
    by.fill(**first)
    by.send(sent)
    assert by.says("desk.saved"), by.text()
    other.fill(**second)
    other.send(sent)
    told = other.must_be_told(STALE)
    assert len(told.splitlines()) > 1
    for name, value in second.items():
        assert other.value(name) == value
    other.send(sent)
    assert other.status == 200, other.text()
    other.page.close()


def leaves(by: Visitor, deal: str) -> None:
    """After sign-out nothing of the deal is shown, also not by going back."""
    by.stage(deal, "decision")
    said = by.page.locator("h1").inner_text()
    by.sign_out()
    by.open(deal)
    assert "/accounts/login/" in by.page.url
    by.page.go_back()
    assert "/accounts/login/" in by.page.url
    assert said not in by.text()


__all__ = ["INVALID", "STALE"]
