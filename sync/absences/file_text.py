"""The text of a calendar or a list that a person exported."""

from pathlib import Path

from sync.errors import ConfigError

MOST_BYTES = 20_000_000


def file_text(path: Path, option: str) -> str:
    """The text of a file in UTF-8. Raises `ConfigError`, which names the option that names the file."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError(f"{path}: larger than {MOST_BYTES // 1_000_000} MB; export a shorter period")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); check {option}") from error
