#!/bin/sh
# Makes sure that the browser tests have a Chromium: one that is there, Debian's package where this may install it,
# or Playwright's own. The one without windows takes a fifth less of the processor, and older systems do not have it.
# Takes the Python of the virtual environment.
set -u
python=$1

if "$python" -m scripts.find_browser >/dev/null 2>&1; then
  exit 0
fi
sh scripts/install_debian_package.sh chromium-headless-shell "the browser tests" ||
  sh scripts/install_debian_package.sh chromium "the browser tests"
if ! "$python" -m scripts.find_browser >/dev/null 2>&1; then
  echo "Installing Playwright's Chromium for the browser tests"
  "$python" -m playwright install chromium
fi
if ! "$python" -m scripts.find_browser >/dev/null 2>&1; then
  echo "The browser tests need Chromium, and none could be installed." >&2
  echo "Install one (on Debian: apt-get install chromium), or name one in CONSOLE_TEST_BROWSER." >&2
  exit 1
fi
