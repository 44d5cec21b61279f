"""Complaints of rules on real issues: samples to judge, and what the judgements say.

Run as `python -m tests.benchmarks.complaints` to print, for each rule that reads text, how many of its complaints are
right. Rules with a label are measured by the labels (tests/benchmarks/reading.py). The others' complaints are judged
one by one: tests/labels/complaints.jsonl holds the judgements, tests/labels/README.md says what they mean.

    --sample DIR [RULE ...]   write complaints that are not judged yet, with their texts, into a scratch folder: so many
                              that each rule has 60 judged ones, or as many as `--count` says; with `--seed N`, 60 that
                              nobody has seen, from issues that the seed draws
    --add DIR RULE LETTERS    add judgements: a letter for each complaint of DIR/RULE.txt: r, p, w, _ for none;
                              with `--round N`, after a rule was mended by what the round before showed
    --write                   write the figures into rules/measured_figures.py

The issues are test material from projects used in development, never from those set aside. Texts go to the scratch
folder only.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import Literal, TypeVar

from rules.agent import RULES as AGENT
from rules.backlog.index import Backlog
from rules.evaluate import LONG_AGO, NO_TRACKER
from rules.measured import FEWEST, Measured, heaviest, measured_name
from rules.measured_figures import MEASURED
from rules.model import Category, Issue, Product, Snapshot
from rules.ready import RULES
from rules.rule import Failed, ReadyRule, Severity, Subject
from tests.benchmarks.catalogue import issue_of
from tests.benchmarks.labelled import FOLDER, GOLD, Share, handed, ours, rows, share_of
from tests.benchmarks.material import DATA, PROJECTS, Text, file_of, jira_issues, texts_of
from tests.benchmarks.reading import CHECKS, Check, Read, read
from tests.external_data import missing

JUDGED = FOLDER / "complaints.jsonl"
FIGURES = Path(__file__).parents[2] / "rules" / "measured_figures.py"
HELD = frozenset(row["project"] for row in rows() if row["held"])
TUNED = tuple(project for project in PROJECTS if project not in HELD)

PER_PROJECT = 2000
"""About so many issues of a large project are looked at, in runs of neighbours: near duplicates are filed together."""
RUN = 50

Judged = Literal["right", "pedantic", "wrong"]
_Any = TypeVar("_Any")
LETTERS: Mapping[str, Judged] = {"r": "right", "p": "pedantic", "w": "wrong"}

TEXT_RULES = tuple(rule for rule in RULES if rule.reads_text)
AGENT_RULES = tuple(rule for rule in AGENT if rule.reads_text)
"""Those for coding agents, which are off unless they are asked for: no severity rests on their figures."""
BY_NAME: Mapping[str, type[ReadyRule]] = {measured_name(rule): rule for rule in (*TEXT_RULES, *AGENT_RULES)}
"""The rules as judgements and figures name them."""
BY_LABEL = frozenset(check.rule.name for check in CHECKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a rule said about an issue: the same as long as its reason and the quoted place are the same."""

    rule: str
    project: str
    id: str
    reason: str
    place: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A complaint with all that its judge needs."""

    complaint: Complaint
    issue: Issue
    failed: Failed


def with_namesakes(project: str, ids: AbstractSet[str]) -> dict[str, Issue]:
    """The issues of a project that have one of these ids, and those with the title of one, in the project's order."""
    if PROJECTS[project][0] == "jira":
        raws = {f"jira/{raw['key']}": raw for raw in jira_issues(project)}
        titles = {raws[name]["fields"]["summary"] for name in ids}
        return {name: issue_of(raw) for name, raw in raws.items() if raw["fields"]["summary"] in titles}
    texts = {text.id: text for text in texts_of(project)}
    titles = {texts[name].title for name in ids}
    return {name: _issue(text) for name, text in texts.items() if text.title in titles}


def issues_of(project: str, seed: str = "") -> Iterator[tuple[str, Issue]]:
    """A project's issues with their ids; of a large project about 2,000, others with another seed."""
    if PROJECTS[project][0] == "jira":
        raws = list(jira_issues(project))
        yield from ((f"jira/{raw['key']}", issue_of(raw)) for raw in _part(raws, f"{seed}{project}"))
    else:
        yield from ((text.id, _issue(text)) for text in _part(list(texts_of(project)), f"{seed}{project}"))


