"""What is to be drawn, placed on a projection: symbols, their labels, frames."""
