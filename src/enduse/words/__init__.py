"""What the program says to people, Russian and English side by side: one table, a code each."""

from __future__ import annotations

from enduse.words.cases import CASES
from enduse.words.casework import CASEWORK
from enduse.words.commands import COMMANDS
from enduse.words.errors import ERRORS
from enduse.words.exchange import EXCHANGE
from enduse.words.hits import HITS
from enduse.words.ledger import LEDGER
from enduse.words.records import RECORDS
from enduse.words.refusals import REFUSALS
from enduse.words.running import RUNNING
from enduse.words.screen import SCREEN
from enduse.words.screening import SCREENING
from enduse.words.shell import SHELL
from enduse.words.sources import SOURCES
from enduse.words.stages import STAGES

TABLE: dict[str, tuple[str, str]] = {
    **ERRORS,
    **COMMANDS,
    **CASES,
    **REFUSALS,
    **CASEWORK,
    **SHELL,
    **STAGES,
    **RUNNING,
    **EXCHANGE,
    **RECORDS,
    **LEDGER,
    **SOURCES,
    **SCREENING,
    **SCREEN,
    **HITS,
}
LANGUAGES = ("ru", "en")


def say(code: str, lang: str, /, **values: object) -> str:
    """The words of `code` in `lang` (`ru` or `en`), with `{names}` filled in. Raises KeyError for a code that is not in the table."""
    ru, en = TABLE[code]
    return (ru if lang == "ru" else en).format(**values)
