#!/bin/sh
# wheel.sh WHEEL VERSION FOLDER -- the wheel by itself: what lies in it, whether it runs where the libraries that it
# carries are not, and in every CPython from 3.9 on that is there.  Prints TAP, without numbers; FOLDER is for work.
set -u
wheel=${1:?usage: wheel.sh WHEEL VERSION FOLDER} version=${2:?} work=${3:?}
here=$(cd "$(dirname "$0")" && pwd) || exit 1
python=${here%/tests}
root=$(cd "$here/../../.." && pwd) || exit 1
log=$work/wheel.log

line() { # line STATUS NAME
    if [ "$1" -eq 0 ]; then
        echo "ok - Python: wheel: $2"
    else
        echo "not ok - Python: wheel: $2"
        sed 's/^/#   /' "$log" | cut -c 1-300 | tail -n 30
    fi
}

skip() { # skip NAME WHY
    echo "ok - Python: wheel: $1 # SKIP $2"
}

# ---- What lies in it --------------------------------------------------------------------------

python3 "$here/content.py" "$wheel" "$version" >"$log" 2>&1
line $? 'its content'

# ---- Where the libraries are not --------------------------------------------------------------

# The libraries of the system that the wheel carries, and libpfh itself.
system_libraries() {
    ldconfig -p | sed -n 's/.* => \(.*\/lib\(pfh\|cjson\|ical\|icu\)[^/]*\.so[^/]*\)$/\1/p' | xargs -r readlink -f | sort -u
}

# In a name space of its own each of them is an empty file.
hide() {
    system_libraries | sed 's/.*/mount --bind "$empty" "&" || exit 99/'
}

alone() { # alone VENV: 99 where hiding is not allowed
    : >"$work/empty"
    {
        echo "empty='$work/empty'"
        hide
        echo "exec '$1/bin/python' '$here/alone.py'"
    } >"$work/alone.sh"
    for how in -m -rm; do
        unshare $how true 2>/dev/null || continue
        env -u LD_LIBRARY_PATH -u PYTHONPATH unshare $how sh "$work/alone.sh"
        return
    done
    return 99
}

try_alone() { # try_alone NAME WHEEL
    rm -rf "$work/alone"
    python3 -m venv "$work/alone" >"$log" 2>&1 &&
        "$work/alone/bin/python" -m pip install -q --no-index --no-deps "$2" >>"$log" 2>&1
    [ $? -eq 0 ] || { line 1 "$1"; return; }
    alone "$work/alone" >>"$log" 2>&1
    status=$?
    if [ $status -eq 99 ]; then
        skip "$1" 'files cannot be hidden from a process here (unshare, mount)'
    else
        line $status "$1"
    fi
}
try_alone 'an empty environment without the libraries of the system' "$wheel"

# ---- Every CPython ----------------------------------------------------------------------------

interpreter() { # interpreter 3.N: its path, if there is one
    for found in "$(command -v "python$1")" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1."*/bin/"python$1"; do
        if "$found" -c 'import pip' 2>/dev/null; then
            echo "$found"
            return
        fi
    done
}

runs() { # runs INTERPRETER: plans one patient
    rm -rf "$work/target"
    "$1" -m pip install -q --no-index --no-deps --no-compile --disable-pip-version-check --target "$work/target" "$wheel" &&
        PYTHONPATH=$work/target "$1" "$python/examples/plan_one.py" >"$work/plan_one.out" &&
        diff "$root/examples/expected/plan_one.txt" "$work/plan_one.out"
}

for minor in 9 10 11 12 13 14; do
    found=$(interpreter "3.$minor")
    if [ -n "$found" ]; then
        runs "$found" >"$log" 2>&1
        line $? "CPython 3.$minor"
    else
        skip "CPython 3.$minor" 'there is none here'
    fi
done

# ---- auditwheel -------------------------------------------------------------------------------

if command -v auditwheel >/dev/null; then
    auditwheel show "$wheel" >"$log" 2>&1 && grep -q 'manylinux_' "$log"
    line $? 'auditwheel names the platforms that it is for'
    rm -rf "$work/repaired"
    auditwheel repair -w "$work/repaired" "$wheel" >"$log" 2>&1
    status=$?
    line $status 'auditwheel repair'
    [ $status -ne 0 ] || try_alone 'the repaired wheel in an empty environment' "$(echo "$work"/repaired/*.whl)"
else
    skip 'auditwheel' 'it cannot be had'
fi
