"""The server as a process, asked by net-snmp's own programs: real SNMP, by others' measure."""

from __future__ import annotations

import contextlib
import json
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from core.snmp.types import parse_oid
from tests.support.need import ROOT, need
from tests.support.simulated import Served, command, simulated

DESCR = ".1.3.6.1.2.1.1.1.0"
LIFE = ".1.3.6.1.2.1.43.10.2.1.4"
CLOSED_STDIN = {"stdin": subprocess.DEVNULL, "cwd": ROOT}


@pytest.fixture(scope="module")
def office() -> Iterator[list[Served]]:
    with simulated("127.27.1.0/24") as printers:
        yield printers


def of_model(printers: list[Served], model: str) -> Served:
    return next(printer for printer in printers if printer.model == model)


def run(
    program: str, printer: Served, *oids: str, version: str = "2c", options: tuple[str, ...] = ()
) -> tuple[int, str]:
    """Ask with a program of net-snmp; give its exit status and all it says."""
    usual = [f"-v{version}", "-cpublic", "-On", "-Oe", "-OU", "-t2", "-r1"]
    done = subprocess.run(
        [need(program), *usual, *options, str(printer), *oids],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def oids_of(output: str) -> list[tuple[int, ...]]:
    lines = [line for line in output.splitlines() if line.startswith(".1.") and " = " in line]
    return [parse_oid(line.split(" = ")[0]) for line in lines if "No more variables" not in line]


def test_there_are_24_printers_of_many_makers_spread_over_the_network(office: list[Served]) -> None:
    assert len(office) == 24
    assert len({printer.vendor for printer in office}) >= 12
    lasts = [int(printer.address.rpartition(".")[2]) for printer in office]
    assert lasts == sorted(set(lasts))
    assert lasts[-1] - lasts[0] > 200


def test_a_walk_is_in_order_and_the_same_in_every_way_of_asking(office: list[Served]) -> None:
    for printer in office:
        walks = [run("snmpbulkwalk", printer, ".1.3", options=("-Cr20",))[1]]
        walks += [run("snmpwalk", printer, ".1.3")[1]]
        walks += [run("snmpwalk", printer, ".1.3", version="1")[1]]
        seen = [oids_of(walk) for walk in walks]
        assert seen[0] == sorted(set(seen[0])), printer
        assert len(seen[0]) > 90, printer
        # An alert may come or go between two walks; everything else stands still.
        stable = [[oid for oid in oids if oid[6:9] != (43, 18, 1)] for oids in seen]
        assert all(oids == stable[0] for oids in stable), printer


def test_get_says_no_such_object_and_no_such_instance(office: list[Served]) -> None:
    status, output = run("snmpget", office[0], DESCR, ".1.3.6.1.2.1.1.1.7", ".1.3.6.1.2.1.99.1.0")
    assert status == 0
    assert f'{DESCR} = STRING: "KYOCERA Document Solutions Printing System"' in output
    assert ".1.3.6.1.2.1.1.1.7 = No Such Instance" in output
    assert ".1.3.6.1.2.1.99.1.0 = No Such Object" in output


def test_version_1_names_the_one_that_is_not_there(office: list[Served]) -> None:
    # -Cf: net-snmp would otherwise leave the failed name out and ask again
    status, output = run(
        "snmpget", office[0], DESCR, ".1.3.6.1.2.1.99.1.0", version="1", options=("-Cf",)
    )
    assert status == 2
    assert "noSuchName" in output
    assert "Failed object: .1.3.6.1.2.1.99.1.0" in output


def test_get_bulk_has_non_repeaters_and_repetitions(office: list[Served]) -> None:
    status, output = run(
        "snmpbulkget",
        office[0],
        ".1.3.6.1.2.1.1.3",
        ".1.3.6.1.2.1.43.11.1.1.9",
        options=("-Cn1", "-Cr3"),
    )
    assert status == 0
    assert oids_of(output) == [
        parse_oid(text)
        for text in (
            ".1.3.6.1.2.1.1.3.0",
            ".1.3.6.1.2.1.43.11.1.1.9.1.1",
            ".1.3.6.1.2.1.43.11.1.1.9.1.2",
            ".1.3.6.1.2.1.43.11.1.1.9.1.3",
        )
    ]


def test_what_the_models_say_arrives(office: list[Served]) -> None:
    jammed = next(printer for printer in office if printer.situation == "jam")
    assert "Paper jam" in run("snmpwalk", jammed, ".1.3.6.1.2.1.43.18.1.1.8")[1]
    assert "04 00" in run("snmpwalk", jammed, ".1.3.6.1.2.1.25.3.5.1.2")[1]
    toshiba = of_model(office, "e-STUDIO2525AC")
    serial = run("snmpget", toshiba, ".1.3.6.1.2.1.43.5.1.1.17.3")[1]
    assert f'"{toshiba.serial}"' in serial
    colon = run("snmpwalk", toshiba, ".1.3.6.1.2.1.2.2.1.6")[1].lower().replace(" ", ":")
    assert toshiba.mac in colon
    assert "= INTEGER: -3" in run("snmpwalk", toshiba, ".1.3.6.1.2.1.43.11.1.1.9.3.5")[1]


def ask(printer: Served, datagram: bytes, timeout: float = 2.0) -> bytes | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(timeout)
        sock.sendto(datagram, (printer.address, printer.port))
        try:
            return sock.recv(65535)
        except TimeoutError:
            return None


# GetRequest, version 2c, community public, id 1: sysDescr.0
GET_DESCR = bytes.fromhex(
    "302602010104067075626c6963a019020101020100020100300e300c06082b060102010101000500"
)


def test_noise_does_not_end_it(office: list[Served]) -> None:
    noise = random.Random(1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for number in range(2000):
            printer = office[number % len(office)]
            datagram = bytearray(GET_DESCR)
            for _ in range(1 + number % 5):
                datagram[noise.randrange(len(datagram))] = noise.randrange(256)
            cut = noise.randrange(len(datagram) + 1)
            sock.sendto(bytes(datagram[:cut]), (printer.address, printer.port))
        sock.sendto(noise.randbytes(20000), (office[0].address, office[0].port))
    assert all(ask(printer, GET_DESCR) for printer in office)


def test_another_community_and_a_faster_clock() -> None:
    with simulated("127.27.2.0/28", 2, "--community", "watermark", "--speed", "40000") as printers:
        kyocera = printers[0]
        assert run("snmpget", kyocera, DESCR, options=("-r0", "-t0.3"))[0] == 1

        def life() -> int:
            status, output = run("snmpwalk", kyocera, LIFE, options=("-cwatermark",))
            assert status == 0
            return int(output.split()[-1])

        first = last = life()
        end = time.monotonic() + 20
        while last < first + 100 and time.monotonic() < end:
            now = life()
            assert now >= last
            last = now
        assert last >= first + 100


def collected(sock: socket.socket, patience: float) -> set[tuple[str, int]]:
    """Give who has answered, until nobody does for so long."""
    sock.settimeout(patience)
    answered = set()
    with contextlib.suppress(TimeoutError):
        while True:
            answered.add(sock.recvfrom(2048)[1])
    return answered


def test_500_printers_are_ready_soon_and_all_answer() -> None:
    begin = time.monotonic()
    with simulated("127.27.4.0/22", 500) as printers:
        ready = time.monotonic() - begin
        assert len({printer.serial for printer in printers}) == 500
        answered: set[tuple[str, int]] = set()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            for start in range(0, 500, 50):  # a stock receive buffer holds some 160 answers
                for printer in printers[start : start + 50]:
                    sock.sendto(GET_DESCR, (printer.address, printer.port))
                answered |= collected(sock, 0.02)
            end = time.monotonic() + 10
            while len(answered) < 500 and time.monotonic() < end:
                answered |= collected(sock, 0.2)
        assert answered == {(printer.address, printer.port) for printer in printers}
    assert ready < 10


def test_a_sleeper_takes_its_time_once() -> None:
    with simulated("127.27.3.0/26") as printers:
        sleeper = of_model(printers, "iR-ADV C3826")
        assert sleeper.situation == "sleeping"
        begin = time.monotonic()
        assert ask(sleeper, GET_DESCR, 5)
        first = time.monotonic() - begin
        assert first >= 1.2
        begin = time.monotonic()
        assert ask(sleeper, GET_DESCR, 5)
        assert time.monotonic() - begin < first / 2


def test_a_path_delays_and_loses() -> None:
    path = ("--delay-ms", "30", "--loss", "0.3")
    with simulated("127.27.3.64/26", 1, *path) as printers:
        waits = []
        for _ in range(24):
            begin = time.monotonic()
            if ask(printers[0], GET_DESCR, 0.12):
                waits.append(time.monotonic() - begin)
        assert min(waits) >= 0.06
        assert 3 <= len(waits) <= 21


def test_a_busy_port_is_named_and_ends_it() -> None:
    with simulated("127.27.3.128/26", 2) as printers:
        taken = printers[0]
        done = subprocess.run(
            command("--network", "127.27.3.128/26", "--count", "2", "--port", str(taken.port)),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
            **CLOSED_STDIN,
        )
    assert done.returncode == 1
    assert f"cannot listen on {taken.address} port {taken.port}" in done.stderr
    assert "--port" in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_too_many_for_the_network_ends_it() -> None:
    done = subprocess.run(
        command("--network", "127.27.3.0/29", "--count", "7", "--port", "0"),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        **CLOSED_STDIN,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "room for 6 printers" in done.stderr


def test_single_address_mode_and_the_plain_line() -> None:
    arguments = command("--single-address", "--count", "3", "--port", "0")
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        words = process.stdout.readline().split()
        process.communicate("")
    assert words[:2] == ["ready", "3"]
    assert len(set(words[2:])) == 3
    assert all(word.startswith("127.0.0.1:") for word in words[2:])
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a signal")
def test_a_signal_ends_it_and_dev_null_does_not() -> None:
    arguments = command("--network", "127.27.3.192/28", "--count", "1", "--port", "0", "--json")
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, **CLOSED_STDIN) as process:
        assert process.stdout is not None
        served = Served(**json.loads(process.stdout.readline())["printers"][0])
        assert ask(served, GET_DESCR)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert ask(served, GET_DESCR, 0.2) is None
