"""With what this office signs, and whose signatures it takes for whose."""

from pathlib import Path

from umkm_cli.disk.whole import refuse_name, write_whole
from umkm_cli.documents.office import KeyDocument, KnownKey, TrustedKeyDocument
from umkm_cli.registry.office.office import Office
from umkm_cli.registry.signed.signing import id_of, open_signer, renew_key
from umkm_cli.registry.signed.trusted_keys import (
    key_document,
    key_file,
    list_keys,
    own_key,
    read_key_given,
    trust_key,
    untrust_key,
)
from umkm_cli.settings import Settings


def show(settings: Settings, out: Path | None = None) -> KeyDocument:
    """This office's key, made where there is none; also written to the file `out`, to be handed to other offices."""
    if out is not None:
        refuse_name(out)
    public = open_signer(Office(settings)).public
    if out is not None:
        write_whole(out, key_file(settings, public).encode())
    return key_document(settings, public)


def renew(settings: Settings, reason: str) -> KeyDocument:
    """The new key; what the old one signed stays this office's."""
    return key_document(settings, renew_key(Office(settings), reason).public)


def trust(settings: Settings, given: str, name: str) -> tuple[TrustedKeyDocument, bool]:
    """Take a key, by its file or as base64, for `name`'s; and whether that is new."""
    public = read_key_given(given)
    with Office(settings).work() as work:
        name, changed = trust_key(work, public, name)
    return {"schema": "umkm.trusted_key/1", "id": public.id, "public_key": public.text, "name": name}, changed


def untrust(settings: Settings, given: str) -> tuple[TrustedKeyDocument, str]:
    """Take a key, by id, base64 or name, for nobody's any more; and whose it was."""
    with Office(settings).work() as work:
        key, name = untrust_key(work, given)
    return {"schema": "umkm.trusted_key/1", "id": id_of(key), "public_key": key, "name": None}, name


def list_(settings: Settings) -> list[KnownKey]:
    with Office(settings).reading() as reader:
        own = own_key(reader)
        return [
            {
                "id": id_of(row["public_key"]),
                "name": row["name"],
                "public_key": row["public_key"],
                "created_at": row["created_at"],
                "own": row["public_key"] == own,
            }
            for row in list_keys(reader)
        ]
