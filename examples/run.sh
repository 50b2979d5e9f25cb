#!/bin/sh
# run.sh -- from nothing to a worklist: installs what is missing (Debian, Ubuntu), builds libpfh and runs
# its main job on the sample caseload.
#
#   examples/run.sh [FOLDER]
#
# The worklist goes to the screen; plans.ndjson, findings.csv, calendar.ics and needs.txt into FOLDER (out/ in the
# checkout).
set -u
root=$(cd "$(dirname "$0")/.." && pwd) || exit 1
case ${1:-} in
'') out=$root/out ;;
-*) sed -n '2,8s/^# \{0,1\}//p' "$0"; [ "$1" = --help ] || [ "$1" = -h ]; exit ;;
/*) out=$1 ;;
*) out=$PWD/$1 ;;
esac
cd "$root" || exit 1
. tests/setup.sh
day=2026-04-20 # the day that the sample caseload is made for
policy=examples/data/policy.json
caseload=examples/data/caseload.ndjson

pfh_setup build || exit 1

# What the compiler says is shown only when the build fails.
build=$root/build/release
log=$root/build/release.log
mkdir -p "$root/build" "$out" || exit 1
pfh_fresh "$root" "$build"
echo "Building libpfh in build/release ..."
if ! { cmake --preset release && cmake --build "$build" -j "$(pfh_jobs)"; } >"$log" 2>&1 </dev/null; then
    tail -n 40 "$log" >&2
    echo "The build failed; all of it is in build/release.log" >&2
    exit 1
fi

pfh() { # pfh COMMAND ARGUMENT...: on the sample caseload, by the sample policy
    command=$1
    shift
    "$build/examples/pfh/pfh" "$command" --as-of "$day" --policy "$policy" "$@" "$caseload"
}

echo
echo "What can be done or is late on $day:"
echo "  build/release/examples/pfh/pfh worklist --as-of $day --policy $policy --state late --state active $caseload"
echo
pfh worklist --state late --state active || exit 1
pfh plan >"$out/plans.ndjson" || exit 1
pfh check --format csv >"$out/findings.csv"
[ $? -le 1 ] || exit 1 # 1: there are errors among the findings, as there should be
pfh ical --out "$out/calendar.ics" || exit 1
pfh needs --audience municipality >"$out/needs.txt" || exit 1

echo
echo "$(grep -c . "$out/plans.ndjson") plans:    $out/plans.ndjson"
echo "$(($(grep -c . "$out/findings.csv") - 1)) findings: $out/findings.csv"
echo "$(grep -c '^BEGIN:VEVENT' "$out/calendar.ics") entries:  $out/calendar.ics (import it into a calendar program)"
echo "$(grep -c '^Pakkeforløp hjem' "$out/needs.txt") texts:    $out/needs.txt (what the municipality is told of needs)"

echo
echo "pfh is build/release/examples/pfh/pfh. To see why the dates of one patient are what they are:"
echo "  grep no-show $caseload | build/release/examples/pfh/pfh explain --as-of $day --lang en"
