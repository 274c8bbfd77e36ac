"""`enduse` on a day that does not pass, so that its pages are always the same: `python standing_clock.py 2026-11-09T12:00 demo --json`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from enduse.casework import clock
from enduse.cli.main import main

MOMENT = datetime.fromisoformat(sys.argv[1]).replace(tzinfo=UTC)

clock.now = lambda: clock._fixed.get() or MOMENT
sys.argv[1:] = sys.argv[2:]
main()
