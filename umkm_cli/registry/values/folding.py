"""Names as searching compares them."""

import re
import unicodedata


def fold(text: str) -> str:
    """Without case, accents and punctuation: `Batik Séruni, CV.` and `batik seruni cv` are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain.casefold()).strip()
