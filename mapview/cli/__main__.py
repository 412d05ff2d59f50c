"""Lets `python -m mapview.cli` be the command `mapview`."""

from __future__ import annotations

import sys

from mapview.cli import main

sys.exit(main())
