"""The signing key and signed notes: never written over, readable by the owner alone, and every changed note refused."""

from __future__ import annotations

import os
import stat
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat, PublicFormat

from enduse.domain.ledger import Checkpoint
from enduse.formats.problems import BadInput
from enduse.stores.keys import MOST_SIGNATURES, SigningKey, create_key, load_key, read_note, sign, verify

LOG = "example.com/enduse"
POINT = Checkpoint(LOG, 8, bytes(range(32)), "2026-11-22T20:00:00.000000Z")
# Go's golang.org/x/mod/sumdb/note: a key, its verifier, and a signature of its form.
SEED = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
GO = SigningKey("PeterNeumann", Ed25519PrivateKey.from_private_bytes(SEED))
VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
KEY = SigningKey(LOG, GO.private)
NOTE = sign(POINT, KEY)


def told(call: Callable[..., object], *arguments: Any, **named: Any) -> str:
    with pytest.raises(BadInput) as caught:
        call(*arguments, **named)
    (problem,) = caught.value.problems
    assert problem.text("ru") and problem.text("en")
    return problem.code


def test_a_key_is_written_for_its_owner_alone_and_loaded_again(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "of" / "ledger.pem"
    mask = os.umask(0)
    try:
        key = create_key(path, LOG)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [other.name for other in path.parent.iterdir()] == ["ledger.pem"]
    assert path.read_text().startswith("-----BEGIN PRIVATE KEY-----\n")
    assert load_key(path, LOG).public == key.public
    assert create_key(tmp_path / "other.pem", LOG).public != key.public


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "ledger.pem"
    (tmp_path / "dangling.pem").symlink_to(tmp_path / "nowhere")
    path.write_text("")
    assert told(create_key, path, LOG) == told(create_key, tmp_path / "dangling.pem", LOG) == "key.exists"
    assert path.read_text() == ""
    assert sorted(other.name for other in tmp_path.iterdir()) == ["dangling.pem", "ledger.pem"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert told(create_key, tmp_path / "file" / "ledger.pem", LOG) == "data.unwritable"
    with pytest.raises(BadInput, match="Is a directory"):
        load_key(tmp_path, LOG)


def test_a_key_that_is_absent_or_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert told(load_key, tmp_path / "no.pem", LOG) == "key.absent"
    assert told(load_key, tmp_path, LOG) == "file.unreadable"


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\x00\xff", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
        GO.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password")),
        GO.private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        GO.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    ],
    ids=["empty", "bytes", "short", "password", "der", "public", "elliptic"],
)
def test_what_is_no_such_key_is_told(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "ledger.pem").write_bytes(data)
    assert told(load_key, tmp_path / "ledger.pem", LOG) == "key.broken"


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_a_name_that_no_log_can_have_is_told(name: str, tmp_path: Path) -> None:
    assert told(create_key, tmp_path / "a.pem", name) == told(load_key, tmp_path / "a.pem", name) == "key.log"


def test_a_key_does_not_show_itself() -> None:
    assert repr(KEY) == "SigningKey(name='example.com/enduse')"


def test_the_verifier_is_written_as_others_write_it() -> None:
    assert GO.public == VERIFIER


def test_a_checkpoint_is_signed_as_a_note_and_verified_with_the_public_key_alone() -> None:
    text, beneath = NOTE.split("\n\n")
    assert text == "example.com/enduse\n8\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\nat 2026-11-22T20:00:00.000000Z"
    assert beneath.startswith("— example.com/enduse ") and beneath.endswith("=\n")
    assert len(b64decode(beneath.split()[2])) == 4 + 64
    assert verify(NOTE, KEY.public) == verify(NOTE, f" {KEY.public}\n") == POINT


def test_the_signature_is_of_the_text_with_its_last_end_of_line() -> None:
    (signature,) = read_note(NOTE).signatures
    assert signature.value == KEY.private.sign((NOTE.split("\n\n")[0] + "\n").encode())
    assert signature.key.hex() == KEY.public.split("+")[1]


def test_signatures_of_others_are_passed_over() -> None:
    witness = f"— witness.example/w1 {b64encode(bytes(76)).decode()}\n"
    same_name = f"— {LOG} {b64encode(bytes(68)).decode()}\n"
    assert verify(NOTE + witness + same_name, KEY.public) == POINT
    above, beneath = NOTE.split("\n\n")
    assert verify(f"{above}\n\n{witness}{same_name}{beneath}", KEY.public) == POINT


