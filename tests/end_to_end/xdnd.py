#!/usr/bin/env python3
"""Drops files on a window as a file manager does, by the XDND protocol, version 5.

    xdnd.py WINDOW FILE…        WINDOW is the id that xdotool and xwininfo print

Ends with 0 when the window has taken them. Needs python-xlib (pip) or python3-xlib (Debian).
"""

import sys
import time
from pathlib import Path

from Xlib import X, Xatom, display
from Xlib.protocol import event

PATIENCE = 10.0


class Source:
    """The window that the files are dragged from."""

    def __init__(self, target, files):
        self.display = display.Display()
        self.target = self.display.create_resource_object("window", target)
        screen = self.display.screen()
        self.root = screen.root
        self.window = self.root.create_window(0, 0, 1, 1, 0, screen.root_depth)
        self.uris = "".join(Path(file).resolve().as_uri() + "\r\n" for file in files).encode()

    def atom(self, name):
        return self.display.intern_atom(name)

    def tell(self, kind, *data):
        """Sends a message of the protocol to the target."""
        message = event.ClientMessage(
            window=self.target,
            client_type=self.atom(kind),
            data=(32, [self.window.id, *data, *[0] * (4 - len(data))]),
        )
        self.target.send_event(message)
        self.display.flush()

    def until(self, kind):
        """Serves what the target asks for until its message of a kind comes; returns the message's data."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not self.display.pending_events():
                time.sleep(0.005)
                continue
            told = self.display.next_event()
            if told.type == X.SelectionRequest:
                self.serve(told)
            elif told.type == X.ClientMessage and told.client_type == self.atom(kind):
                return told.data[1]
        sys.exit(f"the window sent no {kind} within {PATIENCE:.0f} s")

    def serve(self, request):
        """Hands the addresses of the files over."""
        asked = request.property or request.target
        request.requestor.change_property(asked, request.target, 8, self.uris)
        request.requestor.send_event(
            event.SelectionNotify(
                time=request.time,
                requestor=request.requestor,
                selection=request.selection,
                target=request.target,
                property=asked,
            )
        )
        self.display.flush()

    def drop(self):
        aware = self.target.get_full_property(self.atom("XdndAware"), Xatom.ATOM)
        if aware is None:
            sys.exit("the window takes no drops (it has no XdndAware)")
        self.window.set_selection_owner(self.atom("XdndSelection"), X.CurrentTime)
        size = self.target.get_geometry()
        corner = self.root.translate_coords(self.target, 0, 0)
        x, y = -corner.x + size.width // 2, -corner.y + size.height // 2
        copy = self.atom("XdndActionCopy")
        self.tell("XdndEnter", 5 << 24, self.atom("text/uri-list"))
        self.tell("XdndPosition", 0, x << 16 | y, X.CurrentTime, copy)
        if not self.until("XdndStatus")[1] & 1:
            sys.exit("the window refuses the drop")
        self.tell("XdndDrop", 0, X.CurrentTime)
        if not self.until("XdndFinished")[1] & 1:
            sys.exit("the window did not take what was dropped")


if len(sys.argv) < 3:
    sys.exit(__doc__)
Source(int(sys.argv[1], 0), sys.argv[2:]).drop()
