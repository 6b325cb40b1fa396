"""Front door 2: the command line. A command reads options and calls one step or one flow.

Heavy imports happen inside the command that needs them: `overheard --help` must answer at once.
"""

from overheard.cli.app import app, main

__all__ = ["app", "main"]
