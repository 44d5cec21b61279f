"""How often the comparison of readiness with trouble finds a rule that matters, and how often it names noise.

    python -m tests.benchmarks.claims

The histories are simulated (`tests.rules.learning.simulation`): one causal rule and ten noise rules, in eight sprints.
"""

from tests.rules.learning.simulation import measured

SPRINTS, SEEDS = 8, 300
ROWS = ((6, 0.5), (12, 0.5), (12, 0.3), (24, 0.3), (48, 0.3), (12, 0.0), (48, 0.0))


def main() -> None:
    """Print the table of docs/learning.md."""
    print("| issues | effect | found | noise named |\n|---|---|---|---|")
    for issues, effect in ROWS:
        wrong, found = measured(SPRINTS, issues, effect, SEEDS)
        named = f"{100 * found:.0f} of 100" if effect else "–"
        print(f"| {SPRINTS * issues} | {100 * effect:.0f} % | {named} | {100 * wrong:.1f} of 100 |")


if __name__ == "__main__":
    main()
