"""The pages of refinement: the agenda of one layer, in each format."""
