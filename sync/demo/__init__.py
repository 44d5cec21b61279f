"""The local Jira stand-in and an invented company to fill it: `python -m sync.demo`, `readyline demo`, and the tests.

server.py       StandIn: real HTTP on loopback; start here
application.py  log-in, faults, dispatch, the request log
search.py, issues.py, edits.py, comments.py, agile.py    the routes, by subject; call.py is what they are given
jql.py, clauses.py, operands.py                          queries: the grammar, the meaning, the operands
records.py, world.py, state.py, history.py               what is kept, how it changes, the verbs of people
dialect.py, cloud.py, datacenter.py, text.py             where the two kinds of Jira differ
parts.py, values.py, rendering.py                        records as JSON
faults.py       trouble on demand
company.py, founding.py, people.py, shop/                the invented shop
raw.py          filling it from an archive of a real Jira instead
"""
