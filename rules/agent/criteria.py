"""Whether an agent can check its own work."""

from typing import ClassVar

from rules.agent_rule import AgentRule
from rules.model import Kind
from rules.ready.acceptance import Acceptance
from rules.ready.reproducible import Reproducible
from rules.ready.testable import Testable
from rules.rule import Answer, Effort, Failed, NotApplicable, Passed, Subject

SHOWN = 3


class Criteria(AgentRule):
    """An agent can check when it is done.

    Why: An agent works until a check passes. Without one it stops where its own text sounds finished. A story and a
    task have acceptance criteria of which one can turn out unmet; a bug has steps that show the failure, or a stack
    trace.

    Fails:
        Task: Log every refused payment

        Support should find out why a payment was refused.

        ## Acceptance criteria
        - It works as expected

    Fixed:
        Task: Log every refused payment

        Support should find out why a payment was refused.

        ## Acceptance criteria
        - Each refused payment writes one line with its id and the reason
        - The line holds no card number
    """

    name: ClassVar[str] = "criteria"
    title: ClassVar[str] = "checkable criteria"
    failure: ClassVar[str] = "no checkable criteria"
    effort: ClassVar[Effort] = Effort.SECTION

    def check(self, subject: Subject) -> Answer:
        """The answers of the rules about criteria; for what reports a defect, of the one about steps."""
        if subject.reports_defect or subject.issue.kind is Kind.BUG:
            return self._steps(subject)
        if (criteria := subject.reading.criteria) and not isinstance(weak := Testable().check(subject), Failed):
            return Passed(tuple(one.quote for one in criteria[:SHOWN]))
        if criteria:
            return weak
        answer = Acceptance(ask_always=True).check(subject)
        if isinstance(answer, NotApplicable):  # it may be a bug under another type: then its steps are a check, too
            return self._steps(subject)
        return answer

    def _steps(self, subject: Subject) -> Answer:
        if subject.reading.criteria:
            return Passed(tuple(one.quote for one in subject.reading.criteria[:SHOWN]))
        answer = Reproducible(other_types=True).check(subject)
        if isinstance(answer, Passed):
            return answer
        hint = "List the steps that show the failure, or add criteria."
        return Failed("Neither steps nor criteria are there to check the work.", hint, reason="no check")
