"""What the tests of the page "Data" share."""

from __future__ import annotations

from pathlib import Path

import pytest
from data_page import Open, open_page


@pytest.fixture
def opened(own_use: Path) -> Open:
    """A function that opens the page for a file that was handed in, or for none."""
    return open_page
