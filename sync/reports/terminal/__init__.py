"""Pages of a run on the terminal, one module a subject. `sync.reports.as_text` puts them together."""
