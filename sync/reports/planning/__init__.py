"""The pages of Sprint Planning: values made from a run, and one file a format."""
