#!/bin/sh
# valgrind.sh BUILD-FOLDER -- the example programs and the command line under valgrind: no error, no leak.
set -u
build=${1:?usage: valgrind.sh BUILD-FOLDER}
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/tap.sh"
root=$(cd "$here/../.." && pwd) || exit 1
case $build in /*) ;; *) build=$PWD/$build ;; esac
data=$root/examples/data
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT INT TERM
log=$dir/log list=$dir/list

check() { # check NAME PROGRAM ARGUMENT...: valgrind's own complaint is status 99
    name=$1
    shift
    valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=all \
        --suppressions="$here/valgrind.supp" "$@" >/dev/null 2>"$log" </dev/null
    status=$?
    [ $status -ne 99 ] && [ $status -lt 126 ] && ! grep -q '^==[0-9]*==' "$log"
    tap $? "valgrind: $name" "$log"
}

pfh=$build/examples/pfh/pfh
if [ -f "$data/caseload.ndjson" ]; then
    for command in plan worklist check explain ical; do
        check "pfh $command" "$pfh" $command --as-of 2026-04-20 --policy "$data/policy.json" "$data/caseload.ndjson"
    done
    day=--as-of=2026-04-20 policy=--policy=$data/policy.json
    "$pfh" ical $day "$policy" --form both --out "$dir/all.ics" "$data/caseload.ndjson"
    check 'pfh ical --update' "$pfh" ical --as-of 2026-05-20 "$policy" --update "$dir/all.ics" "$data/caseload.ndjson"
    check 'pfh ical --split' "$pfh" ical $day "$policy" --split unit --update "$dir/units" "$data/caseload.ndjson"
    check 'pfh ical --split, again' "$pfh" ical --as-of 2026-05-20 "$policy" --split unit --update "$dir/units" "$data/caseload.ndjson"
    check 'pfh ical for patients' "$pfh" ical $day "$policy" --audience patient "$data/caseload.ndjson"
    check 'pfh ical-read' "$pfh" ical-read $day --calendar "$dir/all.ics" "$data/caseload.ndjson"
    check 'pfh ical-read of what is no calendar' "$pfh" ical-read $day --calendar "$root/LICENSE" "$data/caseload.ndjson"
    check 'pfh lint' "$pfh" lint "$dir/all.ics" "$root/LICENSE"
    "$pfh" handover --audience patient "$data/caseload.ndjson" >"$dir/copies"
    sed 's/"date":"2026-02/"date":"2026-03/' "$data/caseload.ndjson" >"$dir/others"
    check 'pfh needs' "$pfh" needs $day "$policy" "$data/caseload.ndjson"
    check 'pfh needs for patients, as JSON' "$pfh" needs $day "$policy" --audience patient --format json "$data/caseload.ndjson"
    check 'pfh checklist' "$pfh" checklist $day "$policy" --point 2 "$data/caseload.ndjson"
    check 'pfh handover' "$pfh" handover "$policy" --audience municipality "$data/caseload.ndjson"
    check 'pfh merge' "$pfh" merge "$dir/copies" "$data/caseload.ndjson" "$dir/copies"
    check 'pfh merge with conflicts' "$pfh" merge --edition hdir-2022 --rejects "$dir/bad" "$dir/copies" "$data/caseload.ndjson" "$dir/others"
    check 'pfh merge --resolve' "$pfh" merge --resolve theirs --resolve /diagnosis=mine "$dir/copies" "$data/caseload.ndjson" "$dir/others"
    check 'pfh diff' "$pfh" diff "$data/caseload.ndjson" "$dir/others"
else
    tap_skip 'pfh with the sample caseload' 'no examples/data/caseload.ndjson'
fi
check 'pfh edition' "$pfh" edition --json
check 'pfh checklist, blank' "$pfh" checklist --point 1 --lang nn
check 'pfh handover --rules' "$pfh" handover --rules
check 'pfh lint --rules' "$pfh" lint --rules
check 'pfh id' "$pfh" id 13897210066 13897210067
check 'pfh with wrong use' "$pfh" plan --as-off 2026-01-01
check 'pfh with a file that is none' "$pfh" plan --as-of 2026-04-20 "$root/LICENSE"

# The example programs, with what examples/CMakeLists.txt gives them.
sed -n 's/^pfh_example(\([a-z0-9_]*\) *\(.*\))$/\1 \2/p' "$root/examples/CMakeLists.txt" >"$list"
while read -r program arguments; do
    case $arguments in
    *PFH_CASELOAD*) check "examples/$program" "$build/examples/example_$program" "$data/caseload.ndjson" ;;
    *) check "examples/$program" "$build/examples/example_$program" ;;
    esac
done <"$list"
tap_end
