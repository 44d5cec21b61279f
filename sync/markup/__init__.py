"""The dialects issue texts are written in: each read to a Document, each able to carry our comment."""
