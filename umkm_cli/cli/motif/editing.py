"""`umkm motif edit`: one motif, several, or all that wait for the office to say whether they are published."""

from collections.abc import Mapping, Sequence
from typing import Any

from umkm_cli.cli.kit.output import answer_changed, note, print_json, problem_document, problem_sentence, say
from umkm_cli.errors import USAGE, UmkmError
from umkm_cli.i18n import t
from umkm_cli.registry.office.office import Office
from umkm_cli.wording import publication_sentence


def edit_motifs(office: Office, keys: Sequence[str], raw: Mapping[str, str], *, undecided: bool, as_json: bool) -> None:
    """All changes or none. Raises `UmkmError`: `nothing_to_change`, `motif_not_found`, …; `InvalidFieldsError`."""
    from umkm_cli.registry.records.motif_fields import read_motif_or_refuse
    from umkm_cli.registry.records.motifs import edit_motif, find_motif, list_motifs, motif_document

    _refuse(keys, raw, undecided)
    with office.reading() as reader:
        rows = list_motifs(reader, undecided=True) if undecided else [find_motif(reader, key) for key in keys]
    rows = list({row["id"]: row for row in rows}.values())
    read = [read_motif_or_refuse(raw, partial=True, known=row) for row in rows]
    with office.work() as work:
        changed = [edit_motif(work, row["id"], values) for row, (values, _) in zip(rows, read, strict=True)]
    with office.reading() as reader:
        documents = [motif_document(reader, find_motif(reader, row["code"])) for row in rows]
    warnings = [problem for _, problems in read for problem in problems]
    if len(keys) == 1:
        said = [t("motif.edited" if changed[0] else "motif.unchanged", code=documents[0]["code"])]
        said += [publication_sentence(documents[0])] if _decided(changed[0]) else []
        answer_changed(documents[0], warnings, "\n".join(said), as_json)
        return
    if as_json:
        problems = [problem_document(problem) for problem in warnings]
        print_json({"schema": "umkm.motifs/1", "motifs": [_brief(item) for item in documents], "problems": problems})
        return
    for sentence in dict.fromkeys(map(problem_sentence, warnings)):
        note(t("warning", text=sentence))
    say(t("motif.edited_several", n=len(rows), changed=sum(map(bool, changed))) if rows else t("motif.none_undecided"))


def _refuse(keys: Sequence[str], raw: Mapping[str, str], undecided: bool) -> None:
    if undecided and keys:
        raise UmkmError("undecided_and_codes", exit_code=USAGE)
    if undecided and raw.keys() != {"published"}:
        raise UmkmError("undecided_needs_decision", exit_code=USAGE)
    if not raw:
        raise UmkmError("nothing_to_change", exit_code=USAGE)
    if not undecided and not keys:
        raise UmkmError("motif_code_missing", exit_code=USAGE)


def _decided(changed: Sequence[str]) -> bool:
    return bool({"published", "publication_undecided"} & set(changed))


def _brief(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in ("schema", "views", "files")}
