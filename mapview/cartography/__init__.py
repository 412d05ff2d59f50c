"""How values look on any map: colours, symbols, outlines, legends; data that every pen replays."""