def test_a_note_that_was_changed_is_refused_wherever_it_was() -> None:
    for place in range(len(NOTE)):
        for letter in "0A+/=\n ":
            changed = NOTE[:place] + letter + NOTE[place + 1 :]
            if changed != NOTE:
                assert told(verify, changed, KEY.public).startswith("note.")
        assert told(verify, NOTE[:place] + NOTE[place + 1 :], KEY.public).startswith("note.")
        assert told(verify, NOTE[:place], KEY.public).startswith("note.")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("\n8\n", "\n9\n", "note.signature"),
        ("20:00", "20:01", "note.signature"),
        ("\n8\n", "\n08\n", "note.size"),
        ("example.com/enduse\n", "\n", "note.origin"),
        ("AAEC", "AAE", "note.root"),
        ("20:00:00.000000Z", "20:00", "note.at"),
        ("\nat 2026-11-22T20:00:00.000000Z", "", "note.lines"),
        ("— example.com/enduse", "— example.com/other", "note.unknown_key"),
        ("— ", "- ", "note.signatures"),
        ("\n\n", "\n", "note.signatures"),
        ("\n\n", "\n\n\n", "note.lines"),
        ("\n8\n", "\r\n8\n", "note.text"),
        ("\n8\n", "\n\ud8008\n", "note.text"),
        ("Z\n\n", "Z\n\n\n", "note.lines"),
    ],
)
def test_what_is_wrong_with_a_note_is_told(old: str, new: str, code: str) -> None:
    assert NOTE.count(old) == 1
    assert told(verify, NOTE.replace(old, new), KEY.public, file="point.txt") == code


def test_what_is_wrong_stands_in_its_file_and_line() -> None:
    with pytest.raises(BadInput) as caught:
        verify(NOTE.replace("\n8\n", "\n08\n"), KEY.public, file="point.txt")
    assert caught.value.problems[0].where == "point.txt:2"


def test_a_note_without_signatures_or_with_too_many_is_refused() -> None:
    above, beneath = NOTE.split("\n\n")
    assert told(verify, f"{NOTE}— {LOG} {b64encode(bytes(4)).decode()}\n", KEY.public) == "note.signatures"
    assert told(verify, above + "\n\n", KEY.public) == told(verify, above + "\n", KEY.public) == "note.signatures"
    assert verify(f"{above}\n\n{beneath * MOST_SIGNATURES}", KEY.public) == POINT
    assert told(verify, f"{above}\n\n{beneath * (MOST_SIGNATURES + 1)}", KEY.public) == "note.signatures"


def test_one_bad_signature_of_the_key_spoils_the_note() -> None:
    value = b64decode(NOTE.split()[-1])
    bad = f"— {LOG} {b64encode(value[:-1] + bytes([value[-1] ^ 1])).decode()}\n"
    short = f"— {LOG} {b64encode(value[:-1]).decode()}\n"
    assert told(verify, NOTE + bad, KEY.public) == told(verify, NOTE + short, KEY.public) == "note.signature"


def test_another_key_did_not_sign_it(tmp_path: Path) -> None:
    assert told(verify, NOTE, create_key(tmp_path / "other.pem", LOG).public) == "note.unknown_key"
    assert told(verify, NOTE, GO.public) == "note.unknown_key"


def test_a_key_signs_for_its_own_log_only() -> None:
    assert told(sign, POINT, GO) == "note.other_log"
    text = NOTE.split("\n\n")[0] + "\n"
    line = f"— PeterNeumann {b64encode(bytes.fromhex('c74f20a3') + GO.private.sign(text.encode())).decode()}\n"
    assert told(verify, f"{text}\n{line}", GO.public) == "note.other_log"


def test_a_verifier_that_is_none_is_refused_wherever_it_was_changed() -> None:
    for place in range(len(VERIFIER)):
        assert told(verify, NOTE, VERIFIER[:place]) == "key.public"
        assert told(verify, NOTE, VERIFIER[:place] + chr(ord(VERIFIER[place]) ^ 1) + VERIFIER[place + 1 :]) == "key.public"
    assert told(verify, NOTE, SigningKey("a b", GO.private).public) == "key.public"
    assert told(verify, NOTE, f"PeterNeumann+c74f20a3+{b64encode(GO.private.public_key().public_bytes_raw()).decode()}") == "key.public"
    assert told(verify, NOTE, "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==") == "key.public"
    assert told(verify, NOTE, "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW") == "key.public"
