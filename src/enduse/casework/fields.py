"""A column type: plain data kept as JSON text, its keys in the order they were given."""

from __future__ import annotations

import json
from typing import Any

from django.db import models


class JsonText(models.TextField):  # type: ignore[type-arg]
    """Plain data as JSON text. Unlike a database's own JSON type it keeps the order of keys, so a deal file comes out as it came in."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """Plain data of the stored text."""
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        """Plain data, whether given as such or as text."""
        return json.loads(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str | None:
        """The text to store."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
