"""The local Jira stand-in and an invented company to fill it."""
