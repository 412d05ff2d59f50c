"""Figures: a briefing as PNG, SVG or PDF, drawn without a browser; `draw` is the door."""
