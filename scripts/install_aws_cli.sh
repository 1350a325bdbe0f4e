#!/bin/sh
# Makes sure that the tests of AWS clients have an AWS CLI of version 2: one that is there, or Debian's package where
# this may install it. Takes the Python of the virtual environment.
set -u
python=$1

if "$python" -m scripts.find_aws_cli >/dev/null 2>&1; then
  exit 0
fi
sh scripts/install_debian_package.sh awscli "the tests of AWS clients"
if ! "$python" -m scripts.find_aws_cli >/dev/null 2>&1; then
  echo "The tests of AWS clients need the AWS CLI, version 2, and it could not be installed." >&2
  echo "Install it (on Debian: apt-get install awscli), or name one in CONSOLE_TEST_AWS_CLI." >&2
  exit 1
fi
