"""Names that IPP writes where the Printer-MIB has numbers (PWG 5100.9, PWG 5100.13).

Both standards write the labels of the IANA-PRINTER-MIB; the older marker-types write them with
dashes ("waste-toner"). They are compared without dashes and in lower case; a number is taken as it
is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from core.telemetry.ipp.observe import number

_MARKS: Final = re.compile(r"[^a-z0-9]+")


def code_of(text: str | None, names: Mapping[str, int]) -> int | None:
    """Give the number of a label; ``None`` for one that the standard has not."""
    if text is None:
        return None
    told = number(text)
    return told if told is not None else names.get(_MARKS.sub("", text.casefold()))


def _numbered(first: int, labels: str) -> dict[str, int]:
    return {name.lower(): first + at for at, name in enumerate(labels.split())}


# PrtMarkerSuppliesTypeTC
SUPPLY_TYPES: Final = _numbered(
    1,
    "other unknown toner wasteToner ink inkCartridge inkRibbon wasteInk opc developer fuserOil "
    "solidWax ribbonWax wasteWax fuser coronaWire fuserOilWick cleanerUnit fuserCleaningPad "
    "transferUnit tonerCartridge fuserOiler water wasteWater glueWaterAdditive wastePaper "
    "bindingSupply bandingSupply stitchingWire shrinkWrap paperWrap staples inserts covers",
) | {"wastetonerreceptacle": 4, "wasteinkreceptacle": 8, "tonercollection": 4}
# PrtMarkerSuppliesClassTC
SUPPLY_CLASSES: Final = {"other": 1, "supplythatisconsumed": 3, "receptaclethatisfilled": 4}
# PrtMarkerSuppliesSupplyUnitTC: only percent changes what a level means.
SUPPLY_UNITS: Final = {"percent": 19}
# PrtAlertGroupTC
ALERT_GROUPS: Final = {
    "hostresourcesmibstoragetable": 3,
    "hostresourcesmibdevicetable": 4,
    **_numbered(
        5,
        "generalPrinter cover localization input output marker markerSupplies markerColorant "
        "mediaPath channel interpreter consoleDisplayBuffer consoleLights alert",
    ),
    **_numbered(30, "finDevice finSupply finSupplyMediaInput finAttributeTable"),
}
# PrtAlertSeverityLevelTC
ALERT_SEVERITIES: Final = {"other": 1, "critical": 3, "warning": 4, "warningbinarychangeevent": 5}
# PrtAlertCodeTC
ALERT_CODES: Final = {
    **_numbered(
        3,
        "coverOpen coverClosed interlockOpen interlockClosed configurationChange jam "
        "subunitMissing subunitLifeAlmostOver subunitLifeOver subunitAlmostEmpty subunitEmpty "
        "subunitAlmostFull subunitFull subunitNearLimit subunitAtLimit subunitOpened "
        "subunitClosed subunitTurnedOn subunitTurnedOff subunitOffline subunitPowerSaver "
        "subunitWarmingUp subunitAdded subunitRemoved subunitResourceAdded "
        "subunitResourceRemoved subunitRecoverableFailure subunitUnrecoverableFailure "
        "subunitRecoverableStorageError subunitUnrecoverableStorageError subunitMotorFailure "
        "subunitMemoryExhausted subunitUnderTemperature subunitOverTemperature "
        "subunitTimingFailure subunitThermistorFailure",
    ),
    **_numbered(
        501,
        "doorOpen doorClosed powerUp powerDown printerNMSReset printerManualReset "
        "printerReadyToPrint",
    ),
    **_numbered(
        801,
        "inputMediaTrayMissing inputMediaSizeChange inputMediaWeightChange inputMediaTypeChange "
        "inputMediaColorChange inputMediaFormPartsChange inputMediaSupplyLow "
        "inputMediaSupplyEmpty inputMediaChangeRequest inputManualInputRequest "
        "inputTrayPositionFailure inputTrayElevationFailure inputCannotFeedSizeSelected",
    ),
    **_numbered(
        901,
        "outputMediaTrayMissing outputMediaTrayAlmostFull outputMediaTrayFull "
        "outputMailboxSelectFailure",
    ),
    **_numbered(
        1001,
        "markerFuserUnderTemperature markerFuserOverTemperature markerFuserTimingFailure "
        "markerFuserThermistorFailure markerAdjustingPrintQuality",
    ),
    **_numbered(
        1101,
        "markerTonerEmpty markerInkEmpty markerPrintRibbonEmpty markerTonerAlmostEmpty "
        "markerInkAlmostEmpty markerPrintRibbonAlmostEmpty markerWasteTonerReceptacleAlmostFull "
        "markerWasteInkReceptacleAlmostFull markerWasteTonerReceptacleFull "
        "markerWasteInkReceptacleFull markerOpcLifeAlmostOver markerOpcLifeOver "
        "markerDeveloperAlmostEmpty markerDeveloperEmpty markerTonerCartridgeMissing",
    ),
    **_numbered(
        1301,
        "mediaPathMediaTrayMissing mediaPathMediaTrayAlmostFull mediaPathMediaTrayFull "
        "mediaPathCannotDuplexMediaSelected",
    ),
    **_numbered(
        1501,
        "interpreterMemoryIncrease interpreterMemoryDecrease interpreterCartridgeAdded "
        "interpreterCartridgeDeleted interpreterResourceAdded interpreterResourceDeleted "
        "interpreterResourceUnavailable",
    ),
    "interpretercomplexpageencountered": 1509,
    "alertremovalofbinarychangeentry": 1801,
}
