"""Jira, Cloud and Data Center.

    tracker     JiraCloud, JiraDatacenter          settings      the `[tracker]` table
    pull        everything a run needs             fields        which custom field holds what
    fetch       only the issues that changed       parsed_cache  issues as parsed in an earlier run
    changelog   the past changes of issues         parse         JSON into our `Issue`
    write       one batch of changes               people        what people did to our marks
    api         the calls both answer alike        payloads      JSON, read tolerantly
    cloud, datacenter    the calls that differ     issue_ids     which issues a query finds
    dialect     what its requests do and its answers mean
    site_info   what `doctor` and `init` ask       jql, filters  queries, and a board's saved query

Nothing is imported here: the client libraries take a second to load, and the settings are used without them.
"""
