"""How a pass is told, one renderer a file."""
