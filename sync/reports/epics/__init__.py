"""The page of epics and of the increment they belong to, in each format."""
