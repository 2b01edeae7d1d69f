"""The dealer's reference server."""

from __future__ import annotations

import core  # noqa: F401 - sets the TLS version for gRPC before anything here imports it
