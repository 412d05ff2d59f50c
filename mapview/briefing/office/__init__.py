"""What slides and documents share: clean text, its size, templates, the timeline, the legend."""
