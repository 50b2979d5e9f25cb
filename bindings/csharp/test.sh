#!/bin/sh
# test.sh -- the tests of the C# binding: `test.sh BUILD-DIR`, TAP.
#
# BUILD-DIR is configured and built first, so that nothing stale is tested; what is up to date stays as it is.
# All of them are run by Mono, and once more by .NET where `dotnet` is there.  PFH_THREAD_SECONDS: how long the
# threads go on (10).
set -u
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
. "$source/tests/checks/tap.sh"
TZ=America/St_Johns # neither UTC nor Oslo, so that what is taken for another zone's time is seen
export TZ

mkdir -p "$1"
build=$(cd "$1" && pwd)
work=$build/bindings/csharp
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! command -v swig >/dev/null 2>&1 || { ! command -v mcs && ! command -v dotnet; } >/dev/null 2>&1; then
    tap_skip 'csharp: all' 'SWIG, or a C# compiler (mono-mcs and mono-devel, or dotnet), is not there'
    tap_end
fi
{ cmake -S "$source" -B "$build" -DPFH_BUILD_CSHARP=ON &&
    cmake --build "$build" -j "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)"; } >"$log" 2>&1
tap $? 'csharp: it is built' "$log"
[ "$tap_failed" -eq 0 ] || tap_end
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")
rid=$(sed -n 's/^PFH_RID:STRING=//p' "$build/CMakeCache.txt")
natives=$work/package/runtimes/$rid/native

# ---- Running ---------------------------------------------------------------------------------

# A program that mcs has built is run by both; the runtime is named by this file.
echo '{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"3.1.0"},"rollForward":"LatestMajor"}}' \
    >"$work/runtime.json"

in_dotnet() { # in_dotnet FOLDER NAME [ARGUMENT...]
    program=$1/$2
    shift 2
    if [ -e "$program.exe" ]; then
        dotnet exec --runtimeconfig "$work/runtime.json" "$program.exe" "$@"
    else
        dotnet "$program.dll" "$@"
    fi
}

in_mono() {
    program=$1/$2
    shift 2
    mono "$program.exe" "$@"
}

tests() { # tests NAME [ARGUMENT...]: those of tests/, whose lines are counted on
    tests_in "$work/programs" "$@"
}

tests_in() { # tests_in FOLDER NAME [ARGUMENT...]
    folder=$1
    shift
    "$run" "$folder" tests "$@" >"$log" 2>&1
    ended=$?
    while IFS= read -r line; do
        case $line in
        "ok "*" # SKIP "*) tap_skip "csharp, $runtime: ${line#*- }" "" ;;
        "ok "*) tap 0 "csharp, $runtime: ${line#*- }" ;;
        "not ok "*) tap 1 "csharp, $runtime: ${line#*- }" ;;
        1..*) ;;
        *) echo "$line" | cut -c 1-300 ;;
        esac
    done <"$log"
    # A crash is not a line; a failed line is one already.  No tests at all are no success.
    [ $ended -le 1 ] && grep -q '^1\.\.[1-9]' "$log"
    tap $? "csharp, $runtime: $1 came to its end (status $ended)"
}

preload() { # preload SOURCE TEST...: with a library before the others
    name=$(basename "$1" .c)
    if ${CC:-cc} -shared -fPIC -o "$work/$name.so" "$1" -ldl >"$log" 2>&1; then
        shift
        LD_PRELOAD=$work/$name.so
        export LD_PRELOAD
        tests "$@"
        unset LD_PRELOAD
    else
        tap_skip "csharp, $runtime: $name" 'there is no C compiler'
    fi
}

example() { # example FOLDER NAME EXPECTED [ARGUMENT...]
    folder=$1
    name=$2
    expected=$source/examples/expected/$3
    shift 3
    "$run" "$folder" "$name" "$@" 2>&1 | diff "$expected" - >"$log"
    tap $? "csharp, $runtime: the example $name" "$log"
}

examples() {
    data=$source/examples/data
    example "$work/programs" PlanOne plan_one.txt
    example "$work/programs" Worklist worklist.txt "$data/caseload.ndjson" "$data/policy.json"
    example "$work/programs" Reminders reminders.txt "$data/caseload.ndjson" "$data/policy.json" skien-kreftkoordinator
    example "$work/programs" MergeCopies merge_copies.txt
}

# What the page says: its block of C# prints its block of text.
page() {
    mkdir -p "$work/page"
    for block in csharp text; do
        sed -n "/^\`\`\`$block\$/,/^\`\`\`\$/p" "$here/README.md" | grep -v '^```' >"$work/page/$block"
    done
    cp "$work/page/csharp" "$work/page/Ten.cs"
    if [ ! -e "$work/programs/tests.exe" ]; then
        tap_skip "csharp: the page's ten lines" 'dotnet has built the tests'
        return
    fi
    mcs -r:"$work/out/Libpfh.dll" -out:"$work/programs/Ten.exe" "$work/page/Ten.cs" >"$log" 2>&1
    tap $? "csharp: the page's ten lines are compiled" "$log"
    mono "$work/programs/Ten.exe" 2>&1 | diff "$work/page/text" - >"$log"
    tap $? "csharp: the page's ten lines print what it says" "$log"
    today
}

