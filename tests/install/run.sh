#!/bin/sh
# run.sh -- libpfh built and installed in every way that is promised, and used by a small program there:
# through pkg-config, CMake, a static link and as a subproject.  TAP on standard output.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 1
root=$(cd "$here/../.." && pwd) || exit 1
. "$root/tests/checks/tap.sh"
version=$(sed -n 's/^project(libpfh VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
dir=$(mktemp -d) || exit 1
dir=$(cd "$dir" && pwd -P)
trap 'rm -rf "$dir"' EXIT INT TERM
log=$dir/log
unset PKG_CONFIG_PATH CMAKE_PREFIX_PATH DESTDIR CC CFLAGS LDFLAGS CMAKE_GENERATOR LD_LIBRARY_PATH
wanted="$version p1"

# The project's folder has a space in its name, and is not to be written into.
source="$dir/the source"
mkdir "$source"
(cd "$root" && cp -R CMakeLists.txt CMakePresets.json README.md CHANGELOG.md LICENSE doc include libpfh pkgconfig "$source" &&
    mkdir "$source/examples" && cp -R examples/pfh "$source/examples/pfh")
listing() { (cd "$source" && find . | LC_ALL=C sort); }
listing >"$dir/before"

try() { # try NAME COMMAND...: ok when it succeeds
    tried=$1
    shift
    "$@" >"$log" 2>&1 </dev/null
    tap $? "$tried" "$log"
}

quietly() {
    "$@" >"$log" 2>&1 </dev/null
}

folder() { # folder NAME: where it is built; a space in it is fine, a comma is none to a linker
    echo "$dir/build $1" | tr -d ,
}

make_it() { # make_it NAME [OPTION...]: configured and built in its folder
    name=$1
    shift
    try "$name: configure" cmake -S "$source" -B "$(folder "$name")" -DCMAKE_BUILD_TYPE=Release \
        -DPFH_WERROR=ON -DPFH_BUILD_EXAMPLES=OFF "$@"
    try "$name: build" cmake --build "$(folder "$name")" -j "$jobs"
}

install_it() { # install_it NAME [OPTION...]
    name=$1
    shift
    try "$name: install" cmake --install "$(folder "$name")" "$@"
    ! grep -q Warning "$log"
    tap $? "$name: install warns of nothing" "$log"
}

says() { # says LIBDIR PROGRAM: it runs and says what it should
    said=$(LD_LIBRARY_PATH=$1 "$2" 2>&1)
    [ "$said" = "$wanted" ] || { echo "said: $said" >>"$log"; return 1; }
}

pc() { # pc LIBDIR ARGUMENT...
    libs=$1
    shift
    PKG_CONFIG_PATH=$libs/pkgconfig pkg-config "$@" libpfh
}

compile() { # compile OUT CC FLAG...
    out=$1 compiler=$2
    shift 2
    quietly $compiler -std=c11 -o "$out" "$here/consumer.c" "$@"
}

by_pkg_config() { # by_pkg_config NAME CC LIBDIR KIND...
    name=$1 compiler=$2 libdir=$3
    shift 3
    [ "$(pc "$libdir" --modversion)" = "$version" ]
    tap $? "$name: pkg-config says $version"
    for kind in "$@"; do
        program="$dir/pc-$kind"
        rm -f "$program"
        case $kind in
        shared) [ "$(pc "$libdir" --libs | sed 's/ *$//')" = "-L$libdir -lpfh" ] && compile "$program" $compiler $(pc "$libdir" --cflags --libs) && says "$libdir" "$program" &&
            readelf -d "$program" >"$log" && grep -q 'NEEDED.*\[libpfh\.so\.0\]' "$log" && ! grep -q cjson "$log" ;;
        static) compile "$program" $compiler $(pc "$libdir" --cflags) -Wl,-Bstatic $(pc "$libdir" --libs-only-L) \
                -lpfh -Wl,-Bdynamic $(pc "$libdir" --static --libs | sed 's/-lpfh//') &&
            says /nowhere "$program" && ! readelf -d "$program" | grep -q libpfh ;;
        only) compile "$program" $compiler $(pc "$libdir" --cflags --libs) && says /nowhere "$program" ;;
        wholly) compile "$program" $compiler -static $(pc "$libdir" --static --cflags --libs) &&
            says /nowhere "$program" && ! readelf -d "$program" 2>/dev/null | grep -q NEEDED ;;
        esac
        tap $? "$name: used through pkg-config, $kind" "$log"
    done
}

