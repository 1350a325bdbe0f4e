"""The signals that end `personalize-local`."""

import signal


def signals_to_end() -> list[signal.Signals]:
    """Return the signals that are to end this process, without those that nohup, or a shell, has it ignore."""
    asked = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    return [each for each in asked if signal.getsignal(each) is not signal.SIG_IGN]
