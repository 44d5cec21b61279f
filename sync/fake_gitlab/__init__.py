"""A local GitLab with as much of its REST and GraphQL interfaces as the tracker uses, for the demo and for tests.

    server          FakeGitlab, on this machine         application     log-in, faults, the request log
    routes          what each address does              rendering       records as GitLab's JSON
    state           the site, and people who use it     records         what it holds
    quick_actions   commands in notes, which are executed; and what a note mentions

Editions are "ce", "free" and "premium": without the last there are no weights, iterations or links that block. Unknown
parameters are ignored, labels have a case, and a label that does not exist is made, as on a real one.
"""
