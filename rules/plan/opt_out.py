"""Nobody who opted out gets mail because of us: not as an assignee or reporter, and not as somebody who watches."""

from collections.abc import Mapping

from rules.model import Issue
from rules.plan.changes import Change, ChangePlan
from rules.plan.mail_budget import Audience, mails_of
from rules.plan.policy import OptOut


def spare_opted_out(
    plan: ChangePlan, issues: Mapping[str, Issue], audience: Audience, opt_out: OptOut, names: Mapping[str, str]
) -> ChangePlan:
    """The plan without changes that send mail to people who opted out; `issues` are by id, `names` by account.

    Our marks leave an issue all the same where people said on it that they want nothing of us there. Unnamed watchers
    are not looked at: nobody can know who they are.
    """
    if not opt_out.people:
        return plan
    spared: dict[Change, str] = {}
    for change in plan.changes:
        if change.issue in plan.released:
            continue
        reached = (mail.person for mail in mails_of([change], issues, audience))
        person = next((person for person in reached if person in opt_out.people), "")
        if person:
            spared[change] = f"{names.get(person, person)} would get mail about it, and is in [opt_out] people"
    return plan.leaving(spared)
