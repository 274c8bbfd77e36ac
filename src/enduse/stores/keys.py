"""The key that signs checkpoints of the ledger (Ed25519), and signed notes (C2SP): what is kept outside, and verified without us."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from enduse.domain.ledger import BrokenNote, Checkpoint, based, named, note_text, parse_note
from enduse.formats.problems import BadInput, Problem, short
from enduse.stores.data import write_new

ED25519 = b"\x01"  # the byte of this kind of signature in C2SP signed-note
MOST_SIGNATURES = 100
_MOST = 64 * 1024
_KEY_HASH, _PUBLIC = 4, 32
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


class Signature(NamedTuple):
    """One signature of a note: in whose name, the hash of that key, and the signature itself."""

    name: str
    key: bytes
    value: bytes


class Note(NamedTuple):
    """A signed note: the text signed, what it says, and its signatures. Nothing in it is to be believed before one is verified."""

    text: str
    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key and the name it signs in, which is the origin of the log whose checkpoints it signs."""

    name: str
    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> str:
        """The verifier to be printed and kept outside: `name+hash+key`, as C2SP signed notes and Go's tools write it."""
        public = self.private.public_key().public_bytes_raw()
        return f"{self.name}+{_key_hash(self.name, public).hex()}+{b64encode(ED25519 + public).decode()}"


def create_key(path: Path, name: str) -> SigningKey:
    """A new key, written to `path` whole and for its owner alone. Raises BadInput where there is one already: it is never written over."""
    if not named(name):
        raise BadInput(Problem("key.log", values={"name": short(name)}))
    key = SigningKey(name, Ed25519PrivateKey.generate())
    data = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        write_new(path, data)
    except FileExistsError as error:
        raise BadInput(Problem("key.exists", values={"file": str(path)}, file=str(path))) from error
    return key


def load_key(path: Path, name: str) -> SigningKey:
    """The key that `create_key` wrote. Raises BadInput where there is none, or something else."""
    if not named(name):
        raise BadInput(Problem("key.log", values={"name": short(name)}))
    try:
        with path.open("rb") as stream:
            private = load_pem_private_key(stream.read(_MOST), password=None)
    except FileNotFoundError as error:
        raise BadInput(Problem("key.absent", values={"file": str(path)}, file=str(path))) from error
    except OSError as error:
        raise BadInput(Problem("file.unreadable", values={"file": str(path), "why": error.strerror or str(error)}, file=str(path))) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:  # no PEM; behind a password; of an unknown kind
        raise BadInput(Problem("key.broken", values={"file": str(path)}, file=str(path))) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise BadInput(Problem("key.broken", values={"file": str(path)}, file=str(path)))
    return SigningKey(name, private)


def sign(checkpoint: Checkpoint, key: SigningKey) -> str:
    """The checkpoint as a signed note. Raises BadInput where it is of another log than the key's."""
    if checkpoint.origin != key.name:
        raise BadInput(Problem("note.other_log", values={"origin": short(checkpoint.origin), "name": key.name}))
    text = note_text(checkpoint)
    public = key.private.public_key().public_bytes_raw()
    value = _key_hash(key.name, public) + key.private.sign(text.encode())
    return f"{text}\n— {key.name} {b64encode(value).decode()}\n"


def verify(note: str, public: str, *, file: str = "") -> Checkpoint:
    """The checkpoint that a note holds, where it is signed by the key that `public` says and of that log. Raises BadInput otherwise.

    Signatures of other keys, such as witnesses', are passed over, as the format wants.
    """
    name, hashed, key = _verifier(public)
    found = read_note(note, file=file)
    ours = [signature for signature in found.signatures if (signature.name, signature.key) == (name, hashed)]
    if not ours:
        raise BadInput(Problem("note.unknown_key", values={"name": name, "hash": hashed.hex()}, file=file))
    try:
        for signature in ours:
            key.verify(signature.value, found.text.encode())
    except InvalidSignature as error:
        raise BadInput(Problem("note.signature", values={"name": name}, file=file)) from error
    if found.checkpoint.origin != name:
        raise BadInput(Problem("note.other_log", values={"origin": short(found.checkpoint.origin), "name": name}, file=file))
    return found.checkpoint


def read_note(note: str, *, file: str = "") -> Note:
    """A signed checkpoint taken apart, none of its signatures verified. Raises BadInput for anything that is not exactly one."""
    if not note.endswith("\n") or _UNSEEN.search(note):
        raise BadInput(Problem("note.text", file=file))
    text, blank, beneath = note.rpartition("\n\n")
    lines = beneath.split("\n")[:-1]
    signatures = tuple(map(_signature, lines))
    if not blank or not 0 < len(lines) <= MOST_SIGNATURES or None in signatures:
        raise BadInput(Problem("note.signatures", file=file))
    try:
        checkpoint = parse_note(text + "\n")
    except BrokenNote as error:
        raise BadInput(Problem(error.code, line=error.line, file=file)) from error
    return Note(text + "\n", checkpoint, tuple(filter(None, signatures)))


def _signature(line: str) -> Signature | None:
    dash, _, rest = line.partition(" ")
    name, _, written = rest.partition(" ")
    data = based(written)
    if dash != "—" or not named(name) or data is None or len(data) <= _KEY_HASH:
        return None
    return Signature(name, data[:_KEY_HASH], data[_KEY_HASH:])


def _verifier(public: str) -> tuple[str, bytes, Ed25519PublicKey]:
    """Name, hash and key of a verifier as `SigningKey.public` writes it."""
    name, hashed, key = [*public.strip().split("+", 2), "", ""][:3]  # base 64 has plus signs of its own
    data = based(key) or b""
    raw = data.removeprefix(ED25519)
    if not named(name) or data[:1] != ED25519 or len(raw) != _PUBLIC or hashed != _key_hash(name, raw).hex():
        raise BadInput(Problem("key.public", values={"value": short(public)}))
    return name, bytes.fromhex(hashed), Ed25519PublicKey.from_public_bytes(raw)


def _key_hash(name: str, public: bytes) -> bytes:
    """The four bytes by which a signature says which key made it."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:_KEY_HASH]
