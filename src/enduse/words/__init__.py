"""What the program says to people, Russian and English side by side: one table, a code each."""

from __future__ import annotations

from enduse.words.commands import COMMANDS
from enduse.words.errors import ERRORS

TABLE: dict[str, tuple[str, str]] = {**ERRORS, **COMMANDS}
LANGUAGES = ("ru", "en")


def say(code: str, lang: str, /, **values: object) -> str:
    """The words of `code` in `lang` (`ru` or `en`), with `{names}` filled in. Raises KeyError for a code that is not in the table."""
    ru, en = TABLE[code]
    return (ru if lang == "ru" else en).format(**values)
