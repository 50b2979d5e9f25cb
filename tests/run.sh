#!/bin/sh
# run.sh -- sets up what is needed, builds in three ways and tests everything.
#
# A line a step; what a step said is in build/log/, and on the screen when it fails.  The last line is
# `N passed, N failed`, with `, N skipped` where something could not be tried here; the exit status is
# not 0 when anything failed.  A case is a line of TAP; a step without TAP is one case.
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
cd "$root" || exit 1
. tests/setup.sh
build=$root/build
log=$build/log
jobs=$(pfh_jobs)
passed=0
failed=0
skipped=0
LC_ALL=C.UTF-8
export LC_ALL
unset CC CFLAGS LDFLAGS CMAKE_GENERATOR TZ

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ] || [ $# -gt 0 ]; then
    echo "usage: tests/run.sh    (no arguments; see its top)"
    [ "${1:-}" = --help ] || [ "${1:-}" = -h ]
    exit
fi
mkdir -p "$log" || exit 1

end() {
    tail=
    [ "$skipped" -eq 0 ] || tail=", $skipped skipped"
    echo "$passed passed, $failed failed$tail"
    [ "$failed" -eq 0 ] && exit 0
    exit 1
}

# ---- Steps ----------------------------------------------------------------------------------

# line NAME PASSED FAILED SKIPPED SINCE LOG: adds to the counts and says so.
line() {
    passed=$((passed + $2))
    failed=$((failed + $3))
    skipped=$((skipped + $4))
    said="$2 passed, $3 failed"
    [ "$4" -eq 0 ] || said="$said, $4 skipped"
    printf '%-44s %s (%d s)\n' "$1" "$said" $(($(date +%s) - $5))
    [ "$4" -eq 0 ] || sed -n -e 's/^[0-9]*: skipped: /  skipped: /p' \
        -e 's/^\([0-9]*: \)\{0,1\}ok [0-9 -]*\(.*\) # *[Ss][Kk][Ii][Pp] */  skipped: \2: /p' "$6"
    [ "$3" -eq 0 ] || show "$6"
}

show() { # show LOG: what failed in it, or its end
    echo "  --- ${1#"$root"/}"
    if grep -Eq '(^|: )not ok ' "$1"; then
        grep -E -A 8 '(^|: )not ok |[*][*][*]' "$1" | grep -Ev '(^|: )ok ' | cut -c 1-300 | head -n 120 | sed 's/^/  | /'
    else
        tail -n 60 "$1" | cut -c 1-300 | sed 's/^/  | /'
    fi
}

log_of() {
    echo "$log/$(echo "$1" | tr -c 'a-z0-9\n' '-' | tr -s '-').log"
}

step() { # step NAME COMMAND...: one case
    name=$1 since=$(date +%s) to=$(log_of "$1")
    shift
    if "$@" >"$to" 2>&1 </dev/null; then
        line "$name" 1 0 0 "$since" "$to"
    else
        line "$name" 0 1 0 "$since" "$to"
        return 1
    fi
}

# tally.awk counts TAP, by ctest (lines begin with "N: ") or of one program, and unittest's lines.  A ctest without TAP is one
# case; one that failed without a `not ok` is one failure more; the same holds for the program.
cat >"$log/tally.awk" <<'END'
function count(of, text) {
    if (text ~ /^not ok/) { if (text ~ /# *TODO/) skips++; else { bad++; no[of]++ } lines[of]++ }
    else if (text ~ /^ok/) { if (text ~ /# *[Ss][Kk][Ii][Pp]/) skips++; else good++; lines[of]++ }
}
/^[0-9]+: / { of = $1; sub(/:/, "", of); text = $0; sub(/^[0-9]+: /, "", text); count(of, text); next }
/Test +#[0-9]+: / {
    of = $0; sub(/.*Test +#/, "", of); sub(/:.*/, "", of)
    if ($0 ~ / Passed /) { if (!lines[of]) good++ }
    else if ($0 ~ /Skipped/) { if (!lines[of]) skips++ }
    else if (!no[of]) bad++
    tests++
    next
}
!ctest && /^test.* \.\.\. ok$/ { count("it", "ok"); next } # unittest -v
!ctest && /^test.* \.\.\. skipped/ { count("it", "ok # skip"); next }
!ctest && /^test.* \.\.\. (FAIL|ERROR)$/ { count("it", "not ok"); next }
!ctest { count("it", $0) }
END {
    if (ctest && !tests) bad++
    if (!ctest && status != 0 && !no["it"]) bad++
    if (!ctest && status == 0 && !lines["it"]) good++
    print good + 0, bad + 0, skips + 0
}
END

tap() { # tap NAME COMMAND...: as many cases as it says
    name=$1 since=$(date +%s) to=$(log_of "$1")
    shift
    "$@" >"$to" 2>&1 </dev/null
    status=$?
    set -- $(awk -v status=$status -f "$log/tally.awk" "$to")
    line "$name" "$1" "$2" "$3" "$since" "$to"
}

ctest_in() { # ctest_in NAME BUILD-FOLDER
    name="$1: ctest" since=$(date +%s) to=$(log_of "$1: ctest")
    ctest --test-dir "$2" -V -j "$jobs" --timeout 600 >"$to" 2>&1 </dev/null
    set -- $(awk -v ctest=1 -f "$log/tally.awk" "$to")
    line "$name" "$1" "$2" "$3" "$since" "$to"
}

configure() { # configure PRESET [OPTION...]
    preset=$1
    shift
    pfh_fresh "$root" "$build/$preset"
    cmake --preset "$preset" "$@"
}

built() { # built PRESET [OPTION...]: configured and built, two cases
    preset=$1
    step "$preset: configure" configure "$@" &&
        step "$preset: build" cmake --build "$build/$preset" -j "$jobs"
}

# ---- Set-up ---------------------------------------------------------------------------------

began=$(date +%s)
if ! pfh_setup test; then
    failed=1
    end
fi

# A second reader of calendars for the suites; without it they say that they did without.
if ! PYTHONPATH=$build/python python3 -c 'import icalendar' 2>/dev/null; then
    timeout 120 python3 -m pip install -q --retries 0 --timeout 10 --target "$build/python" icalendar==7.3.0 \
        >"$log/python.log" 2>&1 </dev/null
fi
PYTHONPATH=$build/python
export PYTHONPATH

# ---- The three builds -----------------------------------------------------------------------

ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
export ASAN_OPTIONS UBSAN_OPTIONS
if built ci -DCMAKE_C_COMPILER=gcc; then
    ctest_in ci "$build/ci"
fi
if built sanitizers -DCMAKE_C_COMPILER=clang -DPFH_WERROR=ON -G Ninja; then
    ctest_in sanitizers "$build/sanitizers"
fi
if built coverage -DCMAKE_C_COMPILER=gcc; then
    find "$build/coverage" -name '*.gcda' -exec rm -f {} +
    ctest_in coverage "$build/coverage"
    step 'coverage: lines and branches, 95 % or more' sh tests/checks/coverage.sh "$build/coverage"
    sed 's/^/  /' "$build/coverage/coverage-total.txt" 2>/dev/null
fi
built fuzz && tap 'fuzz: every document of the tests' sh tests/checks/replay.sh "$build/fuzz/tests/fuzz/gate_fuzz" \
    "$build/fuzz/tests/fuzz/merge_fuzz"

# ---- What is installed, the examples, and other implementations -----------------------------------

tap 'install' sh tests/install/run.sh
step 'examples/run.sh' ./examples/run.sh "$build/out"
if [ -x "$build/ci/examples/pfh/pfh" ]; then
    tap 'examples: valgrind' sh tests/checks/valgrind.sh "$build/ci"
    tap 'numbers: other implementations' sh tests/checks/numbers.sh "$build/ci/libpfh.so"
    tap 'calendars: public readers' sh tests/checks/calendars.sh "$build/ci/examples/pfh/pfh"
    tap 'calendars: a server and a client' sh tests/checks/server.sh "$build/ci/examples/pfh/pfh"
fi
tap 'reference: its own tests' python3 tests/reference/test_reference.py -v
tap 'reference of copies: its own tests' python3 tests/reference/test_merge_reference.py -v

# ---- Other languages ------------------------------------------------------------------------------

# What cannot be had here is said, and counted as skipped, by each of these.
pfh_setup bindings
tap 'bindings: the story is whole' python3 bindings/smoke/check.py
for language in python csharp java; do
    tap "bindings: $language" sh "bindings/$language/test.sh" "$build/$language"
done

# ---- The end ---------------------------------------------------------------------------------

echo "all in $((($(date +%s) - began) / 60)) min $((($(date +%s) - began) % 60)) s; logs in build/log/"
end
