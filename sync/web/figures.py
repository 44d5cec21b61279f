"""The figures of `/metrics`, in the text format of Prometheus. None holds a key, a name or a text of an issue."""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from sync.web.status import Board, Status

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


Value = Callable[[Status], float | None]


class _Figures(Collector):
    def __init__(self, boards: Mapping[str, Board]) -> None:
        self._statuses = {product: board.status for product, board in boards.items()}
        self._labels = ("product",) if any(boards) else ()

    def collect(self) -> Iterator[Metric]:
        yield self._runs()
        yield self._count("readyline_writes", "Changes written to the tracker.", lambda one: one.written)
        yield self._count("readyline_refused_plans", "Plans that a limit refused.", lambda one: one.refused)
        yield self._count("readyline_requests", "Requests to the tracker.", lambda one: one.requests)
        yield self._gauge("readyline_up", "1 where the last run was good.", lambda one: float(one.is_ready))
        yield self._gauge("readyline_run_seconds", "Duration of the last good run.", lambda one: one.seconds)
        yield self._gauge("readyline_issues", "Issues in the ready horizon.", lambda one: one.issues)
        yield self._gauge("readyline_ready_issues", "Ready issues in the ready horizon.", lambda one: one.ready)
        if any(status.ended is not None for _, status in self._each()):
            yield self._gauge("readyline_last_run_timestamp_seconds", "End of the last good run.", _moment)

    def _each(self) -> Iterator[tuple[list[str], Status]]:
        """The status of each product, with the values of its labels: its name, where there are several."""
        for product, status in self._statuses.items():
            yield [product][: len(self._labels)], status

    def _runs(self) -> Metric:
        family = CounterMetricFamily("readyline_runs", "Runs by their end.", labels=[*self._labels, "end"])
        for of, status in self._each():
            family.add_metric([*of, "good"], status.good)
            family.add_metric([*of, "failed"], status.failed)
        return family

    def _count(self, name: str, text: str, value: Value) -> Metric:
        return self._filled(CounterMetricFamily(name, text, labels=self._labels), value)

    def _gauge(self, name: str, text: str, value: Value) -> Metric:
        return self._filled(GaugeMetricFamily(name, text, labels=self._labels), value)

    def _filled(self, family: CounterMetricFamily | GaugeMetricFamily, value: Value) -> Metric:
        for of, status in self._each():
            if (figure := value(status)) is not None:
                family.add_metric(of, figure)
        return family


def _moment(status: Status) -> float | None:
    return None if status.ended is None else status.ended.timestamp()


def figures(boards: Mapping[str, Board]) -> bytes:
    """All figures as they are now, with a label for the product; one without a name has no label."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(boards))
    return generate_latest(registry)
