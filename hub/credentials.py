"""What the listeners show, renewed while the hub runs."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc

from core.model.problem import PlatenError
from hub.authority import HubKeys, renewed

_log = logging.getLogger(__name__)


class Credentials:
    """The hub's own certificate for both listeners.

    It is looked at before each handshake, so that a hub that runs for a year does not lapse.
    ``told_host`` is a name that it has to be good for, beside the hub's own.
    """

    def __init__(
        self, folder: Path, keys: HubKeys, now: Callable[[], dt.datetime], told_host: str
    ) -> None:
        self._folder = folder
        self._now = now
        self._told_host = told_host
        self._keys = keys
        self._renew()

    def _renew(self) -> bool:
        made = renewed(self._folder, self._keys, self._now(), [self._told_host])
        self._keys = made or self._keys
        return made is not None

    def mutual(self) -> grpc.ServerCredentials:
        """Credentials that demand a certificate of the hub's authority from the other side."""
        return self._make(demand=True)

    def one_sided(self) -> grpc.ServerCredentials:
        """Credentials for those who have no certificate yet."""
        return self._make(demand=False)

    def _make(self, *, demand: bool) -> grpc.ServerCredentials:
        shown = self._keys.server_pem

        def configuration() -> grpc.ServerCertificateConfiguration:
            pair = [(self._keys.server_key, self._keys.server_pem)]
            root = self._keys.authority_pem if demand else None
            return grpc.ssl_server_certificate_configuration(pair, root_certificates=root)

        def changed() -> grpc.ServerCertificateConfiguration | None:
            nonlocal shown
            try:
                self._renew()
            except PlatenError as error:
                # What there is may still be good; the next handshake tries again.
                _log.error("the hub's certificate cannot be renewed: %s", error)
            if shown == self._keys.server_pem:
                return None
            shown = self._keys.server_pem
            return configuration()

        # None is what gRPC takes for "as before"; its types do not say so.
        fetch: Any = changed
        return grpc.dynamic_ssl_server_credentials(configuration(), fetch, demand)
