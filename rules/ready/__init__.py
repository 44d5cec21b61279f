"""The Definition of Ready, one rule a file."""
