"""Where the store of a product is: a SQLite file, or a schema of a PostgreSQL database that many products share."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from sync.config.settings import SCHEMA_NAME, Settings
from sync.errors import ConfigError
from sync.store.database import Place
from sync.store.places import place
from sync.store.postgresql import PostgresqlPlace

_LONGEST = 22  # characters of a name, so that the names of all schemas of a product fit into 63
_OTHERS_OWN = re.compile("pg_.*|public|information_schema")


def store_of(settings: Settings, environ: Mapping[str, str] = os.environ) -> Place:
    """Where the store is. Raises `ConfigError` as `address_of`."""
    address = address_of(settings, environ)
    return PostgresqlPlace(address, schema_of(settings)) if address else place(settings.store.path)


def address_of(settings: Settings, environ: Mapping[str, str] = os.environ) -> str:
    """The address of the database, "" where the store is a file; it may hold a password.

    Raises `ConfigError` where the variable that has the address is not set, or has none.
    """
    variable = settings.store.url_env
    if not variable:
        return settings.store.url
    address = environ.get(variable, "").strip()
    if not address.startswith(("postgresql://", "postgres://")):
        raise ConfigError(
            f'[store] url_env: set {variable} in the environment to an address like "postgresql://host/db"'
        )
    return address


def schema_of(settings: Settings) -> str:
    """The schema that is set, or the name of the product as one.

    Two names of products never give one schema: where letters are left out, some of a digest of the whole name follow.
    """
    if settings.store.schema_:
        return settings.store.schema_
    name = settings.product.name.strip().lower()
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].strip("_")
    is_plain = slug == name and re.fullmatch(SCHEMA_NAME, name) and not _OTHERS_OWN.fullmatch(name)
    return name if is_plain else f"product_{slug}_{hashlib.sha256(name.encode()).hexdigest()[:8]}".replace("__", "_")


def local_name(settings: Settings) -> Path:
    """What the files on this machine are called after: the store's file, or its schema in the same folder."""
    in_database = settings.store.url or settings.store.url_env
    return settings.store.path.with_name(schema_of(settings)) if in_database else settings.store.path
