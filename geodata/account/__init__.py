"""What the whole set holds: coverage, contradictions, and the account of them."""
