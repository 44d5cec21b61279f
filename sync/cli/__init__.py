"""The command line: commands, the terminal, usage errors."""
