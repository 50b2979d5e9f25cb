#!/bin/sh
# exports.sh LIBRARY -- what the shared library exports is what tests/exports.txt says, and has its SONAME.
set -u
library=${1:?usage: exports.sh PATH-OF-libpfh.so}
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/tap.sh"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT INT TERM
LC_ALL=C
export LC_ALL

# The version's own name (PFH_0) is absolute, "A"; a symbol is shown as name@@PFH_0.  A sanitizer's and
# a coverage build's symbols are not the library's.
nm -D --defined-only "$library" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort >"$dir/built"
[ -s "$dir/built" ]
tap $? 'the library exports something'
grep -v '^#' "$here/../exports.txt" >"$dir/rows"
awk '{ print $1 }' "$dir/rows" | sort >"$dir/listed"
diff "$dir/listed" "$dir/built" >"$dir/diff"
tap $? 'exported symbols equal tests/exports.txt (< only there, > only in the library)' "$dir/diff"
grep -Ev '^pfh_[a-z0-9_]+ [0-9]+\.[0-9]+\.[0-9]+$' "$dir/rows" >"$dir/odd"
[ ! -s "$dir/odd" ]
tap $? 'every row says since which version' "$dir/odd"
sort -c -u "$dir/rows" 2>"$dir/order"
tap $? 'the rows are sorted, each there once' "$dir/order"

# A header that declares what is not exported, or the other way round.
cat "$here"/../../include/pfh/*.h | tr '\n' ' ' | sed 's/PFH_API/\n&/g' |
    sed -n 's/^PFH_API[^(;]*[ *]\(pfh_[a-z0-9_]*\)(.*/\1/p' | sort >"$dir/declared"
diff "$dir/declared" "$dir/built" >"$dir/diff"
tap $? 'what the headers declare is exported (< only declared, > only exported)' "$dir/diff"

if command -v readelf >/dev/null 2>&1; then
    readelf -d "$library" >"$dir/dynamic" 2>&1
    grep -q 'SONAME.*\[libpfh\.so\.0\]' "$dir/dynamic"
    tap $? 'the SONAME is libpfh.so.0' "$dir/dynamic"
    ! grep -q NODLOPEN "$dir/dynamic"
    tap $? 'it can be loaded with dlopen' "$dir/dynamic"
    nm -D "$library" | grep ' pfh_' | grep -v '@@PFH_0$' >"$dir/plain"
    [ ! -s "$dir/plain" ]
    tap $? 'every symbol has its version, PFH_0' "$dir/plain"
fi
tap_end
