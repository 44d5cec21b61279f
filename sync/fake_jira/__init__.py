"""A local Jira for the demo and the tests: real HTTP on loopback, Cloud and Data Center dialects, all in memory.

server.py       FakeJira: real HTTP on loopback; start here
application.py  log-in, faults, dispatch, the request log
search.py, issues.py, edits.py, comments.py, agile.py    the routes, by subject; call.py is what they are given
jql.py, clauses.py, operands.py                          queries: the grammar, the meaning, the operands
records.py, world.py, state.py, history.py               what is kept, how it changes, the verbs of people
dialect.py, cloud.py, datacenter.py, text.py             where the two kinds of Jira differ
parts.py, values.py, rendering.py                        records as JSON
faults.py       trouble on demand
raw.py          filling it from an archive of a real Jira
"""
