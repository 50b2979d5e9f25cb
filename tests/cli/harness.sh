# harness.sh -- what the tests of the command line share: `. harness.sh`, with the program in $pfh.  It goes
# into a folder of its own, which is removed at the end.
#
# Most cases are rows of `t`: status, what standard output and standard error must match (extended
# regular expressions; `-` takes anything, an empty one wants nothing), name, arguments.  Standard
# input is the file in $in.
case $pfh in /*) ;; *) pfh=$PWD/$pfh ;; esac
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT INT TERM
cd "$dir" || exit 1
LC_ALL=C
export LC_ALL
unset TZ

count=0
failed=0
in=/dev/null

ok() { # ok NAME CONDITION-STATUS [DETAIL-FILE...]
    count=$((count + 1))
    name=$1
    good=$2
    shift 2
    if [ "$good" -eq 0 ]; then
        echo "ok $count - $name"
    else
        failed=$((failed + 1))
        echo "not ok $count - $name"
        for file in "$@"; do sed "s|^|#   $file: |" "$file" | cut -c 1-300 | head -20; done
    fi
}

skip() {
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

matches() { # matches REGEX FILE
    case $1 in
    -) return 0 ;;
    '') [ ! -s "$2" ] ;;
    *) grep -Eq -e "$1" "$2" ;;
    esac
}

t() { # t STATUS OUT ERR NAME ARGUMENT...
    want=$1 want_out=$2 want_err=$3 title=$4
    shift 4
    "$pfh" "$@" <"$in" >out 2>err
    status=$?
    echo "status $status, wanted $want" >status
    [ "$status" -eq "$want" ] && matches "$want_out" out && matches "$want_err" err
    ok "$title" $? status out err
}

same() { # same NAME FILE FILE
    cmp "$2" "$3" >cmp 2>&1
    ok "$1" $? cmp
}

# Events that both suites tell, and a pathway of them; each suite has its own `head_of ID`.
offered='{"id":"e1","type":"offered","point":1,"date":"2026-02-03"}'
performed='{"id":"e2","type":"performed","point":1,"date":"2026-02-20","level":"specialist"}'
booked='{"id":"e3","type":"scheduled","point":2,"date":"2026-04-01","start":"2026-05-04T10:00","minutes":60,"place":"Ås helsehus"}'
given='{"id":"e4","type":"assigned","point":2,"date":"2026-03-01","level":"municipality","unit":"aas-1","role":"cancer_nurse"}'
one() { head_of "$1"; printf '%s' "$2"; printf ']}'; }
