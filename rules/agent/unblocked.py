"""Whether work on an issue can begin now."""

from typing import ClassVar

from rules.agent_rule import AgentRule
from rules.ready.unblocked import flag_or_no_links
from rules.rule import Answer, Effort, Failed, Passed, Subject
from rules.wording import Wording


class Unblocked(AgentRule):
    """Nothing that blocks the issue is open.

    Why: A team plans a blocker before the issue and is content. An agent begins at once, on code in which the blocker
    is not done yet. A flag counts as a blocker.

    Fails:
        Story: Pay with a saved card
        Blocked by: SHOP-9, open

        Returning shoppers choose a card they used before.

    Fixed:
        Story: Pay with a saved card
        Blocked by: SHOP-9, done

        Returning shoppers choose a card they used before.
    """

    name: ClassVar[str] = "unblocked"
    title: ClassVar[str] = "no open blocker"
    failure: ClassVar[str] = "blocked"
    effort: ClassVar[Effort] = Effort.TALK
    reads_text: ClassVar[bool] = False
    replayable: ClassVar[bool] = False

    def check(self, subject: Subject) -> Answer:
        """Look at the flag, then at every open blocker, planned or not."""
        if (answer := flag_or_no_links(subject)) is not None:
            return answer
        keys = tuple(blocker.key for blocker in subject.open_blockers)
        if not keys:
            return Passed()
        message = Wording("Blocked by {issues}, which {issues:is|are} not done.", issues=keys)
        hint = Wording("Finish {issues} first.", issues=keys)
        phrase = Wording("blocked by {issues}", issues=keys)
        return Failed(message, hint, reason=", ".join(keys), phrase=phrase)
