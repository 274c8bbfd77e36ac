"""What all tests share: the data beside the project, the database, what could not run counted aloud, and hypothesis without chance."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from enduse.casework import clock
from tests import databases
from tests.emptying import AsItWas

NOT_RUN = "NOT RUN:"
SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile("steady", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("steady")

databases.choose()  # before anything imports Django's settings
django.setup()


@pytest.fixture
def shared() -> Path:
    """The folder `../shared` with the Declaration, the scenarios and real lists; without it a test is NOT RUN."""
    if not SHARED.is_dir():
        pytest.skip(f"{NOT_RUN} ../shared is not beside the project")
    return SHARED


@pytest.fixture
def no_lists() -> Iterator[None]:
    """No list is held before the test, and none that it holds is left."""
    from tests.casework import listed  # noqa: PLC0415 - Django comes first

    listed.forget()
    yield
    listed.forget()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A database of each worker's own; where there is none, a test that uses it is NOT RUN."""
    if why := databases.lacking():
        pytest.skip(f"{NOT_RUN} {why}")
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick: what they guard here is made up
    if databases.kind() == "postgresql":
        django_settings.DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"  # safe from every kill; no disk is waited for
    django_settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = databases.name_of_the_tests_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The database of the tests; after a test that really committed it is made what it was before the first."""
    assert django_settings.CONFIG.data == databases.folder, "the settings were read before this process had a folder of its own"
    with django_db_blocker.unblock():
        before = AsItWas()
    TransactionTestCase._fixture_teardown = lambda _: before.again()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _time_is_handed_back() -> Iterator[None]:
    """No test leaves its moment to the tests after it."""
    before = clock._fixed.get()
    yield
    assert clock._fixed.get() == before, f"a test left the clock at {clock._fixed.get()}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Workers begin without the settings of this process: inherited, they would be read before each has a folder of its own."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what uses the database, so that it can be run again on another one."""
    if databases.uses(item):
        item.add_marker("database")
    if item.get_closest_marker("database"):
        item.user_properties.append(("database", databases.kind()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which database was used; and what could not run and why: it has not passed."""
    ran = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    if used := sum(("database", databases.kind()) in report.user_properties for report in ran):
        terminalreporter.write_line(f"{used:5} tests used {databases.title()}")
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] += 1
    if reasons:
        terminalreporter.section("NOT RUN", sep="=", red=True, bold=True)
        for reason, count in reasons.items():
            terminalreporter.write_line(f"{count:5} {reason}")
