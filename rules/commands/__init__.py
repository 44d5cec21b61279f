"""Commands in comments: `/ready accept [TEAM]`, `reject because ...`, `team TEAM`, `waive RULE until ...`, and others.

Three are the Product Owner's alone: `keep [until DATE]` and `release because ...`, about old issues, and `scope ok`,
about changes of a running sprint. One is the providing team's: `promise SPRINT`, about what another team needs.

Only a comment whose first line is such a command counts, and only from people whose account is in the configuration;
any other text is data. Each command is answered once, in our comment on the issue; a word that is not a command is
answered once an issue.
"""
