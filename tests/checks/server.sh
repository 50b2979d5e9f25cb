#!/bin/sh
# server.sh PFH -- libpfh's calendar through a server and a client that nobody here wrote: TAP.
#
# Radicale, vdirsyncer and khal come from PyPI; where they cannot be reached all is skipped, soon.  The server
# listens on 127.0.0.1 and is ended by the tool that starts it, also when this script is interrupted.
set -u
pfh=${1:?usage: server.sh PATH-OF-pfh}
here=$(cd "$(dirname "$0")" && pwd) || exit 1
dir=$(mktemp -d) || exit 1
tool=
end() {
    [ -z "$tool" ] || { kill "$tool" 2>/dev/null && wait "$tool"; }
    rm -rf "$dir"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

PIP_RETRIES=0 PIP_TIMEOUT=10 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
export PIP_RETRIES PIP_TIMEOUT PIP_DISABLE_PIP_VERSION_CHECK PYTHONDONTWRITEBYTECODE
timeout -k 10 400 python3 "$here/../tools/calendar_server.py" --pfh "$pfh" --scratch "$dir" </dev/null &
tool=$!
wait "$tool"
status=$?
tool=
exit $status
