"""One cause, one finding: which findings on an issue say the same thing twice.

An empty bug report lacks its steps, its expected result and its environment; a blocker of another team blocks and is
not planned. Each rule still has its finding, with a fingerprint of its own. Reports show the first one and name the
others with it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from rules.rule import Finding, Severity

SAME_CAUSE = "Same cause"
"""What reports write before the other findings of one cause."""

_RANK = {severity: place for place, severity in enumerate(Severity)}
Same = Callable[[str, str], bool]
"""Whether two findings have one cause, by the reasons of the first and of the other."""


def _always(_first: str, _other: str) -> bool:
    return True


def _same_issues(first: str, other: str) -> bool:
    """Whether the first is about all issues that the other is about; both reasons list keys."""
    return set(re.split(r",\s*", other)) <= set(re.split(r",\s*", first))


def _lacks_expected(_first: str, other: str) -> bool:
    return other != "actual"


def _says_nothing(first: str, _other: str) -> bool:
    """A title such as "asdf" and no priority: nobody has looked at the issue."""
    return first not in {"short", "long"}


def _is_absent(_first: str, other: str) -> bool:
    """An empty section for criteria is a finding of its own."""
    return other == "absent"


def _are_absent(first: str, other: str) -> bool:
    """Neither who wants what nor when it is done: nobody has written down the wish."""
    return first == other == "absent"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rules, by path, whose findings may have one cause. `first` is shown where both are equally severe."""

    first: str
    other: str
    same: Same = _always


PAIRS = (
    Pair("ready.described", "ready.placeholders"),
    Pair("ready.described", "ready.reproducible"),
    Pair("ready.described", "ready.expected_actual"),
    Pair("ready.described", "ready.environment_given"),
    Pair("ready.described", "ready.acceptance", _is_absent),
    Pair("ready.described", "ready.story_form", _is_absent),
    Pair("ready.titled", "ready.prioritised", _says_nothing),
    Pair("ready.reproducible", "ready.expected_actual", _lacks_expected),
    Pair("ready.reproducible", "ready.environment_given"),
    Pair("ready.acceptance", "ready.blind_estimate"),
    Pair("ready.acceptance", "ready.story_form", _are_absent),
    Pair("ready.acyclic", "ready.unblocked", _same_issues),
    Pair("ready.unblocked", "ready.cross_team", _same_issues),
)

_ORDER = tuple(dict.fromkeys(path for pair in PAIRS for path in (pair.first, pair.other)))


def with_parts(findings: Iterable[Finding], reasons: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings on one issue, in the same order; `part_of` names the first finding with the same cause.

    `reasons` are those of the answers, by rule. A waived finding and an open one are never one: what is accepted must
    not hide what is not.
    """
    listed = tuple(findings)
    if len(listed) < 2:
        return listed
    groups = _groups({finding.rule: finding for finding in listed}, reasons)
    parts = (groups.get(finding.rule, "") for finding in listed)
    return tuple(
        finding if part_of == finding.part_of else replace(finding, part_of=part_of)
        for finding, part_of in zip(listed, parts, strict=True)
    )


def _groups(findings: Mapping[str, Finding], reasons: Mapping[str, str]) -> dict[str, str]:
    """Each rule's first one, by path, where that is another rule."""
    joined: dict[str, set[str]] = {}
    for pair in PAIRS:
        first, other = findings.get(pair.first), findings.get(pair.other)
        if first is None or other is None or bool(first.waived) is not bool(other.waived):
            continue
        if pair.same(reasons[pair.first], reasons[pair.other]):
            group = joined.setdefault(pair.first, {pair.first}) | joined.get(pair.other, {pair.other})
            joined |= dict.fromkeys(group, group)
    first_of = {rule: min(group, key=lambda path: _weight(findings[path])) for rule, group in joined.items()}
    return {rule: first for rule, first in first_of.items() if rule != first}


def _weight(finding: Finding) -> tuple[int, int]:
    """The most severe is the first one, then the first of the table."""
    return _RANK[finding.severity], _ORDER.index(finding.rule)


@dataclass(frozen=True, slots=True)
class Cause:
    """A finding as people read it, and the others with the same cause."""

    finding: Finding
    parts: tuple[Finding, ...] = ()


def causes_of(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """The findings, those of one cause together; a part whose first is not among them is shown for itself."""
    listed = tuple(findings)
    shown = {(finding.subject, finding.rule) for finding in listed}
    firsts = [one for one in listed if (one.subject, one.part_of) not in shown]
    return tuple(
        Cause(
            first,
            tuple(one for one in listed if one.part_of == first.rule and one.subject == first.subject),
        )
        for first in firsts
    )


def firsts(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first finding of each cause."""
    return tuple(cause.finding for cause in causes_of(findings))
