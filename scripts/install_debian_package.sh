#!/bin/sh
# Installs a package of Debian where this may, and does nothing elsewhere. Takes its name, and what it is for.
set -u

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Debian's $1 for $2"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
fi
