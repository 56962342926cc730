#!/usr/bin/env python3
"""Waits for the first frame of a window.

    first_frame.py TITLE SINCE      SINCE is when the program was started, as `date +%s.%N` prints it

Prints the window's id and the seconds until it was mapped and showed more than one colour. Needs
python-xlib (pip) or python3-xlib (Debian).
"""

import sys
import time

from Xlib import X, display, error

PATIENCE = 60.0


def named(root, title):
    """The mapped window with a title."""
    for window in root.query_tree().children:
        try:
            shown = window.get_attributes().map_state == X.IsViewable
            if shown and window.get_wm_name() == title:
                return window
        except error.XError:
            continue  # It has just gone.
    return None


def is_drawn(window):
    """Whether a line down the middle has several colours."""
    try:
        height, middle = window.get_geometry().height, window.get_geometry().width // 2
        line = window.get_image(middle, 0, 1, height, X.ZPixmap, 0xFFFFFFFF)
    except error.XError:
        return False
    pixels = {bytes(line.data[at : at + 3]) for at in range(0, len(line.data), 4)}
    return len(pixels) > 1


def main(title, since):
    root = display.Display().screen().root
    while time.time() < since + PATIENCE:
        window = named(root, title)
        if window is not None and is_drawn(window):
            print(window.id, f"{time.time() - since:.2f}")
            return
        time.sleep(0.01)
    sys.exit(f"no frame of a window called {title} within {PATIENCE:.0f} s")


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(sys.argv[1], float(sys.argv[2]))
