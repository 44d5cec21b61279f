"""Redmine 5: versions are sprints, custom fields hold the rank, the estimate and our labels.

    tracker     RedmineTracker                     settings      the `[tracker]` table
    pull        everything a run needs             site          what is known of the site
    parse       JSON into our `Issue`              versions      versions as sprints
    journals    past changes, and our notes        record        what we keep in our hidden field
    write       one batch of changes               notes         our comment in the site's markup
    api         the calls                          payloads      JSON, read tolerantly
    dialect     what its requests do and its answers mean

Our comment makes no mail. A change of our hidden field makes a journal that only our role sees, without mail; the text
is put onto that journal. Its details keep naming our field, so nobody else's journal is mistaken for ours.
"""
