"""Where messages go, one channel a file."""
