"""The shell: everything that touches the world, and as little thought as possible."""
