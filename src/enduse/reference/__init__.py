"""Reference data: dated, sourced, fingerprinted, and the same for everyone."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _countries() -> dict[str, dict[str, str]]:
    entries: dict[str, dict[str, str]] = json.loads(_bytes("countries.json"))["entries"]
    return entries


def _bytes(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """The codes of ISO 3166-1 alpha-2."""
    return frozenset(_countries())


def country_name(code: str, lang: str) -> str:
    """A country's name in `ru` or `en`; the code itself where it is not known."""
    return _countries().get(code, {}).get(lang, code)


@lru_cache(maxsize=1)
def reference_fingerprint() -> str:
    """`sha256:` over all reference data that a decision can depend on."""
    digest = hashlib.sha256()
    for name in ("countries.json",):
        digest.update(name.encode() + b"\0" + _bytes(name) + b"\0")
    return "sha256:" + digest.hexdigest()
