#!/bin/sh
# test.sh BUILD-FOLDER -- builds the wheel and the module with the address sanitizer, and tests both; prints TAP.
#
# Everything is done in BUILD-FOLDER/binding.  pip needs a package index for what builds the wheel, and for mypy,
# pyright and auditwheel; what cannot be had is skipped with a line.  PFH_THREAD_SECONDS: how long the threads run (10).
set -u
folder=${1:?usage: test.sh BUILD-FOLDER}
here=$(cd "$(dirname "$0")" && pwd) || exit 1
root=$(cd "$here/../.." && pwd) || exit 1
. "$root/tests/checks/tap.sh"
. "$root/tests/setup.sh"
mkdir -p "$folder/binding" || exit 1
work=$(cd "$folder/binding" && pwd) || exit 1
tests=$here/tests
data=$root/examples/data
version=$(sed -n 's/^project(libpfh VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
python=$work/venv/bin/python
log=$work/log
unset PYTHONPATH PYTHONHOME LD_PRELOAD LD_LIBRARY_PATH
PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1 PIP_DISABLE_PIP_VERSION_CHECK=1
export PYTHONDONTWRITEBYTECODE PYTHONUTF8 PIP_DISABLE_PIP_VERSION_CHECK

if ! python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
    tap_skip 'Python: all' 'there is no Python 3.9 with venv'
    tap_end
fi

# ---- Lines of others --------------------------------------------------------------------------

tell() { # tell NAME STATUS FILE: the lines of a program, counted on; one that fails without a word has failed
    awk -v n="$tap_count" '/^(not )?ok - /{ n++; sub(/ok -/, "ok " n " -") } !/^(#|(not )?ok )/{ $0 = "# " $0 } { print }' "$3"
    bad=$(grep -c '^not ok - ' "$3")
    all=$(grep -Ec '^(not )?ok - ' "$3")
    tap_count=$((tap_count + all))
    tap_failed=$((tap_failed + bad))
    if [ "$2" -ne 0 ] && [ "$bad" -eq 0 ]; then
        echo "its end: $2" >>"$3"
        tap 1 "Python: $1 runs to its end" "$3"
    elif [ "$all" -eq 0 ]; then
        tap 1 "Python: $1 has tests" "$3"
    fi
}

suite() { # suite NAME COMMAND...
    name=$1
    shift
    "$@" >"$log" 2>&1 </dev/null
    tell "$name" $? "$log"
}

same() { # same NAME EXPECTED COMMAND...: a program that prints what it should
    name=$1 expected=$2
    shift 2
    "$@" >"$work/printed" 2>"$log" </dev/null && diff "$expected" "$work/printed" >>"$log"
    tap $? "Python: $name" "$log"
}

# ---- With the address sanitizer ---------------------------------------------------------------

# By CMake alone, with the SWIG of the system: the other way in which the module is built.
asan_package=$work/asan/package
asan_libraries=$(for name in libasan libstdc++; do gcc -print-file-name=$name.so 2>/dev/null; done | tr '\n' ' ')

asan_build() {
    pfh_fresh "$root" "$work/asan"
    cmake -S "$root" -B "$work/asan" -DCMAKE_C_COMPILER=gcc -DCMAKE_BUILD_TYPE=Debug -DPFH_SANITIZE=address,undefined \
        -DPFH_BUILD_PYTHON=ON -DPFH_BUILD_CLI=OFF -DPFH_BUILD_EXAMPLES=OFF -DPFH_STATIC=OFF \
        -DPython_EXECUTABLE="$(python3 -c 'import sys; print(sys.executable)')" &&
        cmake --build "$work/asan" --target pfh_python &&
        rm -rf "$asan_package" &&
        cmake --install "$work/asan" --component pfh_python --prefix "$asan_package" &&
        cp "$here"/src/pfh/* "$asan_package/pfh/"
}

asan() { # asan SUITE...
    PFH_TAP='Python, address sanitizer' PYTHONPATH=$asan_package PYTHONMALLOC=malloc PFH_THREAD_SECONDS=2 \
        UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 LD_PRELOAD=$asan_libraries python3 "$tests/run.py" "$@"
}

asan_all() {
    ASAN_OPTIONS=detect_leaks=0:abort_on_error=0
    export ASAN_OPTIONS
    if ! asan_build >"$work/asan.log" 2>&1; then
        echo 'not ok - Python, address sanitizer: it is built'
        tail -n 30 "$work/asan.log" | sed 's/^/#   /'
        return
    fi
    echo 'ok - Python, address sanitizer: it is built'
    asan story vectors many values memory.Children threads
}

in_background() { # in_background NAME COMMAND...: what it prints and its end are kept in files
    name=$1
    shift
    { "$@" >"$work/$name.tap" 2>&1 </dev/null; echo $? >"$work/$name.status"; } &
}

# ---- The wheel --------------------------------------------------------------------------------

no_index='(No matching distribution|Could not find a version|NewConnectionError|ConnectTimeout|ReadTimeout|Name or service)'

wheel_build() {
    rm -rf "$work/venv" "$work/wheels"
    python3 -m venv "$work/venv" && "$python" -m pip wheel --retries 1 --timeout 20 --no-deps -w "$work/wheels" "$here"
}

tool() { # tool NAME: whether it can be had
    [ -x "$work/venv/bin/$1" ]
}

if command -v swig >/dev/null && command -v gcc >/dev/null && [ -e "${asan_libraries%% *}" ]; then
    has_asan=yes
    in_background asan asan_all
else
    has_asan=
    tap_skip 'Python, address sanitizer: all' 'SWIG, or gcc with its sanitizers, is not there'
fi

wheel_build >"$log" 2>&1
status=$?
if [ $status -ne 0 ] && grep -Eq "$no_index" "$log"; then
    has_wheel=
    tap_skip 'Python: the wheel and all tests of it' 'what builds it cannot be had: pip finds no package index'
else
    tap $status 'Python: the wheel is built' "$log"
    has_wheel=$(ls "$work"/wheels/*.whl 2>/dev/null)
fi

# ---- Its tests --------------------------------------------------------------------------------

preloaded() { # preloaded NAME: a library of bindings/smoke, which is put before the others
    cc -shared -fPIC -o "$work/$1.so" "$root/bindings/smoke/$1.c" -ldl
}

short_of_memory() {
    preloaded no_memory && LD_PRELOAD=$work/no_memory.so PFH_STORY=shortage.json "$python" "$tests/run.py" story
}

other_version() {
    preloaded other_version || return
    LD_PRELOAD=$work/other_version.so "$python" -c 'import pfh' 2>&1 && return 1
    LD_PRELOAD=$work/other_version.so "$python" -c 'import pfh' 2>&1 | grep "^ImportError: .*$version.*1\.0\.0"
}

typed() { # typed NAME COMMAND...: of the examples, away from the sources: what is installed is to be found
    name=$1
    shift
    if tool "$1"; then
        (cd "$work/typed" && PATH=$work/venv/bin:$PATH timeout 120 "$@") >"$log" 2>&1
        status=$?
        if [ $status -ne 0 ] && grep -Eq 'npm|nodeenv|getaddrinfo|urlopen error' "$log"; then
            tap_skip "Python: $name" 'it cannot fetch what it needs'
        else
            tap $status "Python: $name" "$log"
        fi
    else
        tap_skip "Python: $name" "$1 cannot be had"
    fi
}

wheel_tests() {
    PATH=$work/venv/bin:$PATH sh "$tests/wheel.sh" "$has_wheel" "$version" "$work"
}

all_of_the_wheel() {
    "$python" -m pip install -q --no-index --no-deps "$has_wheel" >"$log" 2>&1
    tap $? 'Python: it is installed' "$log"
    timeout 120 "$python" -m pip install -q --retries 0 --timeout 20 -r "$tests/tools.txt" >"$work/tools.log" 2>&1 </dev/null
    in_background wheel wheel_tests
    for name in story vectors many values exposed page memory threads; do
        suite "$name" "$python" "$tests/run.py" "$name"
    done
    PFH_TAP='Python, short of memory' suite 'short of memory' short_of_memory
    other_version >"$log" 2>&1
    tap $? 'Python: another major version of libpfh is refused, by name' "$log"
    outputs=$root/examples/expected
    same examples/plan_one.py "$outputs/plan_one.txt" "$python" "$here/examples/plan_one.py"
    same examples/worklist.py "$outputs/worklist.txt" "$python" "$here/examples/worklist.py" "$data/caseload.ndjson" "$data/policy.json"
    same examples/reminders.py "$outputs/reminders.txt" \
        "$python" "$here/examples/reminders.py" "$data/caseload.ndjson" "$data/policy.json" skien-kreftkoordinator
    same examples/merge_copies.py "$outputs/merge_copies.txt" "$python" "$here/examples/merge_copies.py"
    rm -rf "$work/typed"
    cp -R "$here/examples" "$work/typed"
    typed 'mypy --strict of the examples' mypy --strict .
    typed 'mypy of the package' mypy --config-file "$here/pyproject.toml" -p pfh
    typed 'pyright of the examples' pyright .
    typed 'pyright: every type of the package is known' pyright --verifytypes pfh --ignoreexternal
}

[ -z "$has_wheel" ] || all_of_the_wheel
wait
[ -z "$has_wheel" ] || tell 'the wheel' "$(cat "$work/wheel.status")" "$work/wheel.tap"
[ -z "$has_asan" ] || tell 'the address sanitizer' "$(cat "$work/asan.status")" "$work/asan.tap"
tap_end
