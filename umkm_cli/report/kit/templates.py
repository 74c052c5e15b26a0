"""Templates of pages: jinja2, where every value is escaped and one that is not given is an error.

Besides what it is given a template reaches the catalogues only (`t`, `tn`). No template marks anything as safe.
"""

from functools import cache
from typing import TYPE_CHECKING

from umkm_cli.i18n import language, t, tn

if TYPE_CHECKING:
    from jinja2 import Environment


def rendered(package: str, name: str, **values: object) -> str:
    """The template `templates/<name>.html.j2` of a package (`umkm_cli.report`) in the user's language.

    Raises `jinja2.TemplateNotFound`, and `jinja2.UndefinedError` for a name that is not among `values`.
    """
    return _environment(package).get_template(f"{name}.html.j2").render(values)


@cache
def _environment(package: str) -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=PackageLoader(package),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {"t": t, "tn": tn, "language": language}
    made.filters |= {"svg": "{:.6g}".format, "percent": "{:.2f}%".format}
    return made
