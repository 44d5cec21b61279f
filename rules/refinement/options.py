"""The options of `[refinement]`, with their defaults (docs/refinement.md)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from pydantic import Field

from rules.options import Options


class SharedPart(StrEnum):
    """What teams that share an issue agree on; the values are part of the JSON outputs."""

    VISION = "vision"
    JOURNEY = "journey"
    VALUE = "value"
    DELIVERABLE = "deliverable"
    QUALITY = "quality"
    OUTCOME = "outcome"


class Cadence(StrEnum):
    """How often a team refines; the values are part of the configuration."""

    DAILY = "daily"
    WEEKLY = "weekly"
    SPRINT = "sprint"
    ON_DEMAND = "on demand"


HEADINGS: Mapping[SharedPart, frozenset[str]] = MappingProxyType(
    {
        SharedPart.VISION: frozenset({"vision", "fit to vision", "product goal", "produktvision", "visión"}),
        SharedPart.JOURNEY: frozenset(
            {"journey", "user journey", "customer journey", "journey step", "nutzerreise", "parcours", "recorrido"}
        ),
        SharedPart.VALUE: frozenset({"value", "business value", "benefit", "why", "nutzen", "valeur", "valor"}),
        SharedPart.DELIVERABLE: frozenset(
            {"deliverable", "deliverables", "liefergegenstand", "lieferergebnis", "livrable", "livrables", "entregable"}
        ),
        SharedPart.QUALITY: frozenset(
            {"quality", "quality standard", "quality standards", "definition of done", "qualität", "qualité", "calidad"}
        ),
        SharedPart.OUTCOME: frozenset(
            {"outcome", "expected outcome", "expected outcomes", "objective", "ziel", "résultat attendu"}
            | {"resultado esperado"}
        ),
    }
)
"""Headings above each part, in lower case."""


class RefinementOptions(Options):
    """Which issues are refined, how long a session is, and how a decision is recognised."""

    outlook_weeks: int = Field(default=13, ge=1, le=104)
    """Issues within so many weeks are on an agenda."""
    minutes: int = Field(default=60, ge=5, le=480)
    """The time box of a session."""
    decision_headings: frozenset[str] = frozenset(
        {"decision", "decisions", "decision note", "entscheidung", "décision", "decisión"}
    )
    """Text under one of these headings, an attachment or a linked issue with such a name, is a decision note."""
    quality_standard: str = ""
    """The Definition of Done of all teams, as a text or an address; "" if each shared issue has its own."""
    quality_standards: Mapping[str, str] = Field(default_factory=dict)
    """The Definition of Done of teams that have another one, by team."""
    headings: Mapping[SharedPart, frozenset[str]] = Field(default_factory=dict)
    """More headings for the parts of a shared issue, next to the usual ones."""
    escalate_after: int = Field(default=3, ge=2, le=20)
    """After so many sessions without a result, an issue is a decision for the Product Owner."""
    workshop_label: str = Field(default="workshop", min_length=1)
    """An issue with three open questions or more is to get this label and a date for a workshop."""
    cadence: Mapping[str, Cadence] = Field(default_factory=dict)
    """How often each team refines: daily, weekly, sprint (in its middle) or on demand. A calendar says more."""

    def standard_of(self, team: str) -> str:
        """The Definition of Done of a team, "" for none."""
        return self.quality_standards.get(team, self.quality_standard)
