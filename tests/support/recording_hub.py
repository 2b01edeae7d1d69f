"""``python -m hub``, with every message that it receives written down as it is on the wire.

The file is named by PLATEN_WIRE; what stands in it is what an ear behind the TLS would hear.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc

from hub.cli import main


class Recorder(grpc.aio.ServerInterceptor):
    """Keeps the bytes of every request, and its metadata."""

    async def intercept_service(self, continuation: Callable[..., Any], details: Any) -> Any:
        handler = await continuation(details)
        read = handler.request_deserializer

        def keep(data: bytes) -> Any:
            with Path(os.environ["PLATEN_WIRE"]).open("ab") as file:
                file.write(f"\n{details.method} {details.invocation_metadata}\n".encode() + data)
            return read(data)

        return handler._replace(request_deserializer=keep)


if __name__ == "__main__":
    grpc.aio.server = functools.partial(grpc.aio.server, interceptors=[Recorder()])
    main()