# The page's block that says which day it is in Oslo, beside what date(1) says before or after it.
today() {
    sed -n '/^```csharp today$/,/^```$/p' "$here/README.md" | grep -v '^```' >"$work/page/Oslo.cs"
    echo 'static class Asked { static void Main() { System.Console.WriteLine(Oslo.Today().ToString("o")); } }' \
        >"$work/page/Asked.cs"
    mcs -out:"$work/page/Oslo.exe" "$work/page/Oslo.cs" "$work/page/Asked.cs" >"$log" 2>&1
    tap $? "csharp: the page's day in Oslo is compiled" "$log"
    before=$(TZ=Europe/Oslo date +%Y-%m-%d)
    for zone in Europe/Oslo Pacific/Kiritimati Pacific/Pago_Pago; do # there is always another day in one of these
        TZ=$zone mono "$work/page/Oslo.exe"
    done >"$work/page/days" 2>"$log"
    after=$(TZ=Europe/Oslo date +%Y-%m-%d)
    [ "$(grep -cE "^($before|$after)T00:00:00\.0000000\$" "$work/page/days")" -eq 3 ]
    tap $? "csharp: the page's day in Oslo is that, wherever it runs" "$work/page/days"
}

# A compiler that is none of the two is refused before anything is built.
compiler() {
    cmake -S "$source" -B "$work/refused" -DPFH_BUILD_CSHARP=ON -DPFH_CSHARP_COMPILER=csc >"$log" 2>&1
    [ $? -ne 0 ] && tr '\n' ' ' <"$log" | grep -q 'is mcs or dotnet'
    tap $? 'csharp: another compiler is refused, and the two are named' "$log"
}

