"""`readyline init`: look at a site and write a valid configuration for it.

    discover    what the site has, asked once       template    the configuration file as text
    habits      what its issues show of the teams   write_file  the file, validated first
    place       the written files                   output      what the command prints
    wanted      what is asked for               gitlab_site what a GitLab has
    github_site what a GitHub has               redmine_site  what a Redmine has

Nothing is written to the tracker, and no file is overwritten.
"""
