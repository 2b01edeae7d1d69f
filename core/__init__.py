"""Everything the agent does. Plain asyncio, typed, without Qt."""

from __future__ import annotations

import os

# gRPC reads these once, when it is first imported, and this runs before any module of ours does.
# It has no switch for the TLS version: with our ECDSA certificates and an RSA suite as the only
# one offered for TLS 1.2, that version cannot be agreed on and 1.3 is what remains.
os.environ["GRPC_SSL_CIPHER_SUITES"] = "ECDHE-RSA-AES128-GCM-SHA256"
# The system's resolver, which enrolment asks too: a name is found by both or by neither.
os.environ.setdefault("GRPC_DNS_RESOLVER", "native")
# Its own complaints go to standard error; ours name the cause and what to do.
os.environ.setdefault("GRPC_VERBOSITY", "NONE")