# As a package lies on the disk: the assembly, and the native libraries under runtimes/.
unpacked() {
    if [ "$run" = in_mono ]; then
        tap_skip 'csharp, Mono: the native libraries under runtimes/' 'Mono looks beside the assembly alone'
        return
    fi
    rm -rf "$work/unpacked"
    mkdir "$work/unpacked"
    cp -r "$work/package/runtimes" "$work"/package/lib/netstandard2.0/* "$work/programs/"PlanOne.* "$work/unpacked"
    example "$work/unpacked" PlanOne plan_one.txt
}

# The assembly, and nothing that it stands on.
alone() {
    rm -rf "$work/alone"
    mkdir "$work/alone"
    cp "$work/programs/Libpfh.dll" "$work/programs/"tests.* "$work/alone"
    tests_in "$work/alone" alone
}

# An assembly that says that it is of another version, beside the natives of this one.
other_assembly() {
    other=$work/other
    rm -rf "$other"
    mkdir -p "$other/out"
    cp -r "$work/generated" "$work/package" "$other"
    sed "s/\"$version/\"99.0.0/" "$work/generated/AssemblyInfo.cs" >"$other/generated/AssemblyInfo.cs"
    cp "$work/programs/"tests.* "$natives"/* "$other/out"
    if [ -e "$work/programs/tests.exe" ]; then
        cp -r "$work/mono" "$other"
        cp "$other/generated/AssemblyInfo.cs" "$other/mono"
        mcs -target:library -out:"$other/out/Libpfh.dll" -unsafe "$other"/mono/*.cs >"$log" 2>&1
    else
        dotnet build "$here/Libpfh.csproj" -c Release -o "$other/out" -p:Version=99.0.0 -p:PfhBuild="$other/" \
            -p:PfhRid="$rid" >"$log" 2>&1
    fi
    tap $? 'csharp: an assembly of another version is built' "$log"
}

all() { # all RUN RUNTIME
    run=$1
    runtime=$2
    tests story "$source/bindings/smoke/story.json" "$version"
    preload "$source/bindings/smoke/no_memory.c" story "$source/bindings/smoke/shortage.json" "$version"
    preload "$source/bindings/smoke/other_version.c" refused 1.0.0
    preload "$here/tests/older_version.c" refused 0.0.9
    tests_in "$work/other/out" refused "$version"
    tests vectors "$source/tests/vectors"
    tests closing
    tests arguments
    tests rows
    tests batches
    tests memory
    tests threads
    tests exposed "$source/bindings/exposed.txt" "$work/out/Libpfh.xml"
    examples
    unpacked
    alone
}

# ---- The package -----------------------------------------------------------------------------

package() {
    nupkg=$work/Libpfh.$version.nupkg
    cmake -E tar tf "$nupkg" >"$log" 2>&1
    tap $? 'csharp: the package is a zip' "$log"
    cp "$log" "$work/package.txt"
    for file in '[Content_Types].xml' _rels/.rels Libpfh.nuspec README.md LICENSE lib/netstandard2.0/Libpfh.dll \
        lib/netstandard2.0/Libpfh.xml; do
        grep -qxF "$file" "$work/package.txt"
        tap $? "csharp: the package holds $file" "$work/package.txt"
    done
    if [ "${rid%%-*}" != linux ]; then
        tap_skip 'csharp: the package carries what the glue needs' 'this is seen to on Linux alone'
        return
    fi
    # What the loader would take: nothing from the system but what every system has.
    ldd "$natives/libpfh_csharp.so" | grep -v "$natives/" |
        grep -vE 'linux-vdso|ld-linux|lib(c|m|dl|pthread|rt|gcc_s|stdc\+\+)\.so' >"$log"
    [ ! -s "$log" ]
    tap $? 'csharp: the package carries what the glue needs' "$log"
    for library in libpfh_csharp.so libpfh.so."${version%%.*}" libcjson.so libical.so; do
        grep -qF "runtimes/$rid/native/$library" "$work/package.txt"
        tap $? "csharp: the package holds $library" "$work/package.txt"
    done
    grep -q "<version>$version</version>" "$work/package/Libpfh.nuspec"
    tap $? 'csharp: the package is of the version of the project'
}

# ---- The compiler that knows null ------------------------------------------------------------

nullable() { # with -nullable:enable, each warning an error
    sdk=$(dotnet --list-sdks | tail -n 1 | sed 's/^\([^ ]*\) \[\(.*\)\]$/\2\/\1/')
    netstandard=$(ls "$sdk"/../../packs/NETStandard.Library.Ref/*/ref/*/netstandard.dll 2>/dev/null | tail -n 1)
    if [ ! -e "$sdk/Roslyn/bincore/csc.dll" ] || [ -z "$netstandard" ]; then
        tap_skip 'csharp: no null is overlooked' "this dotnet has no compiler, or no netstandard.dll"
        return
    fi
    dotnet "$sdk/Roslyn/bincore/csc.dll" -nologo -target:library -out:"$work/nullable.dll" -doc:"$work/nullable.xml" \
        -langversion:8.0 -nullable:enable -unsafe -warnaserror -nostdlib -noconfig -r:"$netstandard" \
        "$here"/src/*.cs "$work"/generated/*.cs >"$log" 2>&1
    tap $? "csharp: no null is overlooked (against $(basename "$(dirname "$netstandard")"))" "$log"
}

project() { # the project file, as one builds a release
    dotnet pack "$here/Libpfh.csproj" -c Release -o "$work/packed" -p:Version="$version" -p:PfhBuild="$work/" \
        -p:PfhRid="$rid" >"$log" 2>&1
    status=$?
    if [ $status -ne 0 ] && grep -qE 'NU1301|service index' "$log"; then
        tap_skip 'csharp: dotnet packs the project' 'NuGet.org, where NETStandard.Library is, is not reached'
    else
        tap $status 'csharp: dotnet packs the project' "$log"
    fi
}

# A program of somebody's that takes the package from its folder, without NuGet.org.
consumer() {
    rm -rf "$work/consumer"
    mkdir -p "$work/consumer"
    framework=$(dotnet --version | sed -E 's/^([1-4]\.[0-9]+).*/netcoreapp\1/; s/^([0-9]+)\..*/net\1.0/')
    cp "$here/examples/PlanOne.cs" "$work/consumer"
    cat >"$work/consumer/nuget.config" <<END
<configuration><packageSources><clear /><add key="libpfh" value="$work" /></packageSources></configuration>
END
    cat >"$work/consumer/consumer.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>$framework</TargetFramework>
    <UseAppHost>false</UseAppHost>
    <Nullable>enable</Nullable>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Libpfh" Version="$version" /></ItemGroup>
</Project>
END
    (cd "$work/consumer" && NUGET_PACKAGES=$work/consumer/packages dotnet build -o "$work/consumer/bin") >"$log" 2>&1
    tap $? 'csharp: a project takes the package' "$log"
    dotnet "$work/consumer/bin/consumer.dll" 2>&1 | diff "$source/examples/expected/plan_one.txt" - >"$log"
    tap $? 'csharp: a project that took the package runs' "$log"
}

# ---- All of it -------------------------------------------------------------------------------

other_assembly
if [ ! -e "$work/programs/tests.exe" ]; then
    tap_skip 'csharp, Mono: all' 'dotnet has built the tests'
elif command -v mono >/dev/null 2>&1; then
    all in_mono Mono
else
    tap_skip 'csharp, Mono: all' 'mono is not there'
fi
if command -v dotnet >/dev/null 2>&1; then
    all in_dotnet .NET
    nullable
    project
    consumer
else
    tap_skip 'csharp, .NET: all' 'dotnet is not there'
fi
page
package
compiler
tap_end
