"""What a figure is drawn on: canvas, fonts, sizes."""
