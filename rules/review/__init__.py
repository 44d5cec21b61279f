"""The Sprint Review of a product: what all teams delivered, for which goal and outcome."""
