"""Cycles in a graph of dependencies: strongly connected components by Tarjan's algorithm, without recursion."""

from collections import deque
from collections.abc import Iterator, Mapping

Graph = Mapping[str, tuple[str, ...]]


def find_cycles(ahead: Graph) -> Mapping[str, tuple[str, ...]]:
    """Every node that reaches itself, with a shortest way round that starts with it (and does not repeat it)."""
    cycles: dict[str, tuple[str, ...]] = {}
    for part in _strongly_connected(ahead):
        inside = frozenset(part)
        for node in part:
            if way := _shortest_cycle(ahead, node, inside):
                cycles[node] = way
    return cycles


def _shortest_cycle(ahead: Graph, start: str, inside: frozenset[str]) -> tuple[str, ...]:
    before: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for after in ahead.get(node, ()):
            if after == start:
                return _walk_back(before, start, node)
            if after in inside and after not in before:
                before[after] = node
                queue.append(after)
    return ()


def _walk_back(before: Mapping[str, str], start: str, node: str) -> tuple[str, ...]:
    way = [node]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def _strongly_connected(ahead: Graph) -> Iterator[list[str]]:
    """Tarjan's strongly connected parts (SIAM J. Comput. 1972), with a stack of our own: a chain may be long."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    open_nodes: list[str] = []
    is_open: set[str] = set()
    for root in ahead:
        if root in number:
            continue
        work = [(root, iter(ahead.get(root, ())))]
        while work:
            node, rest = work[-1]
            if node not in number:
                number[node] = low[node] = len(number)
                open_nodes.append(node)
                is_open.add(node)
            after = next((n for n in rest if n not in number or n in is_open), None)
            if after is not None and after not in number:
                work.append((after, iter(ahead.get(after, ()))))
            elif after is not None:
                low[node] = min(low[node], number[after])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == number[node]:
                    yield _close(open_nodes, is_open, node)


def _close(open_nodes: list[str], is_open: set[str], root: str) -> list[str]:
    part: list[str] = []
    while not part or part[-1] != root:
        part.append(open_nodes.pop())
        is_open.discard(part[-1])
    return part
