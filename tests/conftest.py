"""What all tests share: the data beside the project, what could not run counted aloud, and hypothesis without chance."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

NOT_RUN = "NOT RUN:"
SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile("steady", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("steady")


@pytest.fixture
def shared() -> Path:
    """The folder `../shared` with the Declaration, the scenarios and real lists; without it a test is NOT RUN."""
    if not SHARED.is_dir():
        pytest.skip(f"{NOT_RUN} ../shared is not beside the project")
    return SHARED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what could not run and why: it has not passed."""
    reasons: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason.removeprefix("Skipped: ")] += 1
    if reasons:
        terminalreporter.section("NOT RUN", sep="=", red=True, bold=True)
        for reason, count in reasons.items():
            terminalreporter.write_line(f"{count:5} {reason}")