by_cmake() { # by_cmake NAME CC LIBDIR "KIND;..." [OPTION...]
    name=$1 compiler=$2 libdir=$3 want=$4
    shift 4
    rm -rf "$dir/consumer"
    quietly cmake -S "$here" -B "$dir/consumer" -DCMAKE_C_COMPILER=$compiler "-DWANT=$want" \
        "-Dlibpfh_DIR=$libdir/cmake/libpfh" "$@" && quietly cmake --build "$dir/consumer"
    tap $? "$name: found and linked by CMake, $want" "$log"
    for kind in $(echo "$want" | tr ';' ' '); do
        says /nowhere "$dir/consumer/consumer_$kind"
        tap $? "$name: what CMake linked runs, $kind" "$log"
    done
}

nothing_of_ours() { # nothing_of_ours NAME LIBDIR REGEX: not in what CMake finds
    ! grep -E "$3" "$2"/cmake/libpfh/libpfh-targets*.cmake >"$log"
    tap $? "$1: the exported targets do not name $3" "$log"
}

has() { # has NAME FOLDER FILE...
    name=$1 where=$2
    shift 2
    for file in "$@"; do
        [ -e "$where/$file" ]
        tap $? "$name: installs $file"
    done
}

# ---- Compilers and generators, relative libdirs ---------------------------------------------------

clang=clang
command -v clang >/dev/null 2>&1 || clang=
ninja=Ninja
command -v ninja >/dev/null 2>&1 || ninja=

a=$dir/a
make_it 'gcc, Make' -G 'Unix Makefiles' -DCMAKE_C_COMPILER=gcc "-DCMAKE_INSTALL_PREFIX=$a" -DCMAKE_INSTALL_LIBDIR=lib
install_it 'gcc, Make'
has 'gcc, Make' "$a" lib/libpfh.so lib/libpfh.so.0 "lib/libpfh.so.$version" lib/libpfh.a lib/pkgconfig/libpfh.pc \
    lib/cmake/libpfh/libpfh-config.cmake include/pfh/pfh.h bin/pfh share/man/man1/pfh.1
[ "$(find "$a/include" -type f | wc -l)" -eq "$(find "$source/include" -type f | wc -l)" ]
tap $? 'gcc, Make: installs every public header'
by_pkg_config 'gcc, Make' gcc "$a/lib" shared static
if [ -n "$(gcc -print-file-name=libcjson.a | grep /)" ]; then
    by_pkg_config 'gcc, Make' gcc "$a/lib" wholly
else
    tap_skip 'gcc, Make: used through pkg-config, wholly' 'no libcjson.a'
fi
by_cmake 'gcc, Make' gcc "$a/lib" 'shared;static'
nothing_of_ours 'gcc, Make' "$a/lib" 'pfh_(flags|objects|cli)'
[ "$("$a/bin/pfh" --version)" = "pfh $version" ]
tap $? 'gcc, Make: the installed pfh finds its library'
sh "$root/tests/checks/exports.sh" "$a/lib/libpfh.so" >"$log" 2>&1
tap $? 'gcc, Make: the installed library exports what it should' "$log"
mv "$a" "$dir/moved"
by_cmake 'gcc, Make, moved' gcc "$dir/moved/lib" 'shared;static'
[ "$("$dir/moved/bin/pfh" --version)" = "pfh $version" ]
tap $? 'gcc, Make, moved: pfh still finds its library'
for asked in 0.2 1.0; do
    ! quietly cmake -S "$here" -B "$dir/asked" -DVERSION=$asked "-Dlibpfh_DIR=$dir/moved/lib/cmake/libpfh"
    tap $? "find_package(libpfh $asked) is refused" "$log"
done

