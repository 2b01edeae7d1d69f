"""Every view in a language that nobody speaks: nothing hard-coded, nothing cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.main import close_workers, make_workers
from app.ui import languages, wording
from app.ui.theme import Theme
from app.views.window import MainWindow
from app.workers.connection import ConnectionWorker
from core.model.jsonio import to_json
from core.telemetry.rules.book import BUILTIN
from tests.support import pseudo
from tests.support.fake_agent import BUNDLE, FOLDER
from tests.support.need import ROOT
from tests.support.qt_loop import QtLoop
from tests.support.scenes import scenes
from tests.support.whole_life import agent

SIZES = ((980, 600), (1280, 800))
NAMES = ("Platen", "Ctrl", "http", "kB", "MB")
TRANSLATION = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS>
<TS version="2.1" language="de_DE"><context><name>Devices</name><message>
<source>Devices</source><translation>Geräte</translation></message></context>
<context><name>Scan</name><message numerus="yes"><source>%n printer(s) found</source><translation>
<numerusform>%n Drucker gefunden</numerusform><numerusform>%n Drucker gefunden!</numerusform>
</translation></message></context></TS>"""


@pytest.fixture
def window(loop: QtLoop, qapp: QApplication, qtbot: QtBot, theme: Theme) -> Iterator[MainWindow]:
    translator = pseudo.speak(qapp)
    workers = make_workers(ConnectionWorker(FOLDER, agent().connect))
    made = MainWindow(workers)
    qtbot.addWidget(made)
    made.show()
    workers.connection.start()
    loop.wait(lambda: made.devices._loaded and made.alerts._loaded and made.alerts.desk.loaded)
    yield made
    loop.run(close_workers(workers))
    qapp.removeTranslator(translator)


def known() -> frozenset[str]:
    """Give every word that the agent says: it is data, whatever language the window speaks."""
    data = agent()
    told = (*data.devices.values(), *data.readings.values(), data.status, BUNDLE)
    alerts = (*data.alerts.items.values(), *data.alerts.own.values(), *BUILTIN)
    months = [QLocale().monthName(n, QLocale.FormatType.ShortFormat) for n in range(1, 13)]
    return pseudo.words(*NAMES, *months, *(to_json(each) for each in (*told, *alerts)))


def walk(window: MainWindow, loop: QtLoop) -> tuple[set[str], set[str]]:
    """Give what was never translated, and what is cut off, in all scenes and sizes."""
    hard: set[str] = set()
    cut: set[str] = set()
    data = known()
    for size in SIZES:
        window.resize(*size)
        for scene in scenes(window, loop):
            for widget, what, text in pseudo.shown_texts(window):
                if pseudo.foreign(text, data):
                    hard.add(f"{scene}: {pseudo.widget_name(widget)}, {what}: {text!r}")
            cut |= {f"{size} {scene}: {said}" for _, said in pseudo.cut_off(window)}
    return hard, cut


def test_nothing_is_hard_coded_and_nothing_is_cut_off(window: MainWindow, loop: QtLoop) -> None:
    hard, cut = walk(window, loop)
    assert not hard, "\n".join(sorted(hard))
    assert not cut, "\n".join(sorted(cut))


@pytest.mark.timeout(300)
def test_the_same_at_200_percent() -> None:
    if os.environ.get("QT_SCALE_FACTOR"):
        pytest.skip("this is it")
    name = f"{__file__}::{test_nothing_is_hard_coded_and_nothing_is_cut_off.__name__}"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", name],
        cwd=ROOT,
        env=os.environ | {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_the_test_sees_what_it_looks_for(window: MainWindow, loop: QtLoop) -> None:
    window.header.support.setText("Hard")
    window.header.support.setFixedWidth(20)
    seen = [text for _, _, text in pseudo.shown_texts(window) if pseudo.foreign(text, known())]
    assert "Hard" in seen
    assert any("'Hard'" in said for _, said in pseudo.cut_off(window))


def test_words_in_brackets_are_spoken_and_data_is_known() -> None:
    assert pseudo.pseudo("Read %n of %1").startswith("«Réàd %n öf %1·")
    assert pseudo.foreign("«Réàd «ñöw»» 62 HP", frozenset({"HP"})) == []
    assert pseudo.foreign("«Réàd» now", frozenset()) == ["now"]


def test_a_language_without_a_translation_changes_nothing(qapp: QApplication) -> None:
    assert languages.install(qapp, QLocale("fi")) == []
    assert QCoreApplication.translate("Devices", "Devices") == "Devices"


def test_a_translation_is_made_and_spoken(qapp: QApplication, tmp_path: Path) -> None:
    source = tmp_path / "platen_de.ts"
    source.write_text(TRANSLATION, "utf-8")
    made = [Path(sys.executable).with_name("pyside6-lrelease"), str(source)]
    subprocess.run(made, check=True, capture_output=True, timeout=30)
    installed = languages.install(qapp, QLocale("de_AT"), tmp_path)
    try:
        assert QCoreApplication.translate("Devices", "Devices") == "Geräte"
        for count, said in ((1, "1 Drucker gefunden"), (3, "3 Drucker gefunden!")):
            form = QCoreApplication.translate("Scan", "%n printer(s) found", "", count)
            assert wording.counted(form, count) == said
    finally:
        for each in installed:
            qapp.removeTranslator(each)
