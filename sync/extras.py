"""How an extra is installed. readyline is on no package index, so that is done in its checkout."""


def installing(extras: str) -> str:
    """What to do to install one extra, or several with commas between them."""
    return f"install it in your checkout with: pip install -c constraints.txt '.[{extras}]'"