if [ -n "$clang" ] && [ -n "$ninja" ]; then
    make_it 'clang, Ninja, lib64' -G Ninja -DCMAKE_C_COMPILER=clang "-DCMAKE_INSTALL_PREFIX=$dir/b" \
        -DCMAKE_INSTALL_LIBDIR=lib64 -DCMAKE_INSTALL_INCLUDEDIR=include/deep
    install_it 'clang, Ninja, lib64'
    by_pkg_config 'clang, Ninja, lib64' clang "$dir/b/lib64" shared static
    by_cmake 'clang, Ninja, lib64' clang "$dir/b/lib64" 'shared;static'
    [ "$("$dir/b/bin/pfh" --version)" = "pfh $version" ]
    tap $? 'clang, Ninja, lib64: the installed pfh finds its library'
    sh "$root/tests/checks/exports.sh" "$dir/b/lib64/libpfh.so" >"$log" 2>&1
    tap $? 'clang, Ninja, lib64: the installed library exports what it should' "$log"
else
    tap_skip 'clang, Ninja, lib64' 'no clang or no ninja'
fi

# ---- One of the two libraries ---------------------------------------------------------------------

if [ -n "$ninja" ]; then
    make_it 'static only, gcc, Ninja' -G Ninja -DCMAKE_C_COMPILER=gcc -DPFH_SHARED=OFF "-DCMAKE_INSTALL_PREFIX=$dir/c" \
        -DCMAKE_INSTALL_LIBDIR=lib
    install_it 'static only, gcc, Ninja'
    [ ! -e "$dir/c/lib/libpfh.so" ] && [ -e "$dir/c/lib/libpfh.a" ]
    tap $? 'static only, gcc, Ninja: installs libpfh.a alone'
    by_pkg_config 'static only, gcc, Ninja' gcc "$dir/c/lib" only
    by_cmake 'static only, gcc, Ninja' gcc "$dir/c/lib" static
    [ "$("$dir/c/bin/pfh" --version)" = "pfh $version" ]
    tap $? 'static only, gcc, Ninja: pfh runs'
else
    tap_skip 'static only, gcc, Ninja' 'no ninja'
fi
if [ -n "$clang" ]; then
    make_it 'shared only, clang, Make' -G 'Unix Makefiles' -DCMAKE_C_COMPILER=clang -DPFH_STATIC=OFF \
        "-DCMAKE_INSTALL_PREFIX=$dir/d" -DCMAKE_INSTALL_LIBDIR=lib
    install_it 'shared only, clang, Make'
    [ -e "$dir/d/lib/libpfh.so" ] && [ ! -e "$dir/d/lib/libpfh.a" ]
    tap $? 'shared only, clang, Make: installs libpfh.so alone'
    by_pkg_config 'shared only, clang, Make' clang "$dir/d/lib" shared
    nothing_of_ours 'shared only, clang, Make' "$dir/d/lib" 'pfh_(flags|objects|cli)|CJSON'
    PKG_CONFIG_LIBDIR=/nowhere
    export PKG_CONFIG_LIBDIR
    by_cmake 'shared only, clang, Make, where cJSON cannot be found' clang "$dir/d/lib" shared
    by_cmake 'shared of both, where cJSON cannot be found' clang "$dir/moved/lib" shared
    unset PKG_CONFIG_LIBDIR
else
    tap_skip 'shared only, clang, Make' 'no clang'
fi
! quietly cmake -S "$source" -B "$dir/neither" -DPFH_SHARED=OFF -DPFH_STATIC=OFF && grep -q 'nothing to build' "$log"
tap $? 'neither library is refused, with the reason' "$log"

# ---- Where it goes --------------------------------------------------------------------------------

opt=$dir/opt/x/lib
make_it 'absolute libdir' -DCMAKE_C_COMPILER=gcc "-DCMAKE_INSTALL_PREFIX=$dir/e" "-DCMAKE_INSTALL_LIBDIR=$opt"
install_it 'absolute libdir'
[ -e "$opt/libpfh.so.0" ] && [ "$(pc "$opt" --variable=libdir)" = "$opt" ] && [ ! -e "$dir/e/lib" ] &&
    [ "$(pc "$opt" --variable=includedir)" = "$dir/e/include" ]
