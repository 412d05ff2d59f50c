"""What stands beside the map, one panel a file; `mapview.ui.panel` says which is shown."""
