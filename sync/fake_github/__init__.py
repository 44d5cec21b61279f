"""A simulator of GitHub for the demo and the tests, as small as the tracker needs: on loopback, in memory.

server      FakeGithub: log-in, faults, dispatch, the request log; start here
state       the data, and the actions of people             graphql     the documents, by the name of their operation
rest        comments, labels, milestones, the rate limit    rendering   records as JSON of the REST interface
faults      limits and errors as GitHub sends them

It answers at the addresses of an Enterprise Server: /api/v3 and /api/graphql.
"""
