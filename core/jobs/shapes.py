"""What was learned of an agent, carried from one visit to the next by the store."""

from __future__ import annotations

from collections.abc import Sequence

from core.jobs.tools import Tools
from core.model.device import Device
from core.model.identity import Endpoint
from core.snmp.types import SnmpAgent
from core.store.shapes import StoredShape
from core.telemetry.profiles import FOLDER, profiles_with
from core.telemetry.shape import read_known
from core.telemetry.shape_visit import Visit, visit_printers


async def read_again(
    tools: Tools, agent: SnmpAgent, endpoint: Endpoint, at: str, devices: Sequence[Device]
) -> Visit:
    """Read every printer behind ``endpoint`` with what is known of ``devices``, those expected
    there. Raises as ``visit_printers`` does.
    """
    stored = await tools.store.shapes.load([device.key for device in devices])
    known = None if stored is None else read_known(stored.version, stored.body, stored.last)
    profiles = profiles_with(tools.folder / FOLDER)
    return await visit_printers(agent, endpoint, at, profiles, known)


async def keep_shape(tools: Tools, device_key: str, visit: Visit) -> None:
    """Keep what a visit knows for the next one, with one of the devices that it read."""
    shape = visit.known.shape
    body, last = visit.known.texts()
    stored = StoredShape(shape.version, shape.learned_at, body, last)
    await tools.store.shapes.save(device_key, stored)
