"""GitHub: issues of repositories, or the items of a Project with its iterations, estimates and order.

    tracker     GithubTracker                      settings      the `[tracker]` table
    pull        everything a run needs             site          what is known of the site and its Project
    parse       JSON into our `Issue`              sprints       iterations or milestones as sprints
    timeline    who changed what                   filters       the backlog query
    write       one batch of changes               api           the calls
    queries     the GraphQL documents              payloads      JSON, read tolerantly
    dialect     what its requests do and its answers mean

Issues are read by GraphQL, because only it has the order and the fields of a Project. Comments, labels and milestones
are REST. An issue is known by its node id, which is another one after a transfer.
"""
