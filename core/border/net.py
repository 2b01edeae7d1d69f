"""The last net: replaces in free texts whatever looks like, or is known as, something hidden."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.border.known import Known, digits_of
from core.border.pseudonyms import Pseudonyms
from core.settings.privacy import Treatment

#: What stands where something is left out.
GONE = "hidden"

# What looks like an IPv4 or IPv6 address and is not a part of a longer one, or of an OID.
_FOUR = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)")
# Rows of ipAddrTable and ipAddressTable (IP-MIB): their index is an address.
_ROW = re.compile(
    r"(?<![\d.])(1\.3\.6\.1\.2\.1\.4\.(?:20\.1\.\d+|34\.1\.\d+\.1\.4)\.)(\d+(?:\.\d+){3})(?![\d.])"
)
_SIX = re.compile(
    r"(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){2,7}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4})"
    r"(?:%\w+)?(?![\w:])"
)
_MAC = re.compile(
    r"(?<![\w:-])(?:0x)?(?:[0-9a-fA-F]{2}([:\- ])(?:[0-9a-fA-F]{2}\1){4}[0-9a-fA-F]{2}"
    r"|[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.[0-9a-fA-F]{4})(?![\w:-])"
)
_UUID = re.compile(r"(?i)(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])")
_TWELVE = re.compile(r"(?i)(?<![0-9a-f])(?:0x)?[0-9a-f]{12}(?![0-9a-f])")
_NAME = re.compile(r"[\w](?:[\w.-]*[\w])?")


@dataclass(frozen=True, slots=True)
class Net:
    """How each kind is treated here, and what makes its stand-ins."""

    treatments: Mapping[str, Treatment]
    pseudonyms: Pseudonyms
    hides: Callable[[str], bool]
    known: Known

    def text(self, text: str, *, patterns: bool = True) -> str:
        """Give a text with nothing hidden in it.

        Without ``patterns`` only what is known goes: a version number may look like an address.
        """
        if self.treatments["macs"] != "show":
            text = _UUID.sub(self._uuid, text)
            # Before the bare ones: their stand-ins would be taken for MACs themselves.
            text = _MAC.sub(lambda found: self.mac(found[0].removeprefix("0x")), text)
            text = _TWELVE.sub(self._known_mac, text)
        if self.treatments["locations"] != "show":
            text = self._places(text)
        if self.treatments["hostnames"] != "show":
            text = _NAME.sub(self._host, text)
        if patterns:
            text = _ROW.sub(lambda found: found[1] + self.address(found[2]), text)
            text = _SIX.sub(self._address, _FOUR.sub(self._address, text))
        return text

    def address(self, text: str) -> str:
        """Give an address as it may be told."""
        how = self.treatments["addresses"]
        if how == "omit":
            return GONE
        if how == "mask" or self.hides(text):
            return self.pseudonyms.address(text)
        return text

    def mac(self, text: str) -> str:
        """Give a MAC as it may be told where one must stand."""
        how = self.treatments["macs"]
        return text if how == "show" else self.pseudonyms.mac(text) if how == "mask" else GONE

    def hostname(self, text: str) -> str:
        """Give a host name as it may be told where one must stand."""
        how = self.treatments["hostnames"]
        return text if how == "show" else self.pseudonyms.hostname(text) if how == "mask" else GONE

    def location(self, text: str) -> str:
        """Give a location as it may be told where one must stand."""
        how = self.treatments["locations"]
        return text if how == "show" else self.pseudonyms.location(text) if how == "mask" else GONE

    def uuid(self, text: str) -> str:
        """Give a UUID as it may be told: those of version 1 end in a MAC."""
        how = self.treatments["macs"]
        return text if how == "show" else self.pseudonyms.uuid(text) if how == "mask" else GONE

    def _address(self, found: re.Match[str]) -> str:
        try:
            ipaddress.ip_address(found[0].partition("%")[0])
        except ValueError:  # a time of day, a version with five digits
            return found[0]
        return self.address(found[0])

    def _uuid(self, found: re.Match[str]) -> str:
        return self.uuid(found[0])

    def _known_mac(self, found: re.Match[str]) -> str:
        digits = digits_of(found[0].lower().removeprefix("0x"))
        return self.mac(digits) if digits in self.known.macs else found[0]

    def _host(self, found: re.Match[str]) -> str:
        name = found[0]
        return self.hostname(name) if self._is_host(name.lower()) else name

    def _is_host(self, name: str) -> bool:
        return name in self.known.hosts or name.partition(".")[0] in self.known.hosts

    def _places(self, text: str) -> str:
        lower = text.lower()
        for place in sorted(self.known.places, key=len, reverse=True):
            if place in lower:
                wanted = re.compile(re.escape(place), re.IGNORECASE)
                text = wanted.sub(lambda found: self.location(found[0]), text)
                lower = text.lower()
        return text
