"""Issues as JSON, with the fields that were asked for, and their history."""

from collections.abc import Iterable
from dataclasses import dataclass

from sync.fake_jira.dialect import NOT_NAVIGABLE, Json
from sync.fake_jira.parts import View
from sync.fake_jira.records import Entry, Record
from sync.fake_jira.values import VALUES


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which fields to show: names, `*all`, `*navigable`, and with a minus what to leave out."""

    names: frozenset[str]
    everything: bool = False
    navigable: bool = False
    without: frozenset[str] = frozenset()

    @classmethod
    def of(cls, given: Iterable[str]) -> "Wanted":
        """Read a list of field names."""
        names = [name.strip() for name in given if name.strip()]
        without = frozenset(name[1:] for name in names if name.startswith("-"))
        only_without = bool(without) and len(without) == len(names)
        return cls(
            names=frozenset(name for name in names if name[0] not in "-*"),
            everything="*all" in names,
            navigable="*navigable" in names or only_without,
            without=without,
        )

    def takes(self, name: str) -> bool:
        """Whether this field is to be shown."""
        if name in self.without:
            return False
        return name in self.names or self.everything or (self.navigable and name not in NOT_NAVIGABLE)

    @property
    def heavy(self) -> bool:
        """Whether more is asked for than the id and the key."""
        return self.everything or self.navigable or bool(self.names - {"id", "key"})


def issue(view: View, record: Record, wanted: Wanted, *, properties: Iterable[str] = (), expand: str = "") -> Json:
    """An issue with the wanted fields."""
    shown: Json = {"id": record.id, "key": record.key, "self": view.link(f"issue/{record.id}")}
    catalogue = view.fields
    values: Json = {}
    for column in catalogue.columns:
        if wanted.takes(column.id) and (render := VALUES.get(column.ours or column.id)) is not None:
            values[column.id] = render(view, record)
    if values:
        shown["fields"] = values
    if keys := [key for key in properties if key]:
        everything = "*all" in keys
        shown["properties"] = {k: v for k, v in record.properties.items() if everything or k in keys}
    if "changelog" in expand:
        shown["changelog"] = embedded_history(view, record)
    return shown


def embedded_history(view: View, record: Record) -> Json:
    """The history as `expand=changelog` shows it, the newest first; Cloud's bulk answers stop at 40."""
    newest = [entry(view, each) for each in reversed(record.history)]
    shown = newest[:40] if view.bulk and view.dialect.name == "cloud" else newest
    return {"startAt": 0, "maxResults": len(shown), "total": len(newest), "histories": shown}


def entry(view: View, each: Entry) -> Json:
    """One row of an issue's history."""
    items = []
    for item in each.items:
        field_id = view.fields.id_of.get(item.field_id, item.field_id)
        told: Json = {
            "field": item.field,
            "fieldtype": "custom" if field_id.startswith("customfield") else "jira",
            "fieldId": field_id,
            "from": item.before,
            "fromString": item.before_text,
            "to": item.after,
            "toString": item.after_text,
        }
        if view.dialect.name == "datacenter":
            del told["fieldId"]
        items.append(told)
    return {
        "id": each.id,
        "author": view.account(each.author),
        "created": view.moment(each.created),
        "items": items,
    }
