"""How a command gets Django: set up once, only when a command needs the database."""

from __future__ import annotations

import os

from enduse.formats.problems import BadInput, Problem
from enduse.stores.data import data_folder


def django() -> None:
    """Set Django up for this process. Raises BadInput where the configuration is wrong or the data folder cannot be made."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enduse.config.settings")
    folder = data_folder()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)  # deals and persons: nobody else's business on this machine
    except OSError as error:
        raise BadInput(Problem("data.unwritable", values={"folder": str(folder), "why": error.strerror or str(error)})) from error
    import django as framework  # noqa: PLC0415 - `assess` and its like never get here

    framework.setup()
