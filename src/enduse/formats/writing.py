"""Deal files written as YAML 1.2 that reads back to the same: every text that could be taken for something else is quoted."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString


def deal_text(deal: Mapping[str, object]) -> str:
    """A deal's plain data as a YAML file."""
    yaml = YAML(pure=True)
    yaml.width = 120
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(_quoted(deal), stream)
    return stream.getvalue()


def _quoted(value: object) -> object:
    if isinstance(value, Mapping):
        return {int(key) if _is_number(key) else key: _quoted(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_quoted(item) for item in value]
    if isinstance(value, str) and not value.replace("_", "a").isidentifier():
        return DoubleQuotedScalarString(value)
    return value


def _is_number(key: object) -> bool:
    """Whether a key is a number as it would be written: `9`, not `09`."""
    return isinstance(key, str) and re.fullmatch("0|[1-9][0-9]{0,8}", key) is not None
