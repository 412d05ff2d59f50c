"""What every request goes through: who may ask, from where, what is refused and in which words.

That of uploads is asked for by its own name, since it alone needs Streamlit.
"""

from mapview.web.middleware.compression import Compressed
from mapview.web.middleware.embed_only import EmbedOnly
from mapview.web.middleware.first_look import FirstLook
from mapview.web.middleware.guard import Guard, is_foreign_name, refusal_of
from mapview.web.middleware.known import AsKnown
from mapview.web.middleware.metering import REGISTRY, Metering
from mapview.web.middleware.proxy import Proxy, own_address
from mapview.web.middleware.refusals import (
    HANDLERS,
    LOADS_NOTHING,
    SECONDS_WITHOUT_ENGINE,
    Faults,
    refusal,
    sentence_page,
    told_in,
)
from mapview.web.middleware.security import (
    ANCESTORS_VARIABLE,
    SecurityHeaders,
    frame_ancestors,
    policy,
)

__all__ = [
    "ANCESTORS_VARIABLE", "HANDLERS", "LOADS_NOTHING", "REGISTRY", "SECONDS_WITHOUT_ENGINE",
    "AsKnown", "Compressed", "EmbedOnly", "Faults", "FirstLook", "Guard", "Metering", "Proxy",
    "SecurityHeaders", "frame_ancestors", "is_foreign_name", "own_address", "policy", "refusal",
    "refusal_of", "sentence_page", "told_in",
]  # fmt: skip
