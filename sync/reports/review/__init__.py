"""The page of the Sprint Review, in each format."""
