"""The bundles that lie in the data folder: found by their reference number, the last ones kept."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from core.model.bundle import BundleReady, Manifest
from core.model.jsonio import from_json
from core.model.problem import BadInputError, PlatenError
from core.model.reference import parse_reference
from core.support.zip import MANIFEST

FOLDER = "bundles"
KEPT = 3
_ABANDONED = 3600.0  # seconds


def find_bundle(folder: Path, reference: str) -> BundleReady:
    """Give a bundle of a data folder; raises ``BadInputError`` (``bad_reference``) for what is no
    number, ``PlatenError`` (``no_such_bundle``) for one that is not there or damaged.
    """
    known = parse_reference(reference)
    path = folder / FOLDER / f"platen-{known}.zip"
    try:
        with ZipFile(path) as found:
            manifest = from_json(found.read(MANIFEST), Manifest)
        size = path.stat().st_size
    except (OSError, BadZipFile, KeyError, BadInputError):
        raise PlatenError(
            "no_such_bundle",
            f"There is no bundle {known} here: the last {KEPT} are kept.",
            "Make a new one; it gets a number of its own.",
        ) from None
    return BundleReady(known, str(path), size, manifest.files, manifest.left_out)


def manifest_of(bundle: BundleReady) -> str:
    """Give its manifest as JSON text."""
    with ZipFile(bundle.path) as found:
        return found.read(MANIFEST).decode()


def keep_newest(folder: Path) -> None:
    """Let the older ones go, and what an end in the middle of one left."""
    found = [path for path in (folder / FOLDER).glob("platen-*.zip") if path.is_file()]
    found.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    old = [
        path
        for path in (folder / FOLDER).glob(".platen-*.part")
        if path.stat().st_mtime < found[0].stat().st_mtime - _ABANDONED
    ]
    for path in (*found[KEPT:], *old):
        path.unlink(missing_ok=True)
