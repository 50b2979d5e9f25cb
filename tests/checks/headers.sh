#!/bin/sh
# headers.sh -- each public header alone, by every compiler that is here, as C11 and as C++17.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/tap.sh"
include=$here/../../include
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT INT TERM

for compiler in gcc clang g++ clang++; do
    case $compiler in
    *++) language=c++ standard=c++17 ;;
    *) language=c standard=c11 ;;
    esac
    if ! command -v $compiler >/dev/null 2>&1; then
        tap_skip "headers by $compiler as $standard" "no $compiler"
        continue
    fi
    for header in "$include"/pfh/*.h; do
        name=pfh/${header##*/}
        # Twice: a header guards itself.
        printf '#include <%s>\n#include <%s>\nextern int unit_is_not_empty;\n' "$name" "$name" |
            $compiler -x $language -std=$standard -pedantic -Wall -Wextra -Werror \
                -I "$include" -fsyntax-only - >"$log" 2>&1
        tap $? "$name alone by $compiler as $standard" "$log"
    done
done
tap_end
