"""Refinement in layers: which meeting each issue of the outlook belongs to, and the agenda of each meeting."""
