"""The worker's own web server: its pages, its health and figures, and hooks that wake a run. All of it only reads."""
