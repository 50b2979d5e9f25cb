#!/bin/sh
# coverage.sh BUILD-FOLDER [PERCENT] -- lines and branches of libpfh/ by gcovr; names what is not covered.
#
# Writes coverage.txt (lines), coverage-branches.txt, coverage-files.txt and coverage-total.txt into the build folder, and
# fails below PERCENT (95).
set -u
build=${1:?usage: coverage.sh BUILD-FOLDER [PERCENT]}
least=${2:-95}
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
cd "$root" || exit 1

# gcov now and then counts below zero where many short processes write to one file.
gcovr --root . --filter libpfh/ --gcov-executable "${GCOV:-gcov}" --gcov-ignore-parse-errors \
    --json "$build/coverage.json" --json-pretty "$build" || exit 1
gcovr --root . -a "$build/coverage.json" -o "$build/coverage.txt" || exit 1
gcovr --root . -a "$build/coverage.json" --branches -o "$build/coverage-branches.txt" || exit 1
{
    awk 'FNR == 1 { nr++ }
        $1 ~ /^libpfh/ && nr == 1 { line[$1] = $4; order[++n] = $1 }
        $1 ~ /^libpfh/ && nr == 2 { branch[$1] = $4 }
        END { print "lines  branches"
            for (i = 1; i <= n; i++) printf "%5s  %8s  %s\n", line[order[i]], branch[order[i]], order[i] }' \
        "$build/coverage.txt" "$build/coverage-branches.txt"
} >"$build/coverage-files.txt"
{
    echo "lines:    $(awk '$1 == "TOTAL" { print $4 " of " $2 " (" $3 " covered)" }' "$build/coverage.txt")"
    echo "branches: $(awk '$1 == "TOTAL" { print $4 " of " $2 " (" $3 " taken)" }' "$build/coverage-branches.txt")"
    echo "what is not covered: ${build#"$root"/}/coverage.txt, coverage-branches.txt"
} >"$build/coverage-total.txt"
cat "$build/coverage-files.txt"
gcovr --root . -a "$build/coverage.json" --fail-under-line "$least" --fail-under-branch "$least" >/dev/null
