"""Why something was closed, ended, withdrawn or decided: a sentence that others can read later."""

from umkm_cli.errors import UmkmError
from umkm_cli.problems import InvalidFieldsError, Problem
from umkm_cli.registry.values.typed import ValueProblem, read_text


def read_reason(text: str) -> str:
    """Raises `UmkmError` `reason_missing`; `InvalidFieldsError` where it cannot be shown or is too long."""
    try:
        reason = read_text(text)
    except ValueProblem as error:
        raise InvalidFieldsError([Problem("reason", "", error.rule, params=dict(error.params))]) from error
    if not reason:
        raise UmkmError("reason_missing")
    return reason
