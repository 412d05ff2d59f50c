"""How is delimited text read: its encoding, what parts its cells, and its rows?"""

from geodata.reading.text.delimited import open_delimited
from geodata.reading.text.encoding import Encoding, clean_stream, find_encoding

__all__ = ["Encoding", "clean_stream", "find_encoding", "open_delimited"]
