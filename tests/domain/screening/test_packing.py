"""Arrays as bytes and back: the same for the same values, and damage is seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.screening.packing import Array, Texts, listed, packed, texts_of, unpacked

MAGIC = b"test\n"
ARRAYS: dict[str, Array] = {"a": np.arange(5, dtype=np.int32), "b": np.zeros(0, dtype=np.float32), "о": np.array([[1, 2], [3, 4]], dtype=np.uint8)}


@given(st.lists(st.text()))
def test_texts_come_back(texts: list[str]) -> None:
    made = Texts.of(texts)
    assert (len(made), made.all()) == (len(texts), texts)
    again = texts_of(unpacked(MAGIC, packed(MAGIC, listed(texts, "names"))), "names")
    assert again.all() == texts
    assert [again[place] for place in range(len(texts))] == texts


def test_half_a_letter_in_a_text_comes_back() -> None:
    assert Texts.of(["a\ud800b"]).all() == ["a\ud800b"]


def test_arrays_come_back_with_their_types() -> None:
    again = unpacked(MAGIC, packed(MAGIC, ARRAYS))
    assert again.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert (again[name].dtype, again[name].shape) == (array.dtype, array.shape)
        assert (again[name] == array).all()


def test_the_same_values_are_the_same_bytes_in_whatever_order() -> None:
    turned = np.asfortranarray(ARRAYS["о"])
    assert packed(MAGIC, ARRAYS) == packed(MAGIC, {**dict(reversed(ARRAYS.items())), "о": turned})
    assert packed(MAGIC, ARRAYS) != packed(MAGIC, {**ARRAYS, "a": np.arange(6, dtype=np.int32)})


def test_every_flipped_bit_and_every_lost_end_is_seen() -> None:
    whole = packed(MAGIC, ARRAYS)
    for at in range(len(whole)):
        with pytest.raises(ValueError, match=r"damaged|not these bytes"):
            unpacked(MAGIC, whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(ValueError, match=r"damaged|not these bytes"):
            unpacked(MAGIC, whole[:at])
    with pytest.raises(ValueError, match="damaged"):
        unpacked(MAGIC, whole + b"x")
    with pytest.raises(ValueError, match="not these bytes"):
        unpacked(b"other\n", whole)
