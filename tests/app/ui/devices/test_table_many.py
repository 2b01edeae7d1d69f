"""The table of devices with 10,000 of them selected."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.devices.model import DeviceModel
from app.ui.devices.table import DeviceTable
from app.ui.theme import Theme
from tests.support.gui_watch import LIMIT
from tests.support.sample_devices import summaries


def test_everything_selected_is_painted_at_once(qtbot: QtBot, theme: Theme) -> None:
    model = DeviceModel()
    table = DeviceTable(model)
    qtbot.addWidget(table)
    table.resize(1000, 600)
    model.update(summaries(10_000))
    table.show()
    QApplication.processEvents()
    took = []
    for _ in range(3):
        table.clearSelection()
        QApplication.processEvents()
        began = time.thread_time()
        table.selectAll()
        QApplication.processEvents()
        took.append(time.thread_time() - began)
    assert len(table.chosen) == 10_000
    assert min(took) < LIMIT
