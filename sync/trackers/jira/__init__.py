"""Jira, Cloud and Data Center.

    tracker     JiraCloud, JiraDatacenter          settings    what the configuration says
    pulling     everything a pass needs            fields      which custom field holds what
    harvest     fetching only what changed         payloads    JSON, read tolerantly
    writing     one batch of changes               reading     JSON into our `Issue`
    api         the calls both answer alike        jql         putting queries together
    cloud, datacenter    the calls that differ
    survey      what `doctor` and `init` ask       filters     what a board's saved query says

Nothing is imported here: the client libraries take a second to load, and the settings are needed without them.
"""