def _part(issues: Sequence[_Any], name: str) -> Iterator[_Any]:
    share = PER_PROJECT / len(issues)
    for number, issue in enumerate(issues):
        if _place(f"{name} {number // RUN}") < share:
            yield issue


def _place(name: str) -> float:
    """A number from 0 to 1 that a name always has."""
    return int(sha256(name.encode()).hexdigest()[:12], 16) / 16**12


def _issue(text: Text) -> Issue:
    return Issue(
        id=text.id,
        key=text.id,
        type=text.type,
        kind=text.kind,
        title=text.title,
        status="",
        category=Category.TODO,
        created=LONG_AGO,
        updated=LONG_AGO,
        document=text.document,
        labels=text.labels,
    )


def backlog_of(project: str, issues: Iterable[Issue]) -> Backlog:
    """The issues as one backlog, with the data that the project has."""
    jira = PROJECTS[project][0] == "jira"
    unavailable = frozenset({"points", "sprints", "teams"}) if jira else NO_TRACKER
    product = Product(name="", owner="")
    return Backlog.of(
        Snapshot(taken_at=LONG_AGO, product=product, issues=tuple(issues), unavailable=unavailable),
    )


def complaints_of(project: str, rules: Sequence[type[ReadyRule]], seed: str = "") -> Iterator[Shown]:
    """What these rules say about a project's issues."""
    issues = dict(issues_of(project, seed))
    backlog = backlog_of(project, issues.values())
    for name, issue in issues.items():
        subject = Subject(issue=issue, backlog=backlog)
        for rule in rules:
            if issue.kind in rule.kinds and isinstance(failed := rule().check(subject), Failed):
                yield Shown(_complaint(measured_name(rule), project, name, failed), issue, failed)


def _complaint(rule: str, project: str, name: str, failed: Failed) -> Complaint:
    quote = " ".join(failed.evidence[0].text.split()) if failed.evidence else ""
    place = sha256(quote.encode("utf-8", "replace")).hexdigest()[:12] if quote else ""
    return Complaint(rule=rule, project=project, id=name, reason=failed.reason, place=place)


def judgements() -> dict[Complaint, Judged]:
    """The complaints judged so far."""
    return {complaint: judged for complaint, (judged, _) in judged_in_rounds().items()}


def judged_in_rounds() -> dict[Complaint, tuple[Judged, int]]:
    """The complaints judged so far, each with its round: a rule was mended by what earlier rounds showed."""
    if not JUDGED.exists():
        return {}
    entries = (json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines())
    return {
        Complaint(**{k: v for k, v in entry.items() if k not in ("judged", "round")}): (
            entry["judged"],
            entry.get("round", 1),
        )
        for entry in entries
    }


def last_rounds() -> dict[str, frozenset[Complaint]]:
    """By rule, the complaints of its last round with enough of them; no rule that was judged in one round alone.

    What a rule was mended by does not show how well it reads other issues. So only the last round counts, and of it
    only what is still complained about.
    """
    rounds: defaultdict[str, defaultdict[int, set[Complaint]]] = defaultdict(lambda: defaultdict(set))
    for complaint, (_, number) in judged_in_rounds().items():
        rounds[complaint.rule][number].add(complaint)
    last = {rule: max((n for n, said in by.items() if len(said) >= FEWEST), default=1) for rule, by in rounds.items()}
    return {rule: frozenset(rounds[rule][number]) for rule, number in last.items() if number > 1}


def every_complaint(rules: Sequence[type[ReadyRule]], seed: str = "") -> dict[str, list[Shown]]:
    """The complaints of these rules in all projects used in development, by rule."""
    by_rule: defaultdict[str, list[Shown]] = defaultdict(list)
    for project in TUNED:
        for shown in complaints_of(project, rules, seed):
            by_rule[shown.complaint.rule].append(shown)
    return by_rule


def in_turn(complaints: Iterable[Shown], seed: str = "") -> list[Shown]:
    """The complaints in the order in which they are judged: one of each project in turn, within it by the seed."""
    by_project: defaultdict[str, list[Shown]] = defaultdict(list)
    for shown in complaints:
        by_project[shown.complaint.project].append(shown)
    columns = [sorted(shown, key=lambda one: _place(f"{seed}{one.complaint}")) for shown in by_project.values()]
    return [shown for row in zip_longest(*columns) for shown in row if shown is not None]


