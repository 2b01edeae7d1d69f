"""A picture's file is whole, or it is as it was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from app.workers.picture_file import save_picture


def test_octets_and_images_are_written_whole(tmp_path: Path) -> None:
    assert save_picture(str(tmp_path / "map.svg"), b"<svg/>") == ""
    assert (tmp_path / "map.svg").read_bytes() == b"<svg/>"
    image = QImage(8, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    assert save_picture(str(tmp_path / "map.png"), image) == ""
    assert QImage(str(tmp_path / "map.png")).size() == image.size()


def test_what_fails_says_why_and_leaves_what_was(tmp_path: Path) -> None:
    assert save_picture(str(tmp_path / "none" / "map.svg"), b"<svg/>")
    kept = tmp_path / "kept.png"
    kept.write_bytes(b"before")
    assert save_picture(str(kept), QImage())  # an image of nothing cannot be written
    assert kept.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.png"]
