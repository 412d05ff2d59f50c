"""What do other programs ask, and how are they answered?"""

from mapview.programs.asking import Asked, NotFoundError, Operation, Parameter
from mapview.programs.counting import counts_payload, tolls_payload
from mapview.programs.document import openapi_document
from mapview.programs.mcp_server import serve_stdio
from mapview.programs.parties import OPERATIONS
from mapview.programs.tolls import toll_payload

__all__ = [
    "OPERATIONS", "Asked", "NotFoundError", "Operation", "Parameter", "counts_payload",
    "openapi_document", "serve_stdio", "toll_payload", "tolls_payload",
]  # fmt: skip
