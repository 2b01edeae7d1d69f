"""``python -m sim serve``: simulated printers on loopback, until standard input closes."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import socket
import stat
import sys
import threading
import time
from collections.abc import Sequence
from ipaddress import IPv4Network

from sim.fleet import build, spread
from sim.server import BindError, Outlet, Path, Server, bind


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; ends the process with status 2 where it is wrong."""
    parser = argparse.ArgumentParser(prog="python -m sim", description=__doc__)
    serve = parser.add_subparsers(required=True).add_parser("serve", help="serve printers")
    add = serve.add_argument
    add("--network", type=IPv4Network, default="127.20.0.0/24", help="where (default %(default)s)")
    add("--count", type=int, default=24, help="how many printers (default %(default)s)")
    add("--port", type=int, default=1161, help="UDP port; 0: any (default %(default)s)")
    add(
        "--single-address",
        action="store_true",
        default=not sys.platform.startswith("linux"),
        help="all on 127.0.0.1, at ports from --port on (always so where only that is loopback)",
    )
    add("--seed", type=int, default=1, help="another seed, other printers")
    add("--speed", type=float, default=1.0, help="how much faster the printers' time runs")
    add("--community", default="public", help="what they answer to")
    add("--delay-ms", type=float, default=0.0, help="one-way delay of the path")
    add("--loss", type=float, default=0.0, help="share of datagrams lost each way, 0 to 1")
    add("--json", action="store_true", help="say what is served as one JSON object")
    options = parser.parse_args(arguments)
    if options.count < 1:
        serve.error("--count must be 1 or more")
    return options


def open_outlets(options: argparse.Namespace) -> list[Outlet]:
    """Make the printers and their sockets; raises ``BindError`` or ``ValueError``."""
    if options.single_address:
        addresses = ["127.0.0.1"] * options.count
        ports = [options.port + (number if options.port else 0) for number in range(options.count)]
    else:
        addresses = spread(options.network, options.count, options.seed)
        ports = [options.port] * options.count
    allow_sockets(options.count)
    printers = build(addresses, options.seed, options.community)
    places = zip(printers, addresses, ports, strict=True)
    return [Outlet(printer, bind(address, port)) for printer, address, port in places]


def allow_sockets(count: int) -> None:
    """Ask the system for as many open sockets as are needed."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + 64
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def announce(outlets: Sequence[Outlet], *, as_json: bool) -> str:
    """Give the one line that says that all is ready."""
    if not as_json:
        places = [":".join(map(str, outlet.socket.getsockname())) for outlet in outlets]
        return f"ready {len(places)} {' '.join(places)}"
    rows = []
    for outlet in outlets:
        address, port = outlet.socket.getsockname()
        printer = outlet.printer
        rows.append(
            {
                "address": address,
                "port": port,
                "vendor": printer.spec.maker,
                "model": printer.spec.model,
                "serial": printer.identity.serial,
                "mac": printer.mac.hex(":"),
                "situation": printer.situation.value,
            }
        )
    return json.dumps({"ready": len(rows), "printers": rows})


def tell(stop: socket.socket) -> None:
    """Ask the server to stop."""
    with contextlib.suppress(OSError):
        stop.send(b"x")


def watch_standard_input(stop: socket.socket) -> None:
    """Stop when the program that started this one goes away.

    Only a pipe, a socket or a terminal tells that: /dev/null is at its end from the beginning.
    """
    try:
        mode = os.fstat(0).st_mode
    except OSError:
        return
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or os.isatty(0)):
        return

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 4096):
                pass
        tell(stop)

    threading.Thread(target=watch, daemon=True).start()


def main(arguments: Sequence[str]) -> int:
    """Serve until told to stop; 1 where the printers cannot be set up."""
    options = parse(arguments)
    try:
        outlets = open_outlets(options)
    except (BindError, ValueError) as error:
        sys.stderr.write(f"sim: {error}\n")
        return 1
    teller, listener = socket.socketpair()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: tell(teller))
    watch_standard_input(teller)
    path = Path(options.delay_ms / 1000, options.loss)
    server = Server(
        outlets, clock=time.monotonic, speed=options.speed, path=path, seed=options.seed
    )
    sys.stdout.write(announce(outlets, as_json=options.json) + "\n")
    sys.stdout.flush()
    server.serve(listener)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
