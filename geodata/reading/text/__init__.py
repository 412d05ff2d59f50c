"""How is delimited text read: its encoding, what parts its cells, and its rows?"""

from geodata.reading.text.alphabets import Letters, letters_of, note_of
from geodata.reading.text.delimited import open_delimited
from geodata.reading.text.encoding import Encoding, clean_stream, find_encoding

__all__ = [
    "Encoding", "Letters", "clean_stream", "find_encoding", "letters_of", "note_of",
    "open_delimited",
]  # fmt: skip
