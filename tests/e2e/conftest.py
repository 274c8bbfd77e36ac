"""What the tests in a real browser share: the system's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import databases
from tests.conftest import NOT_RUN
from tests.e2e.offices import Office, demonstration, opened

QUIET = ("disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync")  # it calls nobody by itself


@pytest.fixture(scope="module")  # not longer: Playwright keeps an asyncio loop running in this thread, and other tests would meet it
def chromium() -> Iterator[Browser]:
    """The system's Chromium; without it a test is NOT RUN."""
    program = shutil.which("chromium")
    if not program:
        pytest.skip(f"{NOT_RUN} there is no `chromium`")
    arguments = [f"--{option}" for option in ("no-sandbox", "disable-gpu", *QUIET)]
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")  # Django takes that loop for asynchronous code
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An installation with its people, served by a process of its own, on the database of this run; the stories share it."""
    if why := databases.lacking():
        pytest.skip(f"{NOT_RUN} {why}")
    with opened(tmp_path_factory.mktemp("office")) as found:
        yield found


@pytest.fixture(scope="session")
def show(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The demonstration as `enduse demo` makes and serves it, on a day that is always the same."""
    with demonstration(tmp_path_factory.mktemp("show"), "2026-11-09T12:00") as found:
        yield found
