"""A rule of another package, from its entry point to its page."""
