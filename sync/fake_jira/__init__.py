"""A simulator of Jira for the demo and the tests: HTTP on loopback, Cloud and Data Center dialects, all in memory.

server.py       FakeJira: HTTP on loopback; start here
application.py  log-in, faults, dispatch, the request log
search.py, issues.py, edits.py, comments.py, agile.py    the routes, by subject; call.py is their argument
jql.py, clauses.py, operands.py                          queries: the grammar, the meaning, the operands
records.py, world.py, state.py, history.py               the data, how it changes, the actions of people
dialect.py, cloud.py, datacenter.py, text.py             where the two kinds of Jira differ
parts.py, rendering.py                                   records as JSON
faults.py       errors on demand
raw.py          the content from an archive of a real Jira
"""
