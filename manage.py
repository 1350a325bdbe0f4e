#!/usr/bin/env python
"""Django's command line for the console, in a checkout of its repository."""

from console.command_line.manage import run

if __name__ == "__main__":
    run()
