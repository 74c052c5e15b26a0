"""Everything that can be set, read once from the environment and from `settings.toml` in the registry's folder."""

import contextlib
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from umkm_cli import clock
from umkm_cli.errors import MISSING, USAGE, UmkmError

LANGUAGES = ("id", "en")
SETTINGS_FILE = "settings.toml"
KEEP_CHECKS_DAYS = 365
DATABASE_FILE = "umkm.db"
CASE_DAYS = 14
MOST_DAYS = 36_500


@dataclass(frozen=True)
class Settings:
    """What one run of the program works with.

    `home` holds database, images and keys; `database_url` is set only where another database replaces the SQLite file;
    `office` is the prefix in the codes of this office; `actor` is who acts, for the audit. `keep_checks_days` is how
    long the fingerprints of checked pictures are kept, 0 for no longer than the answer takes; `case_days` is how long
    after its opening a case is due, 0 leaves new cases without a day; `timezone` (a name of the IANA database) is where
    the office is, for the days and hours that people read.
    """

    home: Path
    database_url: str | None
    language: str
    actor: str
    office: str
    keep_checks_days: int
    case_days: int
    debug: bool
    timezone: str = clock.DEFAULT_ZONE

    @property
    def sqlite_file(self) -> Path | None:
        """The SQLite file, or None where the registry lives in another database."""
        if self.database_url is None:
            return self.home / DATABASE_FILE
        scheme, _, path = self.database_url.partition(":///")
        return Path(path).absolute() if scheme.split("+")[0] == "sqlite" and path else None

    @property
    def url(self) -> str:
        return f"sqlite:///{self.sqlite_file.as_posix()}" if self.sqlite_file else str(self.database_url)

    @property
    def images(self) -> Path:
        return self.home / "images"

    @property
    def files(self) -> Path:
        """What was handed in as evidence and is no picture."""
        return self.home / "files"

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    @property
    def index(self) -> Path:
        """Segments of the index, which can be made anew from the database."""
        return self.home / "index"

    @property
    def uploads(self) -> Path:
        """What pages that are open were handed, until they close."""
        return self.home / "uploads"

    @property
    def running(self) -> Path:
        """A file for each import under way, held while its process lives."""
        return self.home / "running"

    @property
    def closeups(self) -> Path:
        """Keypoints of registered pictures for close looks; may be lost."""
        return self.home / "closeups"

    @property
    def examined(self) -> Path:
        """When the database was examined last; may be lost."""
        return self.home / "examined.json"

    @property
    def compared(self) -> Path:
        """Which stored files were compared with their digests, and when; may be lost."""
        return self.home / "compared.json"


def default_home() -> Path:
    if home := os.environ.get("UMKM_HOME"):
        return Path(home).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("umkm", appauthor=False))


def read_settings() -> Settings:
    """The settings of this run.

    Raises `UmkmError`: `settings_unreadable`, `bad_setting`.
    """
    home = default_home()
    stated = _read_file(home / SETTINGS_FILE)
    office = str(stated.get("office", "SBY")).upper()
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,5}", office):
        raise UmkmError("bad_setting", exit_code=USAGE, name="office", value=office, expected="A-Z, 2-6")
    return Settings(
        home=home,
        database_url=os.environ.get("UMKM_DATABASE_URL") or None,
        language=current_language(),
        actor=os.environ.get("UMKM_USER") or _login(),
        office=office,
        keep_checks_days=_days(stated, "keep_checks_days", KEEP_CHECKS_DAYS),
        case_days=_days(stated, "case_days", CASE_DAYS),
        debug=os.environ.get("UMKM_DEBUG", "") not in ("", "0"),
        timezone=_timezone(stated.get("timezone", clock.DEFAULT_ZONE)),
    )


def current_language() -> str:
    """`UMKM_LANG`, else the settings file's, else Indonesian; never an error, since errors need a language too."""
    wanted = os.environ.get("UMKM_LANG", "")
    if not wanted:
        with contextlib.suppress(UmkmError):
            wanted = str(_read_file(default_home() / SETTINGS_FILE).get("language", ""))
    short = wanted[:2].lower()
    return short if short in LANGUAGES else LANGUAGES[0]


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):  # what is wrong with the folder itself is said when it is used
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UmkmError("settings_unreadable", exit_code=MISSING, path=path, why=error) from error


def _days(stated: dict[str, Any], name: str, otherwise: int) -> int:
    value = stated.get(name, otherwise)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_DAYS:
        raise UmkmError("bad_setting", exit_code=USAGE, name=name, value=value, expected=f"0-{MOST_DAYS}")
    return value


def _timezone(value: Any) -> str:
    try:
        clock.zone_named(value)
    except ValueError as error:
        known = ", ".join(f"{name} ({zone.tzname(None)})" for name, zone in clock.INDONESIAN.items())
        raise UmkmError("bad_setting", exit_code=USAGE, name="timezone", value=value, expected=known) from error
    return str(value)


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, ImportError, KeyError):
        return "unknown"
