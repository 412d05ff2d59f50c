"""Large record files, read in parts by several processes and never held whole.

Only a file that stands as our own exports do, features apart and all that they name before them,
is read so; whatever else comes is read whole, as small files are, and says what is wrong with it.
`opening` is imported by itself: who checks a file needs nothing of what writes datasets.
"""

from geodata.large.checking import Checked, check_large

__all__ = ["Checked", "check_large"]
