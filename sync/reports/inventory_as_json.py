"""Old and new issues, and what the backlog is made of, as parts of JSON documents."""

from rules.inventory.new_issues import NewIssue, NewIssues
from rules.inventory.old_issues import Offer, OldIssues
from rules.inventory.work import Area, Contents
from sync.reports.json_models import contract as doc


def old_issues(old: OldIssues | None) -> doc.OldIssuesPart | None:
    """The old issues that the Product Owner is asked about; `None` where nobody asked for them."""
    if old is None:
        return None
    return doc.OldIssuesPart(
        days=old.days,
        in_all=old.in_all,
        offers=tuple(map(_offer, old.offers)),
        coming=tuple(map(doc.ComingPart.model_validate, old.coming)),
        kept=tuple(map(doc.KeptPart.model_validate, old.kept)),
        released=tuple(map(doc.ReleasedPart.model_validate, old.released)),
        size=doc.BacklogSizePart.model_validate(old.size),
    )


def _offer(offer: Offer) -> doc.OfferPart:
    return doc.OfferPart(
        issue=offer.issue.key,
        rank=offer.rank,
        created=offer.issue.created,
        last_touch=offer.last_touch,
        votes=offer.issue.votes,
        watchers=offer.issue.watchers,
        links=offer.links,
        waiting=offer.waiting,
        duplicates=offer.duplicates,
    )


def new_issues(new: NewIssues | None) -> doc.NewIssuesPart | None:
    """The issues that are new; `None` where nobody asked for them."""
    if new is None:
        return None
    return doc.NewIssuesPart(
        since_run=new.since_run,
        since_planning=new.since_planning,
        run=tuple(map(_new_issue, new.run)),
        planning=tuple(map(_new_issue, new.planning)),
        ranked=doc.FirstWaitPart.model_validate(new.ranked),
        estimated=None if new.estimated is None else doc.FirstWaitPart.model_validate(new.estimated),
        unranked=tuple(map(_new_issue, new.unranked)),
        feedback=doc.FeedbackPart.model_validate(new.feedback),
        days=new.days,
        unranked_days=new.unranked_days,
    )


def _new_issue(one: NewIssue) -> doc.NewIssuePart:
    return doc.NewIssuePart(
        issue=one.issue.key,
        created=one.issue.created,
        age=one.age,
        ranked_after=one.ranked_after,
        estimated_after=one.estimated_after,
        known=one.known,
    )


def contents(made: Contents | None) -> doc.ContentsPart | None:
    """What the backlog is made of; `None` where nobody asked for it."""
    if made is None:
        return None
    return doc.ContentsPart(
        kinds=tuple(map(_area, made.kinds)),
        channels=tuple(map(_area, made.channels)),
        unmapped=tuple(doc.UnmappedPart(type=name, issues=keys) for name, keys in made.unmapped.items()),
        actions=tuple(map(doc.LateActionPart.model_validate, made.actions)),
        taken_part=doc.TakenPartPart.model_validate(made.taken_part) if made.taken_part is not None else None,
        grounds=doc.OrderGroundsPart.model_validate(made.grounds) if made.grounds is not None else None,
    )


def _area(area: Area) -> doc.AreaPart:
    portions = (
        doc.PortionPart(name=one.name, issues=one.issues, size=one.size, share=area.share(one)) for one in area.portions
    )
    return doc.AreaPart(name=area.name, portions=tuple(portions))
