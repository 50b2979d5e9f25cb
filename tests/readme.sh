#!/bin/sh
# Compiles the C block of README.md, runs it and compares its output with the text block below it.
# Usage: tests/readme.sh README.md COMPILER FLAG...
set -eu
readme=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The first block of a language.
block() {
    awk -v open="\`\`\`$1" '$0 == open && !done { on = 1; next } /^```/ && on { on = 0; done = 1 } on' "$readme"
}
block c > "$folder/main.c"
block text > "$folder/expected"
[ -s "$folder/main.c" ] && [ -s "$folder/expected" ] || { echo "$readme: no example found" >&2; exit 1; }
compiler=$1
shift
"$compiler" -std=c11 -Wall -Wextra -Werror "$folder/main.c" -o "$folder/main" "$@"
"$folder/main" > "$folder/got"
diff "$folder/expected" "$folder/got"
