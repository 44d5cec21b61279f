from dataclasses import replace

import pytest

from sync.reports import as_markdown
from sync.reports.markdown import escape
from tests.sync.reports.sample import DRY_RUN, HIDDEN, SECRET, hostile, sample

JOIN = "\N{WORD JOINER}"


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("a | b", r"a \| b"),
        ("*a* _b_ ~~c~~ `d`", r"\*a\* \_b\_ \~\~c\~\~ \`d\`"),
        ("ask @ana", f"ask @{JOIN}ana"),
        ("see #12 and !34", rf"see \#{JOIN}12 and !{JOIN}34".replace("!", r"!")),
        ("https://evil.example", f"https:{JOIN}//evil.example"),
        ("www.evil.example", f"www{JOIN}.evil.example"),
        ("{code} {{7*7}}", r"\{code\} \{\{7\*7\}\}"),
        ("$x$ :bomb:", rf"\$x\$ :{JOIN}bomb:"),
        ("- a", f"{JOIN}- a"),
        ("1. a", f"{JOIN}1. a"),
        ("# a", r"\# a"),
        ("plain words, (really) fine.", "plain words, (really) fine."),
    ],
)
def test_escape(text: str, escaped: str) -> None:
    """Words of a tracker stay words in every dialect."""
    assert escape(text).replace(r"\!", "!") == escaped


def test_tables_keep_their_columns() -> None:
    """A text full of bars and line breaks adds no cell and no row."""
    wild = as_markdown.render(hostile("a | b\n| c | d |\n\n# e"))
    tame = as_markdown.render(hostile("a b"))

    def bars(page: str) -> list[int]:
        return [line.replace(r"\|", "").count("|") for line in page.splitlines()]

    assert bars(wild) == bars(tame)


def test_headings_are_ours() -> None:
    """No issue can begin a section."""
    page = as_markdown.render(hostile("# pwned\n## pwned"))
    assert not [line for line in page.splitlines() if line.startswith("#") and not line.startswith(("# \\#", "#"))]
    assert page.count("\n## ") == as_markdown.render(sample(go_live=DRY_RUN["go_live"])).count("\n## ")


def test_order_is_rank() -> None:
    """The issues that are not ready are in backlog order."""
    page = as_markdown.render(sample()).partition("## Not ready: ")[2].partition("\n## ")[0]
    ranks = [
        int(line.split(" | ")[0].strip("| "))
        for line in page.splitlines()
        if line.startswith("| [") or line[2:3].isdigit()
    ]
    assert ranks == sorted(ranks)
    assert len(ranks) == 13


def test_each_measure_of_deep_has_a_row_of_its_own() -> None:
    """The letter and its score are in the first row of its measures."""
    table = as_markdown.render(sample()).partition("| Letter | Score | Measure |")[2].partition("\n\n")[0]
    rows = [row.strip("| ").split(" | ") for row in table.splitlines()[2:]]
    letters = sample().deep.letters
    assert len(rows) == sum(len(letter.measures) for letter in letters)
    assert [row[0] for row in rows if len(row) == 3] == [letter.name for letter in letters]


def test_restricted() -> None:
    """A restricted issue is there by its key alone."""
    page = as_markdown.render(sample())
    assert HIDDEN in page
    assert SECRET not in page


@pytest.mark.parametrize("site", ["", "javascript:alert(1)", "https://user:pass@shop.example", "https://a b.example"])
def test_no_link(site: str) -> None:
    """Only a plain http or https address makes links."""
    assert "](" not in as_markdown.render(sample(site=site))


def test_all_ready() -> None:
    """A backlog in which everything is ready says so."""
    report = sample()
    ready = tuple(replace(verdict, findings=(), due=()) for verdict in report.judgement.verdicts)
    page = as_markdown.render(replace(report, judgement=replace(report.judgement, verdicts=ready)))
    assert "every issue in the ready horizon is ready" in page
