"""One run: what it works with, what it writes, what it publishes."""
