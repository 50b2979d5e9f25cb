#!/bin/sh
# numbers.sh LIBRARY -- libpfh and public implementations of the person numbers on the same numbers.
#
# They come from package registries (PyPI, npm, Maven); what cannot be reached is skipped, soon.
set -u
library=${1:?usage: numbers.sh PATH-OF-libpfh.so}
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/tap.sh"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT INT TERM

PIP_RETRIES=0 PIP_TIMEOUT=10 PIP_DISABLE_PIP_VERSION_CHECK=1 npm_config_fetch_retries=0 npm_config_fetch_timeout=10000
export PIP_RETRIES PIP_TIMEOUT PIP_DISABLE_PIP_VERSION_CHECK npm_config_fetch_retries npm_config_fetch_timeout
timeout 300 python3 "$here/../tools/compare_numbers.py" --library "$library" --count 2000 --scratch "$dir" \
    >"$dir/report" 2>"$dir/said" </dev/null
status=$?
sed -n 's/^skipped: //p' "$dir/said" >"$dir/skipped"
sed -n 's/^## //p' "$dir/report" >"$dir/compared"
while IFS= read -r name; do
    tap_skip "numbers against ${name%%: *}" "${name##*: }"
done <"$dir/skipped"
while IFS= read -r name; do
    tap 0 "numbers against $name: asked"
done <"$dir/compared"
cat "$dir/report" "$dir/said" >"$dir/all"
tap $status 'every difference has its explanation' "$dir/all"
tap_end
