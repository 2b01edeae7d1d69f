"""What is never asked of a device: people, and what they print or do.

Platen counts pages and supplies; it has no use for the names of jobs, users, files or programs.
Each prefix stands with its reason; ``core.snmp.client`` refuses them and steps over them in walks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from core.model.problem import RefusedError
from core.snmp.types import Oid, format_oid

DENIED: Mapping[Oid, str] = MappingProxyType(
    {
        (1, 3, 6, 1, 2, 1, 1, 4): "SNMPv2-MIB sysContact: a person",
        (1, 3, 6, 1, 2, 1, 3, 1): "RFC1213-MIB atTable: the device's neighbours",
        (1, 3, 6, 1, 2, 1, 4, 22): "IP-MIB ipNetToMediaTable: the device's neighbours",
        (1, 3, 6, 1, 2, 1, 4, 35): "IP-MIB ipNetToPhysicalTable: the device's neighbours",
        (1, 3, 6, 1, 2, 1, 6, 13): "TCP-MIB tcpConnTable: who talks to the device",
        (1, 3, 6, 1, 2, 1, 6, 19): "TCP-MIB tcpConnectionTable: who talks to the device",
        (1, 3, 6, 1, 2, 1, 25, 4): "HOST-RESOURCES-MIB hrSWRun: programs with their arguments",
        (1, 3, 6, 1, 2, 1, 25, 5): "HOST-RESOURCES-MIB hrSWRunPerf: what those programs do",
        (1, 3, 6, 1, 2, 1, 25, 6): "HOST-RESOURCES-MIB hrSWInstalled: names of programs",
        (1, 3, 6, 1, 2, 1, 43, 5, 1, 1, 4): "Printer-MIB prtGeneralCurrentOperator: a person",
        (1, 3, 6, 1, 2, 1, 43, 5, 1, 1, 5): "Printer-MIB prtGeneralServicePerson: a person",
        (1, 3, 6, 1, 4, 1, 11, 2, 3, 9, 1, 1, 13): "HP JetDirect: its password",
        (1, 3, 6, 1, 4, 1, 11, 2, 3, 9, 4, 2, 1, 1, 6, 5): "HP job-info: names of jobs and users",
        (1, 3, 6, 1, 4, 1, 77, 1, 2, 25): "LanMgr-Mib-II svUserTable: names of users",
        (1, 3, 6, 1, 4, 1, 253, 8, 58): "Xerox job management: what jobs hold",
        (1, 3, 6, 1, 4, 1, 253, 8, 59): "Xerox job monitoring: names of jobs and their owners",
        (1, 3, 6, 1, 4, 1, 367, 3, 2, 1, 3): "Ricoh queues: names of documents",
        (1, 3, 6, 1, 4, 1, 1347, 47): "Kyocera job information: names of jobs and users",
        (1, 3, 6, 1, 4, 1, 2699, 1, 1): "Job-Monitoring-MIB: names of jobs, files and their owners",
        (1, 3, 6, 1, 6, 3, 15): "SNMP-USER-BASED-SM-MIB: SNMP users and their keys",
        (1, 3, 6, 1, 6, 3, 16): "SNMP-VIEW-BASED-ACM-MIB: SNMP users and their rights",
        (1, 3, 6, 1, 6, 3, 18): "SNMP-COMMUNITY-MIB: communities",
    }
)
_LENGTHS = sorted({len(prefix) for prefix in DENIED})


@lru_cache(maxsize=4096)
def denied_prefix(oid: Oid) -> Oid | None:
    """Give the denied prefix that ``oid`` lies in, or ``None``."""
    for length in _LENGTHS:
        if oid[:length] in DENIED:
            return oid[:length]
    return None


@lru_cache(maxsize=1024)
def holds_denied(root: Oid) -> bool:
    """Whether a denied prefix lies below ``root``."""
    return any(prefix[: len(root)] == root for prefix in DENIED)


def refuse_denied(oid: Oid) -> None:
    """Raise ``RefusedError`` (code ``oid_denied``) if ``oid`` must not be asked."""
    prefix = denied_prefix(oid)
    if prefix is not None:
        raise RefusedError(
            "oid_denied",
            f"{format_oid(oid)} is never asked: it is part of {DENIED[prefix]}.",
            "Ask for counters, supplies, status or identity.",
        )
