"""What `umkm motif edit` says of one motif, or of several."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from umkm_cli.cli.kit.output import Output, note, problem_document, problem_sentence, say
from umkm_cli.i18n import t
from umkm_cli.wording import publication_sentence

if TYPE_CHECKING:
    from umkm_cli.desk.motifs import Changed
    from umkm_cli.documents.motifs import MotifDocument


def say_edited(out: Output, done: "Changed") -> None:
    said = [t("motif.edited" if done.fields else "motif.unchanged", code=done.motif["code"])]
    said += [publication_sentence(done.motif)] if done.decided else []
    out.changed(done.motif, done.problems, "\n".join(said))


def say_all_edited(out: Output, done: "Sequence[Changed]") -> None:
    warnings = [problem for item in done for problem in item.problems]
    document = {
        "schema": "umkm.motifs/1",
        "motifs": [_brief(item.motif) for item in done],
        "problems": [problem_document(problem) for problem in warnings],
    }

    def shown() -> None:
        for sentence in dict.fromkeys(map(problem_sentence, warnings)):
            note(t("warning", text=sentence))
        changed = sum(bool(item.fields) for item in done)
        say(t("motif.edited_several", n=len(done), changed=changed) if done else t("motif.none_undecided"))

    out.answer(document, shown)


def _brief(document: "MotifDocument") -> dict[str, object]:
    return {name: value for name, value in document.items() if name not in ("schema", "views", "files")}
