"""The tables of each file, version by version.

A journal outlives releases: to change a table, add a step, and a database of the version before to the tests.
"""

from sync.store.database import Schema

_STORE_1 = (
    # The journal
    """CREATE TABLE IF NOT EXISTS runs (
        id TEXT PRIMARY KEY, started TEXT NOT NULL, finished TEXT, digest TEXT NOT NULL, undoes TEXT
    ) STRICT""",
    """CREATE TABLE IF NOT EXISTS writes (
        seq INTEGER PRIMARY KEY, run TEXT NOT NULL REFERENCES runs (id), issue TEXT NOT NULL, key TEXT NOT NULL,
        kind TEXT NOT NULL, change TEXT NOT NULL, before TEXT NOT NULL, at TEXT NOT NULL,
        result TEXT, reason TEXT, after TEXT
    ) STRICT""",
    "CREATE INDEX IF NOT EXISTS writes_by_run ON writes (run)",
    "CREATE INDEX IF NOT EXISTS writes_unsettled ON writes (seq) WHERE result IS NULL",
    "CREATE TABLE IF NOT EXISTS marks (issue TEXT PRIMARY KEY, marks TEXT NOT NULL) STRICT",
    # History for trends
    """CREATE TABLE IF NOT EXISTS passes (
        run TEXT PRIMARY KEY, at TEXT NOT NULL, issues INTEGER NOT NULL, ready INTEGER NOT NULL, score REAL, runway REAL
    ) STRICT""",
    "CREATE TABLE IF NOT EXISTS backlogs (day TEXT PRIMARY KEY, at TEXT NOT NULL, items TEXT NOT NULL) STRICT",
    # The baseline
    "CREATE TABLE IF NOT EXISTS baseline (fingerprint TEXT PRIMARY KEY) STRICT",
    # Commands and our answers
    """CREATE TABLE IF NOT EXISTS answers (
        seq INTEGER PRIMARY KEY, comment TEXT NOT NULL UNIQUE, issue TEXT NOT NULL, text TEXT NOT NULL,
        waiver TEXT, accepts INTEGER NOT NULL
    ) STRICT""",
    # Messages to people
    """CREATE TABLE IF NOT EXISTS sent (
        seq INTEGER PRIMARY KEY, at TEXT NOT NULL, recipient TEXT NOT NULL, occasions TEXT NOT NULL
    ) STRICT""",
    # The tracker's mails
    """CREATE TABLE IF NOT EXISTS mails (
        run TEXT NOT NULL, at TEXT NOT NULL, issue TEXT NOT NULL, about TEXT NOT NULL, person TEXT NOT NULL,
        settled INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE INDEX IF NOT EXISTS mails_by_time ON mails (at)",
    # Human edits
    """CREATE TABLE IF NOT EXISTS touches (
        issue TEXT PRIMARY KEY, content TEXT NOT NULL, at TEXT NOT NULL, wrote TEXT NOT NULL
    ) STRICT""",
)
_STORE_2 = (
    "ALTER TABLE passes RENAME TO run_figures",
    "ALTER TABLE touches RENAME TO human_edits",
    "ALTER TABLE sent RENAME TO messages",
)
_STORE_3 = (
    # Requests that wait for the weekly limit of mails, and since when
    """CREATE TABLE waiting (
        issue TEXT NOT NULL, about TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (issue, about)
    ) STRICT""",
    # The accounts of mail addresses that the tracker showed
    "CREATE TABLE addresses (address TEXT PRIMARY KEY, account TEXT NOT NULL) STRICT",
    # What an undo paused: a label or the comment of an issue, or all moves into a sprint
    """CREATE TABLE paused (
        subject TEXT NOT NULL, mark TEXT NOT NULL, run TEXT NOT NULL, until TEXT, PRIMARY KEY (subject, mark)
    ) STRICT""",
)
_STORE_4 = (
    *(
        f"ALTER TABLE baseline ADD COLUMN {column} TEXT NOT NULL DEFAULT ''"
        for column in ("key", "rule", "phrase", "because", "at")
    ),
    "ALTER TABLE answers ADD COLUMN sprint TEXT NOT NULL DEFAULT ''",
    # Marks that a baseline holds back, until the verdict or the sprint is another one
    """CREATE TABLE IF NOT EXISTS baseline_marks (
        issue TEXT NOT NULL, mark TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (issue, mark)
    ) STRICT""",
)
_STORE_5 = (
    # The template and the values of an answer, with which it is shown in the language of comments
    "ALTER TABLE answers ADD COLUMN wording TEXT NOT NULL DEFAULT ''",
)
_STORE_6 = (
    # What people last said of an issue: 1 that nothing is written there, 0 that everything is again
    "ALTER TABLE answers ADD COLUMN hands_off INTEGER",
)
_STORE_7 = (
    "ALTER TABLE writes ADD COLUMN status INTEGER",
    "ALTER TABLE writes ADD COLUMN restricted INTEGER NOT NULL DEFAULT 0",
    # Every run, and what each left unwritten: an entry holds from run number `first` to run number `last`
    """CREATE TABLE run_log (
        number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, at TEXT NOT NULL, digest TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE not_written (entry TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT",
    "CREATE INDEX not_written_by_last ON not_written (last)",
)
_STORE_8 = (
    # Of the issues in the ready horizon, how many there are and how many are ready
    *(f"ALTER TABLE run_figures ADD COLUMN {column} INTEGER" for column in ("near", "near_ready")),
)
_STORE_9 = (
    # The team that a decision about a proposal is for, and whether it is a rejection
    "ALTER TABLE answers ADD COLUMN team TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE answers ADD COLUMN rejects INTEGER NOT NULL DEFAULT 0",
)
_STORE_10 = (
    # The findings that people were shown on the tracker, and how each ended; `reaction` is NULL until then
    """CREATE TABLE shown_findings (
        issue TEXT NOT NULL, rule TEXT NOT NULL, first TEXT NOT NULL, reaction TEXT, at TEXT,
        PRIMARY KEY (issue, rule, first)
    ) STRICT""",
)
_STORE_11 = (
    # What was said before each sprint of a team, and what came
    """CREATE TABLE forecasts (
        team TEXT NOT NULL, sprint TEXT NOT NULL, name TEXT NOT NULL, made TEXT NOT NULL, unit TEXT NOT NULL,
        p15 REAL NOT NULL, p50 REAL NOT NULL, p85 REAL NOT NULL, is_guess INTEGER NOT NULL, came REAL, ended TEXT,
        PRIMARY KEY (team, sprint)
    ) STRICT""",
)
_STORE_12 = (
    # The Product Owner's answer to "keep or release?" about an old issue
    "ALTER TABLE answers ADD COLUMN stay TEXT",
)
_STORE_13 = (
    # What the last run before a sprint knew of its team: readiness, runway, accepted findings
    """CREATE TABLE sprint_starts (
        team TEXT NOT NULL, sprint TEXT NOT NULL, at TEXT NOT NULL, near INTEGER NOT NULL, ready INTEGER NOT NULL,
        runway REAL, accepted INTEGER NOT NULL,
        PRIMARY KEY (team, sprint)
    ) STRICT""",
)
_STORE_14 = (
    # What each sprint held when it started, and which change of scope an answer acknowledges
    """CREATE TABLE sprint_scopes (
        sprint TEXT PRIMARY KEY, seen TEXT NOT NULL, goal TEXT NOT NULL, issues TEXT NOT NULL, rebuilt INTEGER NOT NULL
    ) STRICT""",
    "ALTER TABLE answers ADD COLUMN scope TEXT NOT NULL DEFAULT ''",
)
_STORE_15 = (
    # Of a message that some channels or recipients did not take: which, with their answers, and when it is sent again
    "ALTER TABLE messages ADD COLUMN reached INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE messages ADD COLUMN missing TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE messages ADD COLUMN tries INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE messages ADD COLUMN next_try TEXT NOT NULL DEFAULT ''",
)
_STORE_16 = (
    # The sprint that a team promised for an issue
    "ALTER TABLE answers ADD COLUMN promise TEXT",
)
_STORE_17 = (
    # The issues on the agendas of refinement, and when each was settled
    """CREATE TABLE refinements (
        at TEXT NOT NULL, layer TEXT NOT NULL, team TEXT NOT NULL, place INTEGER NOT NULL, issue TEXT NOT NULL,
        key TEXT NOT NULL, base REAL NOT NULL, minutes REAL NOT NULL, points REAL NOT NULL, settled TEXT,
        PRIMARY KEY (at, layer, team, issue)
    ) STRICT""",
)
_STORE_18 = (
    # Where the last look-ahead that people saw had each issue: the team, and the first day of its sprint
    "CREATE TABLE planned_ahead (issue TEXT PRIMARY KEY, team TEXT NOT NULL, first TEXT NOT NULL) STRICT",
)
_STORE_19 = (
    # What people want to discuss, with the result; and when each team last saw its next sprints
    """CREATE TABLE topics (
        number INTEGER PRIMARY KEY, at TEXT NOT NULL, meeting TEXT NOT NULL, team TEXT NOT NULL, text TEXT NOT NULL,
        minutes INTEGER NOT NULL, asked_by TEXT NOT NULL, closed TEXT, closed_by TEXT NOT NULL, result TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE seen_ahead (team TEXT PRIMARY KEY, at TEXT NOT NULL, seen_by TEXT NOT NULL) STRICT",
)

_LEFT_AS_IT_IS = (
    "it was left as it is: restore it from a backup, move it away to start without one, "
    "or name another file in [store] path"
)

_SINCE_3 = (
    _STORE_3,
    _STORE_4,
    _STORE_5,
    _STORE_6,
    _STORE_7,
    _STORE_8,
    _STORE_9,
    _STORE_10,
    _STORE_11,
    _STORE_12,
    _STORE_13,
    _STORE_14,
    _STORE_15,
    _STORE_16,
    _STORE_17,
    _STORE_18,
    _STORE_19,
)
"""The steps that the store and the dry-run log have in common."""

STORE = Schema("store", (_STORE_1, _STORE_2, *_SINCE_3), _LEFT_AS_IT_IS)

_DRY_RUN_1 = (
    "CREATE TABLE IF NOT EXISTS diary (since TEXT NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS found (issue TEXT PRIMARY KEY, marks TEXT NOT NULL) STRICT",
)
_DRY_RUN_2 = (
    "ALTER TABLE diary RENAME TO log",
    "ALTER TABLE found RENAME TO real_marks",
)

DRY_RUN_LOG = Schema("dry-run log", ((*_STORE_1, *_DRY_RUN_1), (*_STORE_2, *_DRY_RUN_2), *_SINCE_3), _LEFT_AS_IT_IS)
"""The store's tables, which the same classes read and write, and the log's own."""

MIRROR = Schema(
    "mirror",
    (
        (
            "DROP TABLE IF EXISTS issues",  # of the versions before the first release
            """CREATE TABLE IF NOT EXISTS kept (
                id TEXT PRIMARY KEY, key TEXT NOT NULL, updated TEXT NOT NULL, raw BLOB NOT NULL
            ) STRICT""",
            """CREATE TABLE IF NOT EXISTS readings (
                id TEXT PRIMARY KEY REFERENCES kept ON DELETE CASCADE, way TEXT NOT NULL, issue BLOB NOT NULL
            ) STRICT""",
            "CREATE TABLE IF NOT EXISTS renamed (old TEXT PRIMARY KEY, id TEXT NOT NULL) STRICT",
            "CREATE TABLE IF NOT EXISTS orders (query TEXT PRIMARY KEY, swept TEXT NOT NULL, ids BLOB NOT NULL) STRICT",
            "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        ),
        (
            # Past changes by issue, and of which date of the last change they are
            """CREATE TABLE histories (
                id TEXT PRIMARY KEY, way TEXT NOT NULL, updated TEXT NOT NULL, edits BLOB NOT NULL
            ) STRICT""",
        ),
        (
            # What the rules read in an issue's text, and in which way that issue was parsed (the `way` of its reading)
            """CREATE TABLE texts (
                id TEXT PRIMARY KEY REFERENCES kept ON DELETE CASCADE, way TEXT NOT NULL, text TEXT NOT NULL,
                reading BLOB NOT NULL
            ) STRICT""",
        ),
        (
            # What commands that only look printed, with the digest of all it rests on
            """CREATE TABLE outputs (
                name TEXT PRIMARY KEY, inputs TEXT NOT NULL, until TEXT NOT NULL, code INTEGER NOT NULL,
                content BLOB NOT NULL
            ) STRICT""",
        ),
    ),
    "it is set aside and filled again",
    cache=True,
    private=True,
)

DAYS = Schema(
    "file of earlier days",
    (
        (
            "CREATE TABLE days (number INTEGER PRIMARY KEY, day TEXT NOT NULL UNIQUE) STRICT",
            # A version of a part holds from day number `first` to day number `last` (NULL: until now). With a `depth`
            # it is a difference from the version before.
            """CREATE TABLE parts (
                kind TEXT NOT NULL, id TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER, digest BLOB NOT NULL,
                depth INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (kind, id, first)
            ) STRICT""",
            "CREATE INDEX parts_by_last ON parts (last)",
        ),
    ),
    "it was left as it is: move it away to start without the earlier days, or name another file in [store] path",
    private=True,
)
