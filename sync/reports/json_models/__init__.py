"""The JSON documents as pydantic models: a contract for scripts, and the source of its JSON Schema.

Field order is the order in the output. Fields may be added, never removed or renamed. Figures are rounded to four
decimals, so that floating-point noise is not a difference.
"""

from sync.reports.json_models.base import Figure, IssueKey, Part, Text, dump, dump_with

__all__ = ["Figure", "IssueKey", "Part", "Text", "dump", "dump_with"]
