#!/bin/sh
# test.sh -- the tests of the Java binding: `test.sh BUILD-DIR [CLASS ...]`, TAP.
#
# BUILD-DIR is configured with -DPFH_BUILD_JAVA=ON and built, also where it was before.  With names of classes of
# org.libpfh.test those alone are run.  PFH_THREAD_SECONDS: how long the threads go on (10).
set -u
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
. "$source/tests/checks/tap.sh"

mkdir -p "$1"
build=$(cd "$1" && pwd)
shift
work=$build/bindings/java
log=$(mktemp)
trap 'rm -f "$log"' EXIT

for tool in swig javac mvn cmake; do
    if ! command -v $tool >/dev/null 2>&1; then
        tap_skip 'java: all' "$tool is not there"
        tap_end
    fi
done

{ cmake -S "$source" -B "$build" -DPFH_BUILD_JAVA=ON -DCMAKE_BUILD_TYPE=Release &&
    cmake --build "$build" -j "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" --target pfh_java; } >"$log" 2>&1
status=$?
if [ $status -ne 0 ] && grep -Eq 'Could not transfer artifact|Unknown host|in offline mode' "$log"; then
    tap_skip 'java: all' 'Maven does not reach the repository that its plugins and JUnit are in'
    tap_end
fi
tap $status 'java: it is built' "$log"
[ $status -eq 0 ] || tap_end
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")

# The small libraries that are put before the others.  Without a compiler their tests are skipped.
preload=$work/preload
mkdir -p "$preload"
for name in other_version no_memory; do
    "${CC:-cc}" -shared -fPIC -o "$preload/$name.so" "$source/bindings/smoke/$name.c" -ldl || rm -f "$preload/$name.so"
done
"${CC:-cc}" -shared -fPIC -o "$preload/unwiped.so" "$here/src/test/native/unwiped.c" -ldl || rm -f "$preload/unwiped.so"
for minor in 0 999; do
    "${CC:-cc}" -shared -fPIC -DMINOR=$minor -o "$preload/version_0_$minor.so" "$here/src/test/native/version.c" ||
        rm -f "$preload/version_0_$minor.so"
done

java -Dpfh.source="$source" -Dpfh.sources="$work/maven/src/main/java" -Dpfh.preload="$preload" \
    -cp "$work/libpfh-$version.jar:$work/maven/target/test-classes:$work/maven/target/test-libraries/*" \
    org.libpfh.test.Tap "$@" >"$log" 2>&1
ended=$?
while IFS= read -r line; do
    case $line in
    "ok "*" # SKIP "*) line=${line#*- } && tap_skip "${line%% # SKIP *}" "${line#* # SKIP }" ;;
    "ok "*) tap 0 "${line#*- }" ;;
    "not ok "*) tap 1 "${line#*- }" ;;
    1..*) ;;
    "#"*) echo "$line" | cut -c 1-300 ;;
    *) printf '# %s\n' "$line" | cut -c 1-300 ;;
    esac
done <"$log"
# A crash is not a line; a failed line is one already.
[ $ended -le 1 ] && grep -q '^1\.\.' "$log"
tap $? "java: the tests came to their end (status $ended)"
tap_end