tap $? 'absolute libdir: libpfh.pc says so' "$opt/pkgconfig/libpfh.pc"
by_pkg_config 'absolute libdir' gcc "$opt" shared static
by_cmake 'absolute libdir' gcc "$opt" 'shared;static'
[ "$("$dir/e/bin/pfh" --version)" = "pfh $version" ]
tap $? 'absolute libdir: pfh finds its library'
rm -rf "$dir/e" "$dir/opt"
install_it 'absolute libdir' --prefix "$dir/e2"
[ "$(pc "$opt" --variable=includedir)" = "$dir/e2/include" ] && [ ! -e "$dir/e" ]
tap $? 'absolute libdir, another prefix when installing: libpfh.pc says so' "$opt/pkgconfig/libpfh.pc"
by_pkg_config 'absolute libdir, another prefix when installing' gcc "$opt" shared
by_cmake 'absolute libdir, another prefix when installing' gcc "$opt" 'shared;static'

install_it 'gcc, Make' --prefix "$dir/f"
grep -qx "prefix=$dir/f" "$dir/f/lib/pkgconfig/libpfh.pc" && [ ! -e "$a" ]
tap $? 'another prefix when installing: libpfh.pc says so' "$dir/f/lib/pkgconfig/libpfh.pc"
by_pkg_config 'another prefix when installing' gcc "$dir/f/lib" shared static
by_cmake 'another prefix when installing' gcc "$dir/f/lib" 'shared;static'

make_it DESTDIR -DCMAKE_C_COMPILER=gcc -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_LIBDIR=lib/some-arch
DESTDIR=$dir/dest try 'DESTDIR: install' cmake --install "$(folder DESTDIR)"
grep -qx 'prefix=/usr' "$dir/dest/usr/lib/some-arch/pkgconfig/libpfh.pc" && [ -x "$dir/dest/usr/bin/pfh" ]
tap $? 'DESTDIR: libpfh.pc has the prefix of its own world'
! grep -rlF "$dir" "$dir/dest" --include=*.pc --include=*.cmake --include=*.h >"$log"
tap $? 'DESTDIR: nothing that is installed names the folder it was made in' "$log"

# ---- A subproject ---------------------------------------------------------------------------------

sub() { # sub NAME [OPTION...]
    rm -rf "$dir/parent" "$dir/parent-installed"
    name=$1
    shift
    quietly cmake -S "$here/parent" -B "$dir/parent" "-DLIBPFH=$source" \
        "-DCMAKE_INSTALL_PREFIX=$dir/parent-installed" -DCMAKE_INSTALL_LIBDIR=lib "$@"
    tap $? "$name: configure" "$log"
    cp "$log" "$dir/parent.log"
    try "$name: build" cmake --build "$dir/parent" -j "$jobs"
    for kind in shared static; do
        says /nowhere "$dir/parent/consumer_$kind"
        tap $? "$name: its program runs, $kind" "$log"
    done
    try "$name: install" cmake --install "$dir/parent"
}
sub subproject
grep -q 'leaked: \[\]' "$dir/parent.log"
tap $? 'subproject: no variable leaks out' "$dir/parent.log"
grep -q 'for all: \[\]' "$dir/parent.log"
tap $? 'subproject: no flag is for all' "$dir/parent.log"
grep consumer.c "$dir/parent/compile_commands.json" | grep '"command"' >"$log"
grep -q 'std=gnu99' "$log" && ! grep -Eq -e '-W|-fvisibility|-fPIC' "$log"
tap $? 'subproject: the flags of the parent are its own' "$log"
[ ! -e "$dir/parent/libpfh/examples" ] && [ ! -e "$dir/parent/libpfh/tests" ] && grep -q 'CMAKE_BUILD_TYPE:STRING=$' "$dir/parent/CMakeCache.txt"
tap $? 'subproject: no command line, example, test or build type of ours'
[ "$(find "$dir/parent-installed" -type f)" = "$dir/parent-installed/bin/consumer_shared" ]
tap $? 'subproject: nothing of ours is installed'
sub 'subproject, PFH_INSTALL' -DPFH_INSTALL=ON
by_pkg_config 'subproject, PFH_INSTALL' gcc "$dir/parent-installed/lib" shared static
by_cmake 'subproject, PFH_INSTALL' gcc "$dir/parent-installed/lib" 'shared;static'

# ---- What has not happened ------------------------------------------------------------------------

listing >"$dir/after"
diff "$dir/before" "$dir/after" >"$log"
tap $? 'no build has written into the project'"'"'s folder' "$log"
tap_end
