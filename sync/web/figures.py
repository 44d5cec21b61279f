"""The figures of `/metrics`, in the text format of Prometheus. None holds a key, a name or a text of an issue."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from sync.web.status import Board

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _Figures(Collector):
    def __init__(self, board: Board) -> None:
        self._board = board

    def collect(self) -> Iterator[Metric]:
        status = self._board.status
        runs = CounterMetricFamily("readyline_runs", "Runs by their end.", labels=["end"])
        runs.add_metric(["good"], status.good)
        runs.add_metric(["failed"], status.failed)
        yield runs
        yield CounterMetricFamily("readyline_writes", "Changes written to the tracker.", value=status.written)
        yield CounterMetricFamily("readyline_refused_plans", "Plans that a limit refused.", value=status.refused)
        yield CounterMetricFamily("readyline_requests", "Requests to the tracker.", value=status.requests)
        yield GaugeMetricFamily("readyline_up", "1 where the last run was good.", value=float(status.is_ready))
        yield GaugeMetricFamily("readyline_run_seconds", "Duration of the last good run.", value=status.seconds)
        yield GaugeMetricFamily("readyline_issues", "Issues in the ready horizon.", value=status.issues)
        yield GaugeMetricFamily("readyline_ready_issues", "Ready issues in the ready horizon.", value=status.ready)
        if status.ended is not None:
            ended = status.ended.timestamp()
            yield GaugeMetricFamily("readyline_last_run_timestamp_seconds", "End of the last good run.", value=ended)


def figures(board: Board) -> bytes:
    """All figures as they are now."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(board))
    return generate_latest(registry)