def write_sample(folder: Path, rules: Sequence[type[ReadyRule]], count: int, seed: str = "") -> None:
    """For each rule a file with texts, and one for `--add`.

    They hold the complaints that are missing to `count` judged ones; with a seed, `count` that nobody has seen.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = judgements()
    labelled = {row["id"] for row in rows()} | {issue.text.id for issue in handed()}
    for name, complaints in every_complaint(rules, seed).items():
        ordered = in_turn((one for one in complaints if name not in BY_LABEL or one.complaint.id not in labelled), seed)
        judged = 0 if seed else sum(shown.complaint in known for shown in ordered)
        open_ones = [shown for shown in ordered if shown.complaint not in known][: max(0, count - judged)]
        (folder / f"{name}.txt").write_text("\n".join(_page(*one) for one in enumerate(open_ones, 1)), "utf-8")
        lines = (json.dumps(asdict(shown.complaint), ensure_ascii=False) for shown in open_ones)
        (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        print(f"{name}: {len(complaints)} complaints, {judged} judged, {len(open_ones)} to judge")
        for shown in open_ones:
            place = shown.failed.evidence[0].line if shown.failed.evidence else "-"
            print(f"  {shown.complaint.id} line {place}")


def _page(number: int, shown: Shown) -> str:
    issue, failed = shown.issue, shown.failed
    quotes = " | ".join(quote.text for quote in failed.evidence)
    text = "\n".join(f"  {block.kind.value}: {block.text}" for block in issue.document.blocks)
    return (
        f"#{number} {shown.complaint.id} {issue.type}\n{failed.message}\nQUOTE {quotes}\nTITLE {issue.title}\n{text}\n"
    )


def add(folder: Path, rule: str, letters: str, number: int) -> None:
    """Add one judgement of a round for each complaint of a sample."""
    complaints = (folder / f"{rule}.jsonl").read_text(encoding="utf-8").splitlines()
    judged = [LETTERS.get(letter) for letter in letters.replace(" ", "")]
    entries = [
        json.dumps(json.loads(line) | {"judged": said} | ({"round": number} if number > 1 else {}), ensure_ascii=False)
        for line, said in zip(complaints, judged, strict=True)
        if said
    ]
    with JUDGED.open("a", encoding="utf-8") as file:
        file.writelines(f"{entry}\n" for entry in entries)


def measured() -> dict[str, Measured]:
    """The figures of every rule that reads text and has a complaint with a label or a judgement."""
    labelled = read((*handed(), *ours()))
    made = dict(still_made(judgements()))
    last = last_rounds()
    said: defaultdict[str, list[Judged]] = defaultdict(list)
    for complaint, judged in made.items():
        if complaint.rule not in last or complaint in last[complaint.rule]:
            said[complaint.rule].append(judged)
    return by_labels(labelled, said, fresh=last.keys()) | by_judgements(said)


def by_labels(
    labelled: Read, judged: Mapping[str, Sequence[Judged]], *, fresh: AbstractSet[str]
) -> dict[str, Measured]:
    """The figures of the rules that have a label; complaints about other issues that were judged count as well.

    Of the rules in `fresh` only these count: the labelled issues were tuned on. What is missed is known from labels.
    """
    figures = {}
    for name in sorted(BY_LABEL):
        checks = [check for check in CHECKS if check.rule.name == name]
        said = [
            (all(check.is_fault(issue) for check in checks if check.complains(subject)), issue.weight)
            for issue, subject in labelled
            if name not in fresh and any(check.complains(subject) for check in checks)
        ]
        right = sum(is_right for is_right, _ in said)
        counts = {"right": right, "pedantic": 0, "wrong": len(said) - right}
        others = judged.get(name, ())
        counts = {one: counts[one] + others.count(one) for one in LETTERS.values()}
        said += [(one == "right", 1.0) for one in others]
        figures[name] = _figures(share_of(said), counts, issues=len(labelled), missed=_missed(checks, labelled))
    return figures


def _missed(checks: Sequence[Check], labelled: Read) -> float:
    faults = [
        (not check.is_reported(subject), issue.weight)
        for check in checks
        for issue, subject in labelled
        if check.is_fault(issue)
    ]
    return share_of(faults).value


def by_judgements(said: Mapping[str, Sequence[Judged]]) -> dict[str, Measured]:
    """The figures of the other rules: of the judged complaints, those that the rule still makes."""
    return {
        rule: _figures(
            share_of((one == "right", 1.0) for one in judged), {j: judged.count(j) for j in LETTERS.values()}
        )
        for rule, judged in said.items()
        if rule not in BY_LABEL
    }


def still_made(known: Mapping[Complaint, Judged]) -> Iterator[tuple[Complaint, Judged]]:
    """The judged complaints that the rules make today; what was mended is complained about no more.

    Each is asked about in a backlog of its issue and those of the same title, the near duplicates among them.
    """
    asked = {complaint: judged for complaint, judged in known.items() if complaint.rule in BY_NAME}
    for project in sorted({complaint.project for complaint in asked}):
        mine = [(complaint, judged) for complaint, judged in asked.items() if complaint.project == project]
        issues = with_namesakes(project, {complaint.id for complaint, _ in mine})
        for complaint, judged in mine:
            issue = issues[complaint.id]
            backlog = backlog_of(project, [one for one in issues.values() if one.title == issue.title])
            failed = BY_NAME[complaint.rule]().check(Subject(issue=issue, backlog=backlog))
            if isinstance(failed, Failed) and _complaint(complaint.rule, project, complaint.id, failed) == complaint:
                yield complaint, judged


def _figures(
    share: Share, counts: Mapping[str, int], *, issues: int | None = None, missed: float | None = None
) -> Measured:
    low, high = share.interval
    return Measured(
        **counts,
        share=round(share.value, 3),
        low=round(low, 3),
        high=round(high, 3),
        issues=issues,
        missed=None if missed is None else round(missed, 3),
    )


def table(figures: Mapping[str, Measured]) -> str:
    """A line for each rule that reads text."""
    head = f"{'rule':22} {'right':>6} {'pedantic':>8} {'wrong':>6} {'share':>6} {'interval':>12} {'missed':>7}"
    lines = [f"{head}  at most  default"]
    for name, rule in BY_NAME.items():
        default = str(rule.model_fields["severity"].default)
        one = figures.get(name)
        if one is None:
            lines.append(f"{name:22} {'not judged':>71}  {default}")
            continue
        missed = "" if one.missed is None else f"{one.missed:.2f}"
        span = f"{one.low:.2f} - {one.high:.2f}"
        counts = f"{one.right:6} {one.pedantic:8} {one.wrong:6} {one.share:6.2f} {span:>12} {missed:>7}"
        is_light = list(Severity).index(Severity(default)) >= list(Severity).index(heaviest(one))
        mark = "" if is_light or rule in AGENT_RULES else "  too heavy"
        lines.append(f"{name:22} {counts}  {heaviest(one):7}  {default}{mark}")
    return "\n".join(lines)


HEADER = '''"""How often each rule's complaints are right, by `python -m tests.benchmarks.complaints --write`."""

