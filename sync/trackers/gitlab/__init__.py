"""GitLab: milestones or iterations are sprints, the weight, a label or the time is the estimate.

    tracker     GitlabTracker                      settings      the `[tracker]` table
    pull        everything a run needs             site          what is known of the site
    parse       JSON into our `Issue`              history       past changes, and what is ours
    write       one batch of changes               api           the calls
    dialect     what its requests do and its answers mean        payloads      JSON, read tolerantly

An issue is known by the number of its project and its number there, "7:12": only administrators may ask for the number
that all of GitLab knows it by. What we wrote is known without a place of its own: a comment by its author and its sign,
a label and a sprint by who added them.
"""
