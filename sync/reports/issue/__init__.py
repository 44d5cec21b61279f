"""The page of one issue, as `readyline why` shows it: the verdict, the data it is based on, and the smallest fix."""
