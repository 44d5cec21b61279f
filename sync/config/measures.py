"""The tables `[rules.deep.*]`: options of the measures of DEEP, checked by the measures' own models.

They are the product's only: a backlog is measured as a whole, not for each team or kind of issue.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sync.config.faults import Fault, did_you_mean, faults_of, read_table
from sync.config.raw_tables import table_at
from sync.config.schema_keys import Keys
from sync.config.toml_lines import TomlPath

if TYPE_CHECKING:
    from rules.deep.measure import Measures

PATH: TomlPath = ("rules", "deep")


def read_measures(tables: Mapping[str, Mapping[str, Any]]) -> "Measures":
    """All measures with these options by name. Raises `ValidationError` for an option that a measure does not have."""
    from rules.deep.measure import Measures
    from rules.deep.measures import MEASURES

    return Measures(tuple(read_table(measure, tables.get(measure.name, {})) for measure in MEASURES))


def measure_faults(data: Mapping[str, Any], keys: Keys) -> Iterator[Fault]:
    """What is wrong in the tables of measures."""
    tables = table_at(data, PATH)
    if not tables:
        return
    from rules.deep.measures import MEASURES

    by_name = {measure.name: measure for measure in MEASURES}
    for name, options in tables.items():
        path = (*PATH, name)
        if name not in by_name:
            yield Fault(path, f"unknown measure{did_you_mean(name, by_name)}")
        elif not isinstance(options, Mapping):
            yield Fault(path, "must be a table of the measure's options", options)
        else:
            try:
                read_table(by_name[name], options)
            except ValidationError as error:
                yield from faults_of(error, options, keys, path)
