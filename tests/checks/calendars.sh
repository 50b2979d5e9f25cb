#!/bin/sh
# calendars.sh PFH -- libpfh's calendars in public readers, and against the plans: TAP.
#
# The readers come from package registries (PyPI, npm, Maven); what cannot be reached is skipped, soon.
set -u
pfh=${1:?usage: calendars.sh PATH-OF-pfh}
here=$(cd "$(dirname "$0")" && pwd) || exit 1
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT INT TERM

PIP_RETRIES=0 PIP_TIMEOUT=10 PIP_DISABLE_PIP_VERSION_CHECK=1 npm_config_fetch_retries=0 npm_config_fetch_timeout=10000
PYTHONDONTWRITEBYTECODE=1
export PIP_RETRIES PIP_TIMEOUT PIP_DISABLE_PIP_VERSION_CHECK npm_config_fetch_retries npm_config_fetch_timeout
export PYTHONDONTWRITEBYTECODE
timeout 400 python3 "$here/../tools/compare_calendars.py" --pfh "$pfh" --scratch "$dir" </dev/null
