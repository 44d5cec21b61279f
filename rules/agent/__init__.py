"""Ready for a coding agent: one rule a file, all of them named here.

A person asks back where an issue leaves something open; a coding agent guesses. Where a rule of the Definition of Ready
answers a line, it is asked. The order is the order of the catalogue.
"""

from rules.agent.behaviour import Behaviour
from rules.agent.criteria import Criteria
from rules.agent.place import Place
from rules.agent.questions import Questions
from rules.agent.scope import Scope
from rules.agent.small import Small
from rules.agent.test_notes import TestNotes
from rules.agent.unblocked import Unblocked
from rules.agent_rule import AgentRule
from rules.options import Options


class AgentRules(Options):
    """The rules for coding agents with their options, one line each."""

    behaviour: Behaviour = Behaviour()
    scope: Scope = Scope()
    criteria: Criteria = Criteria()
    test_notes: TestNotes = TestNotes()
    place: Place = Place()
    questions: Questions = Questions()
    unblocked: Unblocked = Unblocked()
    small: Small = Small()

    @property
    def every(self) -> tuple[AgentRule, ...]:
        """All of them, in the order of the catalogue."""
        return tuple(getattr(self, name) for name in type(self).model_fields)


RULES: tuple[type[AgentRule], ...] = tuple(type(rule) for rule in AgentRules().every)
