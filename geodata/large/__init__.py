"""Large record files, read in parts by several processes and never held whole.

Only a file that stands as our own exports do, features apart and all that they name before them,
is read so; whatever else comes is read whole, as small files are, and says what is wrong with it.
"""

from geodata.large.checking import Checked, check_large
from geodata.large.opening import open_large

__all__ = ["Checked", "check_large", "open_large"]
