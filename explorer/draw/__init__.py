"""Drawing: a Chart on a screen, in a picture, and to a screen reader. Only this room knows pyqtgraph.

The way of a drawing: a Chart and a size become a Frame (``layout``: every bar, line and label with its place,
measured once); the Frame is painted (``paint``) by a scene item on screen and straight onto a picture.
"""
