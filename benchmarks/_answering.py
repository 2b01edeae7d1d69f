"""Agents that answer a GET with a text, on one socket an address, until standard input closes.

Usage: _answering.py closed|silent PORT ADDRESS...

As little work as can be: what is measured is who asks. "silent" takes what is sent to all other
addresses and gives no word, as a network behind a firewall; "closed" leaves it to the kernel to say
by ICMP that nothing listens there.
"""

from __future__ import annotations

import selectors
import socket
import sys

from core.snmp.errors import SnmpDecodeError
from core.snmp.message import Message, Pdu, PduKind, decode, encode
from core.snmp.types import Tag, Value, VarBind

_TEXT = Value(Tag.OCTET_STRING, b"Kyocera Printing System")


def reply(data: bytes) -> bytes | None:
    """Give the answer to a request, or nothing to what is none."""
    try:
        message = decode(data)
    except SnmpDecodeError:
        return None
    if message.community != b"public" or message.pdu.kind is not PduKind.GET:
        return None
    found = tuple(VarBind(varbind.oid, _TEXT) for varbind in message.pdu.varbinds)
    pdu = Pdu(PduKind.RESPONSE, message.pdu.request_id, 0, 0, found)
    return encode(Message(message.version, message.community, pdu))


def answer(sock: socket.socket) -> None:
    """Answer all that waits at a socket."""
    while True:
        try:
            data, peer = sock.recvfrom(65535)
        except BlockingIOError:
            return
        response = reply(data)
        if response is not None:
            sock.sendto(response, peer)


def bound(address: str, port: int) -> socket.socket:
    """Open a socket at an address, beside one that has the port on all addresses."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((address, port))
    return sock


def main(others: str, port: int, addresses: list[str]) -> None:
    """Serve until standard input closes."""
    # Never read: when its buffer is full the kernel drops the rest without a word.
    sink = bound("", port) if others == "silent" else None
    with selectors.DefaultSelector() as selector:
        selector.register(sys.stdin, selectors.EVENT_READ)
        for address in addresses:
            selector.register(bound(address, port), selectors.EVENT_READ)
        print("ready", flush=True)
        while True:
            for key, _ in selector.select():
                if not isinstance(key.fileobj, socket.socket):
                    if sink is not None:
                        sink.close()
                    return
                answer(key.fileobj)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
