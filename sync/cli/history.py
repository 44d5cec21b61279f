"""The command `history`: it needs nothing but the store."""

from sync.cli.terminal import Terminal


def show(terminal: Terminal, name: str, last: int) -> None:
    """Print what a run wrote and did not write; without a name, the latest runs. Raises `UsageError`."""
    with terminal.busy("Reading the history"):
        from sync.reports import run_history
        from sync.reports.json_models import dump
        from sync.run.history import history_of, past_runs

        with terminal.store() as store:
            record = history_of(store, name) if name else None
            runs = () if name else past_runs(store, last)
    if record is not None:
        terminal.answer(
            text=lambda: run_history.page(record),
            json=lambda: dump(run_history.document(record)),
            markdown=lambda: run_history.markdown(record),
            csv=lambda: run_history.csv_of(record),
        )
    else:
        terminal.answer(
            text=lambda: run_history.list_page(runs),
            json=lambda: dump(run_history.runs_document(runs)),
            markdown=lambda: run_history.list_markdown(runs),
            csv=lambda: run_history.csv_of_runs(runs),
        )
