"""What the map in the browser is made of and is sent."""
