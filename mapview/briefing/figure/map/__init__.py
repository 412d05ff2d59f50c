"""How a map is drawn: ground, hatches, symbols, names and where they find room."""
