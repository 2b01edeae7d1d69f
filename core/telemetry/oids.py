"""The object identifiers that telemetry asks for, by the name their MIB gives them.

Columns are without an index. Sources: RFC 1213 (system, interfaces, ip), RFC 2790 (Host Resources),
RFC 3805 (Printer MIB v2), PWG 5107.1 (Printer Port Monitor MIB), HP's print server MIB.
"""

from __future__ import annotations

from core.snmp.types import Oid

_MIB2: Oid = (1, 3, 6, 1, 2, 1)
_PRT: Oid = (*_MIB2, 43)
ENTERPRISES: Oid = (1, 3, 6, 1, 4, 1)

SYS_DESCR: Oid = (*_MIB2, 1, 1, 0)
SYS_OBJECT_ID: Oid = (*_MIB2, 1, 2, 0)
SYS_UP_TIME: Oid = (*_MIB2, 1, 3, 0)
SYS_NAME: Oid = (*_MIB2, 1, 5, 0)
SYS_LOCATION: Oid = (*_MIB2, 1, 6, 0)

IF_TYPE: Oid = (*_MIB2, 2, 2, 1, 3)
IF_PHYS_ADDRESS: Oid = (*_MIB2, 2, 2, 1, 6)
IP_AD_ENT_IF_INDEX: Oid = (*_MIB2, 4, 20, 1, 2)

HR_DEVICE_TYPE: Oid = (*_MIB2, 25, 3, 2, 1, 2)
HR_DEVICE_DESCR: Oid = (*_MIB2, 25, 3, 2, 1, 3)
HR_DEVICE_STATUS: Oid = (*_MIB2, 25, 3, 2, 1, 5)
HR_PRINTER_STATUS: Oid = (*_MIB2, 25, 3, 5, 1, 1)
HR_PRINTER_ERROR_STATE: Oid = (*_MIB2, 25, 3, 5, 1, 2)

HR_TYPES: Oid = (*_MIB2, 25, 3, 1)
HR_TYPE_PRINTER: Oid = (*HR_TYPES, 5)

PRT_CONFIG_CHANGES: Oid = (*_PRT, 5, 1, 1, 1)
PRT_CURRENT_LOCALIZATION: Oid = (*_PRT, 5, 1, 1, 2)
PRT_MARKER_DEFAULT: Oid = (*_PRT, 5, 1, 1, 8)
PRT_CONSOLE_LOCALIZATION: Oid = (*_PRT, 5, 1, 1, 10)
PRT_PRINTER_NAME: Oid = (*_PRT, 5, 1, 1, 16)
PRT_SERIAL_NUMBER: Oid = (*_PRT, 5, 1, 1, 17)
PRT_CRITICAL_EVENTS: Oid = (*_PRT, 5, 1, 1, 18)
PRT_ALL_EVENTS: Oid = (*_PRT, 5, 1, 1, 19)

PRT_CHARACTER_SET: Oid = (*_PRT, 7, 1, 1, 4)

PRT_INPUT_CAPACITY: Oid = (*_PRT, 8, 2, 1, 9)
PRT_INPUT_LEVEL: Oid = (*_PRT, 8, 2, 1, 10)
PRT_INPUT_STATUS: Oid = (*_PRT, 8, 2, 1, 11)
PRT_INPUT_MEDIA: Oid = (*_PRT, 8, 2, 1, 12)
PRT_INPUT_NAME: Oid = (*_PRT, 8, 2, 1, 13)
PRT_INPUT_DESCRIPTION: Oid = (*_PRT, 8, 2, 1, 18)

PRT_MARKER_TECH: Oid = (*_PRT, 10, 2, 1, 2)
PRT_MARKER_UNIT: Oid = (*_PRT, 10, 2, 1, 3)
PRT_MARKER_LIFE_COUNT: Oid = (*_PRT, 10, 2, 1, 4)

PRT_SUPPLY_COLORANT: Oid = (*_PRT, 11, 1, 1, 3)
PRT_SUPPLY_CLASS: Oid = (*_PRT, 11, 1, 1, 4)
PRT_SUPPLY_TYPE: Oid = (*_PRT, 11, 1, 1, 5)
PRT_SUPPLY_DESCRIPTION: Oid = (*_PRT, 11, 1, 1, 6)
PRT_SUPPLY_UNIT: Oid = (*_PRT, 11, 1, 1, 7)
PRT_SUPPLY_MAX: Oid = (*_PRT, 11, 1, 1, 8)
PRT_SUPPLY_LEVEL: Oid = (*_PRT, 11, 1, 1, 9)

PRT_COLORANT_VALUE: Oid = (*_PRT, 12, 1, 1, 4)

PRT_CONSOLE_TEXT: Oid = (*_PRT, 16, 5, 1, 2)

PRT_ALERT_SEVERITY: Oid = (*_PRT, 18, 1, 1, 2)
PRT_ALERT_GROUP: Oid = (*_PRT, 18, 1, 1, 4)
PRT_ALERT_GROUP_INDEX: Oid = (*_PRT, 18, 1, 1, 5)
PRT_ALERT_LOCATION: Oid = (*_PRT, 18, 1, 1, 6)
PRT_ALERT_CODE: Oid = (*_PRT, 18, 1, 1, 7)
PRT_ALERT_DESCRIPTION: Oid = (*_PRT, 18, 1, 1, 8)

# ppmPrinterIEEE1284DeviceId, one row a printer, counted by itself and not by hrDeviceIndex.
PPM_DEVICE_ID: Oid = (*ENTERPRISES, 2699, 1, 2, 1, 2, 1, 1, 3)
# gdStatusId of HP's print servers; many other makers answer it too.
HP_DEVICE_ID: Oid = (*ENTERPRISES, 11, 2, 3, 9, 1, 1, 7)
DEVICE_ID_COLUMNS: tuple[Oid, ...] = (PPM_DEVICE_ID, HP_DEVICE_ID)

# Columns whose rows say that a printer stands behind a device index. Discovery and readings both
# ask for all of them, so that they agree.
PRINTER_COLUMNS: tuple[Oid, ...] = (
    PRT_CURRENT_LOCALIZATION,
    PRT_PRINTER_NAME,
    PRT_SERIAL_NUMBER,
    PRT_MARKER_LIFE_COUNT,
    PRT_SUPPLY_MAX,
    PRT_SUPPLY_LEVEL,
)
