"""The floor: import PySide6 and pyqtgraph, paint one bar chart, end. No program of this kind beats it."""

from __future__ import annotations

import os
import sys

from PySide6 import QtWidgets

app = QtWidgets.QApplication(sys.argv[:1])

import pyqtgraph as pg  # noqa: E402

plot = pg.PlotWidget()
plot.addItem(pg.BarGraphItem(x=[0, 1, 2, 3], height=[66, 71, 77, 22], width=0.7))
plot.resize(1280, 800)
plot.show()
app.processEvents()
os._exit(0)