from collections.abc import Mapping

from rules.measured import Measured

MEASURED: Mapping[str, Measured] = {
'''


def source(figures: Mapping[str, Measured]) -> str:
    """The module with the figures."""
    entries = []
    for name, one in sorted(figures.items()):
        values = "".join(f"        {field}={value!r},\n" for field, value in asdict(one).items() if value is not None)
        entries.append(f'    "{name}": Measured(\n{values}    ),\n')
    return f"{HEADER}{''.join(entries)}}}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, or do what an option asks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", metavar=("DIR", "RULE"), nargs="+", help="write complaints to judge")
    parser.add_argument("--count", type=int, default=FEWEST, help="the judged complaints each rule should have")
    parser.add_argument("--seed", default="", help="with --sample: complaints that nobody has seen, drawn by this seed")
    parser.add_argument("--add", metavar=("DIR", "RULE", "LETTERS"), nargs=3, help="add judgements")
    parser.add_argument("--round", type=int, default=1, help="with --add: the round; a rule's last one is its figure")
    parser.add_argument("--write", action="store_true", help="write rules/measured_figures.py")
    options = parser.parse_args(arguments)
    if why := missing(GOLD, DATA, file_of("TIMOB")):
        print(f"skipped: {why}")
        return 0
    if options.sample:
        folder, *names = options.sample
        rules = [rule for name, rule in BY_NAME.items() if name in names or (not names and name not in BY_LABEL)]
        write_sample(Path(folder), rules, options.count, options.seed)
    elif options.add:
        add(Path(options.add[0]), options.add[1], options.add[2], options.round)
    else:
        figures = measured()
        print(table(figures))
        if options.write:
            FIGURES.write_text(source(figures), encoding="utf-8")
        elif figures != MEASURED:
            print("\nrules/measured_figures.py holds other figures; write them with --write")
    return 0


if __name__ == "__main__":
    sys.exit(main())
