"""A bundle for support: what is in it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

#: The largest bundle that an agent sends and a hub takes, in bytes.
LARGEST_BUNDLE = 64_000_000
#: The largest part of it that is sent at once, in bytes.
CHUNK = 64 * 1024
#: The largest manifest, in bytes of UTF-8.
LARGEST_MANIFEST = 100_000


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of a bundle: its name, its size in bytes before compression, the SHA-256 of its
    bytes in hexadecimal, and in a sentence what it holds.
    """

    name: str
    size: int
    sha256: str
    what: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """``manifest.json``: what a bundle holds, and in sentences what was left out of it."""

    format: int
    reference: str
    made_at: str
    installation: str | None
    versions: dict[str, str]
    files: tuple[BundleFile, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleReady:
    """A bundle lies at ``path``, ``size`` bytes large, and has not been sent."""

    reference: str
    path: str
    size: int
    files: tuple[BundleFile, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleSent:
    """The hub has a bundle; ``received_at`` by its clock (RFC 3339)."""

    reference: str
    hub_name: str
    received_at: str
