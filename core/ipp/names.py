"""The attributes that Platen asks for, by what they are for."""

from __future__ import annotations

from typing import Final

# RFC 8011 section 5.4, PWG 5100.13; "cups-version" tells a computer's print queue from a printer.
IDENTITY: Final = (
    "printer-make-and-model",
    "printer-device-id",
    "printer-uuid",
    "printer-serial-number",
    "printer-name",
    "printer-dns-sd-name",
    "printer-info",
    "printer-location",
    "printer-firmware-name",
    "printer-firmware-string-version",
    "printer-firmware-version",
    "printer-uri-supported",
    "cups-version",
)
# RFC 8011 section 5.4.6: where the printer's own web page is.
MORE_INFO: Final = "printer-more-info"
# RFC 8011 section 5.4.11 on, PWG 5100.9.
STATUS: Final = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-up-time",
    "printer-alert",
    "printer-alert-description",
)
# PWG 5100.13 (printer-supply), and the older names of CUPS that every AirPrint printer has.
SUPPLIES: Final = (
    "marker-names",
    "marker-colors",
    "marker-types",
    "marker-levels",
    "marker-low-levels",
    "marker-high-levels",
    "printer-supply",
    "printer-supply-description",
)
# PWG 5100.13.
TRAYS: Final = ("printer-input-tray", "printer-output-tray")
# PWG 5100.22 section 7.3; the "-col" ones divide by monochrome, full colour and so on.
COUNTERS: Final = (
    "printer-impressions-completed",
    "printer-impressions-completed-col",
    "printer-media-sheets-completed",
    "printer-media-sheets-completed-col",
    "printer-pages-completed",
    "printer-pages-completed-col",
)
