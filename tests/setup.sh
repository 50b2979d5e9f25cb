# setup.sh -- what examples/run.sh and tests/run.sh need, and how they get it: `. tests/setup.sh`.
#
# On Debian and Ubuntu what is missing is installed with apt-get, by root or through sudo; elsewhere it
# is said.  A thing is missing when its test fails, whatever package it would come from.

# One row a need: for what | Debian's package | how one sees that it is there.
pfh_needs='
build | gcc             | command -v cc || command -v gcc
build | libc6-dev       | echo "#include <stdio.h>" | ${CC:-$(command -v cc || command -v gcc)} -E -
build | make            | command -v make
build | cmake           | pfh_has_cmake
build | pkg-config      | command -v pkg-config
build | libcjson-dev    | pkg-config --exists "libcjson >= 1.7"
build | libical-dev     | pkg-config --exists "libical >= 3.0"
test  | gcc             | command -v gcc
test  | g++             | command -v g++
test  | clang           | command -v clang && command -v clang++
test  | ninja-build     | command -v ninja
test  | libcriterion-dev | pkg-config --exists criterion
test  | binutils        | command -v nm && command -v readelf
test  | valgrind        | command -v valgrind
test  | gcovr           | command -v gcovr
test  | python3         | command -v python3
test  | python3-pip     | python3 -m pip --version
test  | tzdata          | python3 -c "import zoneinfo; zoneinfo.ZoneInfo(\"Europe/Oslo\")"
test  | git             | command -v git
bindings | swig               | command -v swig
bindings | g++                | command -v g++
bindings | python3-venv       | python3 -c "import venv, ensurepip"
bindings | python3-dev        | test -e "$(python3 -c "import sysconfig; print(sysconfig.get_paths()[\"include\"])")/Python.h"
bindings | mono-mcs           | command -v mcs
bindings | mono-devel         | command -v mono && test -e /usr/lib/mono/4.5/Facades/netstandard.dll
bindings | openjdk-17-jdk-headless | pfh_has_jdk
bindings | maven              | command -v mvn
'
# clang keeps its sanitizers in a package of its own, named after its version.
pfh_clang_runtime() {
    command -v clang >/dev/null 2>&1 || return 0
    printf 'int main(void) { return 0; }' |
        clang -x c -fsanitize=address,undefined,fuzzer-no-link -o /dev/null - 2>/dev/null && return 0
    clang -dumpversion | sed 's/^\([0-9]*\).*/libclang-rt-\1-dev/'
}

pfh_has_cmake() { # 3.22 or later
    command -v cmake && cmake --version |
        awk 'NR == 1 { split($3, v, "."); exit !(v[1] > 3 || (v[1] == 3 && v[2] >= 22)) }'
}

pfh_has_jdk() { # 17 or later, whatever package it is from
    command -v javac && javac -version 2>&1 | awk '{ split($2, v, "."); exit !(v[1] >= 17) }'
}

pfh_missing() { # pfh_missing build|test|bindings: packages whose test fails, one a line
    echo "$pfh_needs" | while IFS= read -r row; do
        [ -n "$row" ] || continue
        what=$(echo "$row" | cut -d '|' -f 1 | tr -d ' ')
        package=$(echo "$row" | cut -d '|' -f 2 | tr -d ' ')
        seen=$(echo "$row" | cut -d '|' -f 3-)
        if [ "$what" = build ] || [ "$what" = "$1" ]; then
            (eval "$seen") >/dev/null 2>&1 </dev/null || echo "$package"
        fi
    done
    [ "$1" != test ] || pfh_clang_runtime
}

pfh_apt() { # pfh_apt PACKAGE...
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        as_root=sudo
    else
        return 1
    fi
    echo "Installing: $*"
    pfh_apt_log=$(mktemp) || return 1
    # Without the newest lists the ones there may do; where one package is unknown, the others are wanted.
    if [ -z "${pfh_apt_updated:-}" ]; then
        $as_root apt-get -q update </dev/null >"$pfh_apt_log" 2>&1 || tail -n 5 "$pfh_apt_log" >&2
        pfh_apt_updated=yes
    fi
    pfh_apt_get "$@" || for package in "$@"; do
        pfh_apt_get "$package" || tail -n 5 "$pfh_apt_log" >&2
    done
    rm -f "$pfh_apt_log"
}

pfh_apt_get() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
        -o DPkg::Lock::Timeout=120 install "$@" </dev/null >"$pfh_apt_log" 2>&1
}

pfh_setup() { # pfh_setup build|test|bindings: returns 1, having said what to install, when something is missing
    missing=$(pfh_missing "$1" | sort -u)
    # Twice: some are seen only when others are there (clang's sanitizers, cJSON through pkg-config).
    for round in 1 2; do
        if [ -n "$missing" ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; then
            pfh_apt $missing || break
            missing=$(pfh_missing "$1" | sort -u)
        fi
    done
    [ -z "$missing" ] && return 0
    echo "Missing, by their names in Debian; install them and run this again:" $missing >&2
    echo "(cmake: 3.22 or later; libcjson-dev: cJSON 1.7 or later with its libcjson.pc;" \
        "libical-dev: libical 3.0 or later)" >&2
    return 1
}

pfh_jobs() {
    getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2
}

# A build folder that belongs to another place (a checkout that was moved, or is mounted in a container)
# is begun anew.
pfh_fresh() { # pfh_fresh SOURCE BUILD
    if [ -f "$2/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$1" "$2/CMakeCache.txt"; then
        rm -rf "$2"
    fi
}
