"""From ready issues and capacity to a proposal with reasons."""
