"""Reads a standalone page: its policy, its inline scripts, its packed data."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from typing import Any

__all__ = ["hashes", "inline", "packed", "policy_of", "text_of"]


def text_of(page: bytes) -> str:
    return page.decode("utf-8")


def policy_of(page: bytes) -> dict[str, list[str]]:
    """The page's policy: directive to its sources."""
    match = re.search(
        r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text_of(page)
    )
    assert match is not None
    rules = match[1].replace("&#39;", "'").split("; ")
    return {rule.split()[0]: rule.split()[1:] for rule in rules}


def inline(page: bytes, tag: str) -> list[str]:
    """The contents of elements without attributes: scripts that run, and styles."""
    return re.findall(rf"<{tag}>(.*?)</{tag}>", text_of(page), re.DOTALL)


def hashes(texts: list[str]) -> list[str]:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return [f"'sha256-{base64.b64encode(one).decode()}'" for one in digests]


def packed(page: bytes, identifier: str) -> Any:
    """The value of a block of packed data."""
    match = re.search(rf'id="{identifier}">([A-Za-z0-9+/=]*)</script>', text_of(page))
    assert match is not None, identifier
    return json.loads(gzip.decompress(base64.b64decode(match[1])))
