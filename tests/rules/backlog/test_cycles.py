"""Loops of dependencies."""

from rules.backlog.cycles import find_cycles


def test_a_chain_has_no_loop() -> None:
    """However long: no recursion is used."""
    chain = {f"N{n}": (f"N{n + 1}",) for n in range(5_000)}

    assert find_cycles(chain) == {}


def test_everyone_on_a_loop_sees_it_from_its_own_place() -> None:
    """The way starts with the one who asks."""
    assert find_cycles({"A": ("B",), "B": ("C",), "C": ("A",)}) == {
        "A": ("A", "B", "C"),
        "B": ("B", "C", "A"),
        "C": ("C", "A", "B"),
    }


def test_the_shortest_cycle_is_given() -> None:
    """Not the longest."""
    assert find_cycles({"A": ("B", "C"), "B": ("D",), "C": ("A",), "D": ("A",)})["A"] == ("A", "C")


def test_waiting_for_oneself_is_the_smallest_loop() -> None:
    """One step."""
    assert find_cycles({"A": ("A",), "B": ("A",)}) == {"A": ("A",)}


def test_two_loops_are_kept_apart() -> None:
    """A bridge between them is on neither."""
    found = find_cycles({"A": ("B",), "B": ("A", "X"), "X": ("C",), "C": ("D",), "D": ("C",)})

    assert set(found) == {"A", "B", "C", "D"}
