"""From ready issues and capacity to a proposal with reasons."""

from rules.planning.proposal import propose

__all__ = ["propose"]
