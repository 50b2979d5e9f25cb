#!/bin/sh
# test.sh -- the tests of the Java binding: `test.sh BUILD-DIR [CLASS ...]`, TAP.
#
# BUILD-DIR is one that was configured with -DPFH_BUILD_JAVA=ON and built.  With names of classes of
# org.libpfh.test those alone are run.  PFH_THREAD_SECONDS: how long the threads go on (10).
set -u
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
build=$(cd "$1" && pwd)/bindings/java
shift

jar=$(ls "$build"/libpfh-*.jar 2> /dev/null | head -n 1)
if [ -z "$jar" ]; then
    echo "not ok 1 - java: $build has no jar"
    echo "1..1"
    exit 1
fi

# The small libraries that are put before the others.  Without a compiler their tests are skipped.
preload=$build/preload
mkdir -p "$preload"
for name in other_version no_memory; do
    "${CC:-cc}" -shared -fPIC -I "$source/include" -o "$preload/$name.so" "$source/bindings/smoke/$name.c" -ldl ||
        rm -f "$preload/$name.so"
done

exec java -Dpfh.source="$source" -Dpfh.sources="$build/maven/src/main/java" -Dpfh.preload="$preload" \
    -cp "$jar:$build/maven/target/test-classes:$build/maven/target/test-libraries/*" org.libpfh.test.Tap "$@"
