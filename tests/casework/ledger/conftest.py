"""The installation that tests of the ledger share."""

from __future__ import annotations

from tests.casework.ledger.logs import installation

__all__ = ["installation"]
