"""The site with the actions of people: what a test or the invented company does without HTTP.

The HTTP routes use the same actions. A label added by a person and one added by a request leave the same history.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sync.fake_jira.records import Account, Board, Body, Bond, IssueType, Record, Remark, Sprint
from sync.fake_jira.world import RANK_STEP, World, next_named

COMMENT_LIMIT = 32_767


class State(World):
    """The site, and what people do on it. `by` is an account's id, name or display name; default: the bot's."""

    def who(self, by: str | Account | None) -> Account:
        """The account that acts."""
        if by is None:
            return self.me
        return by if isinstance(by, Account) else self.account(by)

    def log_in_as(self, account: Account) -> None:
        """From now on the token belongs to this account."""
        self.me = self.enrol(account)

    # Issues

    def create(self, project: str, kind: str, summary: str, *, by: str | None = None, **values: Any) -> Record:
        """Add an issue under the project's next key, ranked last unless `rank` says otherwise."""
        with self.lock:
            author, now = self.who(by), self.clock()
            numbers = (int(key.rpartition("-")[2]) for key in self.keys if key.startswith(f"{project}-"))
            issue_type: IssueType = next_named(self.types.values(), kind)
            given: dict[str, Any] = {"created": now, "updated": now, "reporter": author, "creator": author}
            given |= {"status": next(iter(self.statuses.values()))} | values
            key = f"{project}-{max(numbers, default=0) + 1}"
            return self.add(
                Record(id=self.fresh_id(), key=key, project=project, type=issue_type, summary=summary, **given)
            )

    def edit(self, issue: str, *, by: str | None = None, **values: Any) -> Record:
        """Set attributes of an issue; a text given as a string is wiki markup."""
        with self.lock, self.changing(self.issue(issue), self.who(by)) as record:
            for name, value in values.items():
                rich = name in ("description", "acceptance") and isinstance(value, str)
                setattr(record, name, Body(value) if rich else value)
        return record

    def add_label(self, issue: str, label: str, *, by: str | None = None) -> None:
        """Add a label; a present one stays as it is."""
        with self.lock, self.changing(self.issue(issue), self.who(by)) as record:
            if label not in record.labels:
                record.labels.append(label)

    def remove_label(self, issue: str, label: str, *, by: str | None = None) -> None:
        """Remove a label; an absent one is not an error."""
        with self.lock, self.changing(self.issue(issue), self.who(by)) as record:
            record.labels = [other for other in record.labels if other != label]

    def transition(self, issue: str, status: str, *, by: str | None = None) -> None:
        """Set the status; a status of the category done resolves the issue."""
        with self.lock, self.changing(self.issue(issue), self.who(by)) as record:
            record.status = self.status(status)
            done = record.status.category == "done"
            record.resolution = (record.resolution or "Done") if done else None
            record.resolved = (record.resolved or self.clock()) if done else None

    def delete(self, issue: str) -> None:
        """Delete an issue for good."""
        with self.lock:
            self.discard(self.issue(issue))

    def rename(self, issue: str, key: str, *, by: str | None = None) -> None:
        """Move an issue to another project: the id stays, the old key still finds it."""
        with self.lock, self.changing(self.issue(issue), self.who(by)) as record:
            record.key, record.project = key, key.rpartition("-")[0]
            self.keys[key] = record.id
            self.projects.setdefault(record.project, record.project)

    def link(self, issue: str, kind: str, other: str, *, by: str | None = None) -> Bond:
        """`issue` blocks (duplicates, ...) `other`: both ends know of it."""
        with self.lock:
            source, target, link_type = self.issue(issue), self.issue(other), next_named(self.link_types.values(), kind)
            bond = Bond(self.fresh_id(), link_type, outward=True, other=target.id)
            with self.changing(source, self.who(by)):
                source.bonds.append(bond)
            with self.changing(target, self.who(by)):
                target.bonds.append(Bond(bond.id, link_type, outward=False, other=source.id))
            return bond

    # Comments

    def comment(self, issue: str, text: str | Body, *, by: str | None = None, **values: Any) -> str:
        """Write a comment; returns its id."""
        with self.lock, self.changing(self.issue(issue), self.who(by)) as record:
            now, author = self.clock(), self.who(by)
            body = Body(text) if isinstance(text, str) else text
            remark = Remark(
                id=self.fresh_id(), author=author, editor=author, body=body, created=now, updated=now, **values
            )
            record.remarks.append(remark)
            self.remark_owner[remark.id] = record.id
            return remark.id

    def edit_comment(self, comment: str, text: str | Body, *, by: str | None = None) -> None:
        """Edit a comment."""
        with self.lock, self.changing(self.owner(comment), self.who(by)) as record:
            remark = next(one for one in record.remarks if one.id == comment)
            remark.body = Body(text) if isinstance(text, str) else text
            remark.editor, remark.updated = self.who(by), self.clock()

    def delete_comment(self, comment: str, *, by: str | None = None) -> None:
        """Delete a comment."""
        with self.lock, self.changing(self.owner(comment), self.who(by)) as record:
            record.remarks = [remark for remark in record.remarks if remark.id != comment]
            del self.remark_owner[comment]

    def owner(self, comment: str) -> Record:
        """The issue that a comment is on; raises KeyError."""
        return self.issues[self.remark_owner[comment]]

    def remark(self, comment: str) -> Remark:
        """The comment of an id; raises KeyError."""
        return next(remark for remark in self.owner(comment).remarks if remark.id == comment)

    # Boards, sprints and ranks

    def add_board(self, board: Board) -> Board:
        """Add a board."""
        with self.lock:
            self.boards[board.id] = board
            return board

    def add_sprint(self, sprint: Sprint) -> Sprint:
        """Add a sprint."""
        with self.lock:
            self.sprints[sprint.id] = sprint
            return sprint

    def move_to_sprint(self, issue: str, sprint: int | None, *, by: str | None = None) -> None:
        """Put an issue into an open sprint, out of any other open one; `None` is back to the backlog."""
        with self.lock, self.changing(self.issue(issue), self.who(by)) as record:
            record.sprints = self.sprints_after(record, sprint)

    def sprints_after(self, record: Record, sprint: int | None) -> list[int]:
        """The sprints of an issue once it is moved: its closed ones, and this one."""
        closed = [number for number in record.sprints if self._is_closed(number) and number != sprint]
        return closed if sprint is None else [*closed, sprint]

    def start_sprint(self, sprint: int, *, days: int = 14) -> None:
        """Start a future sprint now."""
        with self.lock:
            starting = self.sprints[sprint]
            starting.state, starting.start = "active", self.clock()
            starting.end = starting.start + timedelta(days=days)

    def close_sprint(self, sprint: int, *, move_to: int | None = None, by: str | None = None) -> None:
        """Close a sprint; what is not done goes to `move_to`, or back to the backlog."""
        with self.lock:
            closing = self.sprints[sprint]
            left = [
                record
                for record in self.issues.values()
                if sprint in record.sprints and record.status.category != "done"
            ]
            closing.state, closing.completed = "closed", self.clock()
            for record in left:
                self.move_to_sprint(record.id, move_to, by=by)

    def rank(self, issues: Iterable[str], *, before: str | None = None, after: str | None = None) -> None:
        """Put issues, in the given order, right before or after another one."""
        with self.lock:
            moving = [self.issue(key) for key in issues]
            anchor = self.issue(before or after or "")
            line = sorted(
                (record for record in self.issues.values() if record not in moving), key=lambda record: record.rank
            )
            place = line.index(anchor) + (0 if before else 1)
            low = line[place - 1].rank if place else 0
            high = line[place].rank if place < len(line) else low + RANK_STEP * (len(moving) + 1)
            if high - low <= len(moving):
                self._spread([*line[:place], *moving, *line[place:]])
                return
            for step, record in enumerate(moving, start=1):
                with self.changing(record, self.me):
                    record.rank = low + (high - low) * step // (len(moving) + 1)

    def _spread(self, line: list[Record]) -> None:
        """Space the ranks evenly again; Jira rebalances silently too."""
        for place, record in enumerate(line, start=1):
            record.rank = place * RANK_STEP
        self.version += 1

    def _is_closed(self, sprint: int) -> bool:
        return sprint in self.sprints and self.sprints[sprint].state == "closed"
