#!/bin/sh
# ical.sh -- the calendars of the command line from outside: ical.sh PATH-OF-PFH, TAP on standard
# output.  What is in a calendar is tested beside the library, here is what the command does with it
# and with files.
set -u

pfh=${1:?usage: ical.sh PATH-OF-PFH}
. "$(dirname "$0")/harness.sh"
umask 022

no_more() { # no_more NAME FOLDER: nothing but what ls says of it in `wanted` is there
    ls -A "$2" >listed
    cmp -s listed wanted
    ok "$1" $? listed wanted
}

unfold() { # unfold FILE: its content lines, without CR
    awk '{ sub(/\r$/, "") } /^[ \t]/ { line = line substr($0, 2); next } NR > 1 { print line } { line = $0 } END { print line }' "$1"
}

entries() { # entries FILE: how many entries it has that are not cancelled
    unfold "$1" | awk '/^BEGIN:(VEVENT|VTODO)$/ { n++ } /^STATUS:CANCELLED$/ { c++ } END { print n - c + 0 }'
}

mode() { ls -ld "$1" | cut -c 1-10; }
inode() { ls -i "$1" | awk '{ print $1 }'; }

# ---- Pathways -------------------------------------------------------------------------------

head_of() { # head_of ID: a pathway without its events and its end
    printf '{"format":"pfh-pathway/1","id":"%s","edition":"hdir-2022","patient":{"name":{"given":"Kari","family":"Prøvefjell"},"birth_date":"1972-09-13"},"diagnosis":{"code":"C50.9","date":"2026-01-31","informed":"2026-02-02"},"events":[' "$1"
}
moved='{"id":"e5","type":"scheduled","point":2,"date":"2026-04-20","start":"2026-05-06T13:30","minutes":45,"place":"Ås helsehus"}'
taken='{"id":"e6","type":"assigned","point":2,"date":"2026-04-20","level":"municipality","unit":"ski-1","role":"cancer_nurse"}'
ended='{"id":"e7","type":"ended","date":"2026-04-20","reason":"emigrated"}'

{ one p1 "$offered"; echo; one p2 "$offered,$performed,$given,$booked"; echo; one p3 ''; echo; } >good.ndjson
one p2 "$offered,$performed,$given,$booked" >p2.json
one p2 "$offered,$performed,$given,$booked,$moved" >moved.json
one p2 "$offered,$performed,$given,$booked,$taken" >taken.json
one p2 "$offered,$performed,$given,$booked,$ended" >ended.json
{ one p1 ''; echo; echo '{"format":'; one p3 ''; echo; } >middle.ndjson
{ one p1 "$offered"; echo; one p2 ''; echo; one p1 "$performed"; echo; } >twins.ndjson
echo '{"format":"pfh-policy/1","assign":[{"point":1,"unit":"ous-1","role":"pathway_coordinator"}],"units":[{"unit":"ous-1","name":"Oslo","email":"kreft@ous.example","url":"https://ous.example/kreft"}]}' >policy.json
echo '{"format":"pfh-policy/1","units":[{"unit":"a"},{"unit":"b"},{"unit":"c"},{"unit":"d","email":"no address"}]}' >bad-policy.json
day=--as-of=2026-04-20
later=--as-of=2026-04-21

# ---- What is said of the commands -----------------------------------------------------------

for command in ical ical-read lint; do
    t 0 "^Usage: pfh $command " '' "pfh $command --help" $command --help
    cp out help
    t 0 '^Exit status: 0' '' "pfh help $command" help $command
    same "says the same as --help" help out
    awk 'length($0) > 110 { bad = 1 } END { exit bad }' help
    ok "the help of $command fits a terminal" $? help
    t 0 "^  $command " '' "pfh --help names $command" --help
done
t 0 'would cancel' '' 'the help of ical says what a refused line does to --update' help ical
t 2 '' 'did you mean --alarm' 'a misspelt option gets a hint' ical --alram P1D
t 2 '' '--update is an option of pfh ical' 'an option of another command is said to be so' worklist --update x.ics
t 2 '' 'did you mean ical' 'a misspelt command gets a hint' icla

# ---- ical: the options ----------------------------------------------------------------------

t 0 '^BEGIN:VCALENDAR' '' 'ical writes a calendar' ical $day good.ndjson
cp out all.ics
[ "$(entries all.ics)" -gt 0 ] && [ "$("$pfh" worklist $day --format json good.ndjson | wc -l)" -eq "$(entries all.ics)" ]
ok 'with an entry for each task of the worklist' $? out
t 0 '' '' 'that has no defect' lint all.ics
"$pfh" ical $day good.ndjson >again.ics 2>err
same 'with --as-of the same command gives the same bytes' all.ics again.ics
in=good.ndjson
t 0 - '' 'ical reads standard input without a file' ical $day
same 'and gives the same' all.ics out
t 0 - '' 'ical reads standard input as -' ical $day -
same 'and gives the same again' all.ics out
in=/dev/null
t 0 '^END:VCALENDAR' '' 'nothing gives a calendar without entries' ical $day
cp out nothing.ics
[ "$(entries nothing.ics)" -eq 0 ]
ok 'a whole one' $? nothing.ics
t 0 '' '' 'without a defect' lint nothing.ics
! grep -q 'Kari\|fjell\|C50' all.ics
ok 'it tells neither names nor diagnoses' $? all.ics

narrowed() { # narrowed NAME ENTRIES ARGUMENT...: as many entries, those of the worklist, and no defect
    name=$1 wanted=$2
    shift 2
    "$pfh" ical $day "$@" >narrow.ics 2>err
    status=$?
    "$pfh" lint narrow.ics >defects 2>&1
    linted=$?
    echo "$(entries narrow.ics) entries, wanted $wanted" >entries
    [ $status -eq 0 ] && [ $linted -eq 0 ] && [ "$(entries narrow.ics)" -eq "$wanted" ]
    ok "ical $name" $? entries err defects
}
tasks() { "$pfh" worklist $day --format json "$@" good.ndjson | wc -l; }
total=$(tasks)
for filter in '--level municipality' '--unit aas-1' '--unit -' '--role cancer_nurse' '--role -' '--kind hold' '--state waiting' \
    '--state late --state active' '--from 2026-05-01' '--to 2026-05-31' '--from 2026-05-01 --to 2026-05-31' '--unit aas-1 --kind hold'; do
    # shellcheck disable=SC2086 # words
    narrowed "$filter" "$(tasks $filter)" $filter good.ndjson
done
narrowed '--unit of nobody' 0 --unit nobody good.ndjson
narrowed '--horizon: so many days from the day' "$(tasks --to 2026-05-20)" --horizon 30 good.ndjson
narrowed '--form todo, with to-dos for the points that they are of' $((total + 9)) --form todo good.ndjson
! grep -q '^BEGIN:VTODO' all.ics && ! grep -q '^BEGIN:VEVENT' narrow.ics
ok 'writes to-dos alone' $? narrow.ics
"$pfh" ical $day --form both good.ndjson >both.ics 2>err
[ "$(entries both.ics)" -gt "$total" ] && "$pfh" lint both.ics >defects 2>&1
ok 'ical --form both writes both' $? err defects
differs() { # differs NAME REGEX ARGUMENT...: the calendar is another one, has such a line, and no defect
    name=$1 regex=$2
    shift 2
    "$pfh" ical $day "$@" good.ndjson <"$in" >other.ics 2>err
    status=$?
    unfold other.ics >lines
    "$pfh" lint other.ics >defects 2>&1 && [ $status -eq 0 ] && grep -Eq "$regex" lines && ! cmp -s all.ics other.ics
    ok "ical $name" $? err defects lines
}
differs '--span from_due' '^DTEND;VALUE=DATE:' --span from_due
differs '--alarm' '^TRIGGER.*:-P1D' --alarm P1D
differs '--alarm none' '^END:VCALENDAR' --alarm none
! grep -q VALARM other.ics
ok 'leaves the alarms out' $? other.ics
differs '--name' '^NAME:Kreft i Ås\\, Ski$' --name 'Kreft i Ås, Ski'
differs '--refresh' '^REFRESH-INTERVAL;VALUE=DURATION:PT6H$' --refresh PT6H
differs '--stamp' '^DTSTAMP:20260102T030405Z$' --stamp 2026-01-02T03:04:05Z
differs '--domain' '^UID:p2\+2\.hold@epj.example' --domain epj.example
differs '--tell initials' 'K\.? ?P' --tell initials
differs '--tell name' 'Kari' --tell name
differs '--lang en' 'Hold the conversation' --lang en
differs '--lang nn' '^END:VCALENDAR' --lang nn
differs '--audience patient' '^DTSTART;TZID=Europe/Oslo:20260504T100000$' --audience patient
! grep -qi 'kode\|WMFG10\|melding' lines
ok 'tells nothing of codes and messages' $? lines
differs '--policy' 'ous\.example' --policy policy.json
in=policy.json
differs '--policy -' 'ous\.example' --policy -
in=/dev/null
differs '--known-at' '^END:VCALENDAR' --known-at 2026-02-03T10:12:00Z --lang nn
t 1 - 'edition at /edition' '--edition that cannot be' ical $day --edition hdir-2021-draft good.ndjson
t 0 "^DTSTAMP:$(date -u +%Y%m%d)T[0-9]*Z" '' 'without --as-of and --stamp it is written now' ical good.ndjson
t 0 '^DTSTAMP:20260102T030405Z' '' '--stamp goes before now' ical --stamp 2026-01-02T03:04:05Z good.ndjson
grep -q "$(date -u +DTSTAMP:%Y%m%d)" out
[ $? -ne 0 ]
ok 'everywhere' $? out

# ---- ical: wrong values ---------------------------------------------------------------------

wrong() { # wrong ERROR ARGUMENT...
    error=$1
    shift
    t 2 '' "^pfh ical: $error" "ical $*" ical "$@" good.ndjson
}
wrong '--level: one of specialist municipality is wanted' --level hospital
wrong '--role: one of doctor ' --role surgeon
wrong '--kind: one of offer ' --kind ofer
wrong '--state: one of waiting active late is wanted' --state open
wrong '--unit: .' --unit 'a b'
wrong '--from: .' --from May
wrong '--to: .' --to 2026-02-30
wrong '--horizon: .' --horizon soon
wrong '--horizon: .' --horizon -1
wrong '--form: .*event.*todo.*both' --form journal
wrong '--span: .*due.*from_due' --span all
wrong '--alarm: .' --alarm 15
wrong '--alarm: .' --alarm P400D
wrong '--refresh: .' --refresh none
wrong '--stamp: .' --stamp 2026-01-02
wrong '--domain: .' --domain 'epj example'
wrong '--tell: .*reference.*initials.*name' --tell all
wrong '--audience: .*staff.*patient' --audience all
wrong '--keep-days: .' --keep-days few
wrong '--organizer: .' --organizer 'a b'
wrong '--lang: one of nb nn en is wanted' --lang no
wrong '--out and --update: only one' --out a.ics --update b.ics
wrong '--split: unit is wanted' --split level --out folder
wrong '--split needs a folder' --split unit
wrong '--split: a calendar for the patient' --split unit --out folder --audience patient
wrong '--out: a file is wanted' --out -
wrong '--update: a file is wanted' --update -
wrong '--unit: .' --split unit --out folder --unit 'a b'
wrong '--name: .' --name ''
t 2 '' '^pfh ical: --domain: .' 'a number as a value' ical --domain '13897210066/' good.ndjson
! grep -q 13897210066 err
ok 'is not repeated' $? err
[ ! -e folder ] && [ ! -e a.ics ] && [ ! -e b.ics ]
ok 'wrong use writes nothing' $?
t 2 '' '^bad-policy.json:1: value at /units/3/email: .' 'an address that no calendar can hold is an error of the policy' ical $day --policy bad-policy.json good.ndjson
t 2 '' '^bad-policy.json:1: value at /units/3/email: .' 'also with --split' ical $day --policy bad-policy.json --split unit --out folder good.ndjson
[ "$(wc -l <err)" -eq 1 ]
ok 'said once' $? err

# ---- Refused lines --------------------------------------------------------------------------

t 1 '^END:VCALENDAR' '^middle.ndjson:2: syntax at ' 'a refused line does not stop the calendar' ical $day --rejects bad middle.ndjson
echo '{"format":' >wanted
same 'and is kept' wanted bad
t 1 '^END:VCALENDAR' '^twins.ndjson:3: duplicate at /id: .' 'of two pathways with one id the later line is refused' ical $day --rejects bad twins.ndjson
sed -n 3p twins.ndjson >wanted
same 'and is kept' wanted bad
head -2 twins.ndjson >first.ndjson
"$pfh" ical $day first.ndjson >wanted 2>err
same 'and the calendar is that of the others' wanted out
t 1 '' '^twins.ndjson:3: duplicate at /id: .' 'also with --split' ical $day --split unit --out twins --rejects bad twins.ndjson
sed -n 3p twins.ndjson >wanted
same 'and is kept' wanted bad
[ "$(entries twins/~none.ics)" -eq "$(entries out)" ] || [ -s twins/~none.ics ]
ok 'and the others are written' $?
t 3 '' 'cannot read none.ndjson: No such file' 'when a file cannot be read nothing is written' ical $day none.ndjson good.ndjson
t 3 '' 'cannot read none.ndjson' 'to no file either' ical $day --out none.ics none.ndjson good.ndjson
[ ! -e none.ics ]
ok 'indeed' $?

# ---- Files ----------------------------------------------------------------------------------

mkdir files
t 0 '' '' '--out writes a file' ical $day --out files/a.ics good.ndjson
same 'what standard output would have got' all.ics files/a.ics
[ "$(mode files/a.ics)" = -rw------- ]
ok 'for its owner alone' $?
(umask 277 && "$pfh" ical $day --out files/b.ics good.ndjson 2>err)
[ "$(mode files/b.ics)" = -r-------- ]
ok 'less the umask' $?
rm -f files/b.ics
chmod 640 files/a.ics
touch -t 202601020304 files/a.ics
ls -li --time-style=full-iso files/a.ics >before 2>/dev/null || ls -li files/a.ics >before
t 0 '' '' 'a file that is the same' ical $day --out files/a.ics good.ndjson
ls -li --time-style=full-iso files/a.ics >after 2>/dev/null || ls -li files/a.ics >after
same 'is not touched' before after
t 0 '' '' 'nor with --update' ical $day --update files/a.ics good.ndjson
ls -li --time-style=full-iso files/a.ics >after 2>/dev/null || ls -li files/a.ics >after
same 'indeed' before after
cp all.ics files/a.ics
t 0 '' '' 'another calendar' ical $day --out files/a.ics p2.json
! cmp -s all.ics files/a.ics && [ "$(mode files/a.ics)" = -rw-r----- ]
ok 'takes its place and its mode' $?
echo a.ics >wanted
no_more 'and no other name is left behind' files
ln -s files/a.ics link.ics
t 0 '' '' 'a symbolic link' ical $day --out link.ics good.ndjson
[ -L link.ics ] && cmp -s all.ics files/a.ics && [ "$(mode files/a.ics)" = -rw-r----- ]
ok 'is followed' $?
no_more 'and its folder is clean' files
ln -s nowhere.ics dangling.ics
t 3 '' 'cannot write dangling.ics: it is a symbolic link that leads nowhere' 'a link to nothing' ical $day --out dangling.ics good.ndjson
t 3 '' 'cannot write files: Is a directory' 'a folder is no file' ical $day --out files good.ndjson
t 3 '' 'cannot write none/a.ics: No such file' 'a folder that is not there' ical $day --out none/a.ics good.ndjson
t 3 '' 'cannot write /dev/null: it is no regular file' 'a device is not replaced' ical $day --out /dev/null good.ndjson
[ -c /dev/null ]
ok 'indeed' $?
mkfifo pipe.ics
t 3 '' 'cannot write pipe.ics: it is no regular file' 'nor a pipe' ical $day --out pipe.ics good.ndjson
cp good.ndjson copy
t 2 '' '--out: that file is an input' 'an input is not replaced' ical $day --out copy copy
t 2 '' '--update: that file is an input' 'nor updated' ical $day --update copy copy
in=copy
t 2 '' '--out: that file is an input' 'nor standard input' ical $day --out copy
in=/dev/null
t 2 '' '--out: that file is an input' 'nor the policy' ical $day --policy policy.json --out policy.json good.ndjson
same 'all are whole' good.ndjson copy
t 2 '' '--rejects: that file is the calendar' 'refused lines do not go into the calendar' ical $day --rejects files/a.ics --update files/a.ics good.ndjson
t 2 '' '--rejects: that file is the calendar' 'nor into one to come' ical $day --rejects new.ics --out new.ics good.ndjson
same 'it is whole' all.ics files/a.ics

( # A file that may not grow is what a full disk is.
    trap '' XFSZ
    ulimit -f 1 || exit 9
    "$pfh" ical $day --out files/a.ics p2.json >out 2>err
    echo $? >status
)
if [ $? -ne 9 ]; then
    [ "$(cat status)" -eq 3 ] && grep -q 'cannot write files/a.ics: File too large' err && cmp -s all.ics files/a.ics
    ok 'a disk that gets full leaves the old calendar' $? status err
    echo a.ics >wanted
    no_more 'and nothing else' files
    "$pfh" ical $day p2.json >many.ics 2>err
    [ "$(wc -c <many.ics)" -gt 1024 ]
    ok '(there was too much for it)' $?
    (
        ulimit -f 1
        "$pfh" ical $day --out files/a.ics p2.json >out 2>err
        echo $? >status
    )
    [ "$(cat status)" -eq 3 ] && cmp -s all.ics files/a.ics
    ok 'also where the signal is not ignored' $? status err
    no_more 'without a trace' files
else
    skip 'a full disk' 'no ulimit -f'
fi
if [ -w /dev/full ]; then
    for arguments in "ical $day good.ndjson" 'lint --rules'; do
        # shellcheck disable=SC2086 # words
        "$pfh" $arguments >/dev/full 2>err </dev/null
        [ $? -eq 3 ] && grep -q '^pfh: cannot write to standard output: No space left' err
        ok "a full disk: pfh $arguments" $? err
    done
else
    skip 'a full disk' 'no /dev/full'
fi

# What the user may not do; root may.
if [ "$(id -u)" -ne 0 ]; then
    user=
elif setpriv --reuid=65534 --regid=65534 --clear-groups "$pfh" --version >/dev/null 2>&1; then
    user='setpriv --reuid=65534 --regid=65534 --clear-groups'
    chmod 755 "$dir"
else
    user=none
fi
as_user() { # as_user NAME ERROR ARGUMENT...
    name=$1 error=$2
    shift 2
    # shellcheck disable=SC2086 # words
    (cd theirs && $user "$pfh" "$@" >../out 2>../err)
    status=$?
    echo "status $status" >status
    [ $status -eq 3 ] && grep -Eq "$error" err
    ok "$name" $? status err
}
if [ "$user" = none ]; then
    skip 'what may not be written' 'root may everything, and there is no setpriv'
else
    mkdir -p theirs/closed
    cp all.ics theirs/a.ics
    cp all.ics theirs/closed/a.ics
    cp p2.json theirs
    chmod 444 theirs/a.ics
    chmod 555 theirs/closed
    chmod 666 theirs/closed/a.ics
    [ -z "$user" ] || chown -R 65534 theirs
    as_user 'a read-only file is left alone' 'cannot write a.ics: Permission denied' ical $day --out a.ics p2.json
    as_user 'also by --update' 'cannot write a.ics: Permission denied' ical $day --update a.ics p2.json
    as_user 'an unwritable folder' 'cannot write closed/a.ics: Permission denied' ical $day --out closed/a.ics p2.json
    as_user 'an unwritable folder, of --split' 'cannot write closed/aas-1.ics: Permission denied' ical $day --split unit --out closed p2.json
    as_user 'a folder that cannot be made' 'cannot write closed/new: Permission denied' ical $day --split unit --out closed/new p2.json
    cmp -s all.ics theirs/a.ics && cmp -s all.ics theirs/closed/a.ics && [ "$(ls -A theirs/closed)" = a.ics ]
    ok 'and nothing is changed or left behind' $?
    chmod 200 theirs/a.ics
    as_user 'a calendar that may not be read is not updated' 'cannot read a.ics: Permission denied' ical $day --update a.ics p2.json
    chmod 755 theirs/closed
fi

# ---- --update -------------------------------------------------------------------------------

entry() { # entry FILE UID: the lines of the entry of that UID
    unfold "$1" | awk -v uid="UID:$2" '/^BEGIN:(VEVENT|VTODO)$/ { text = "" } { text = text $0 "\n"; if ($0 == uid) found = 1 }
        /^END:(VEVENT|VTODO)$/ { if (found) printf "%s", text; found = 0; text = "" }'
}
has() { # has NAME FILE UID REGEX
    entry "$2" "$3" >entry
    grep -Eq "$4" entry
    ok "$1" $? entry
}

rm -f u.ics
t 0 '' '' '--update makes a file that is not there' ical $day --update u.ics p2.json
"$pfh" ical $day p2.json >wanted 2>err
same 'as --out would' wanted u.ics
before=$(inode u.ics)
t 0 '' '' 'an appointment that was moved' ical $later --update u.ics moved.json
has 'is at its new hour' u.ics p2+2.hold@pfh.invalid '^DTSTART;TZID=Europe/Oslo:20260506T133000$'
has 'with SEQUENCE one more' u.ics p2+2.hold@pfh.invalid '^SEQUENCE:1$'
entry wanted p2+2.window_closing@pfh.invalid >one
entry u.ics p2+2.window_closing@pfh.invalid >other
same 'and what did not change is as it was' one other
[ "$(inode u.ics)" != "$before" ]
ok '(another file took its place)' $?
t 0 '' '' 'what --update writes has no defect' lint u.ics
cp u.ics moved.ics
t 1 '' 'u.ics is left as it was: ' 'a refused line leaves the calendar' ical $later --update u.ics moved.json middle.ndjson
grep -q '^middle.ndjson:2: syntax' err
ok 'and is reported' $? err
same 'as it was' moved.ics u.ics
t 1 '' 'u.ics is left as it was: ' 'so does a pathway that comes twice' ical $later --update u.ics moved.json p2.json
same 'indeed' moved.ics u.ics
t 1 '' 'new.ics is left as it was: ' 'a refused line makes no calendar' ical $later --update new.ics middle.ndjson
[ ! -e new.ics ]
ok 'indeed' $?
t 3 '' 'cannot read none.json' 'a file that cannot be read' ical $later --update u.ics none.json
same 'leaves it too' moved.ics u.ics
t 0 '' '' 'a pathway that has ended' ical --as-of 2026-04-22 --update u.ics ended.json
has 'has its entries cancelled' u.ics p2+2.hold@pfh.invalid '^STATUS:CANCELLED$'
t 0 '^ORGANIZER;CN=Oslo:mailto:kreft@ous.example' '' '--organizer: all entries are from that unit' ical $day --policy policy.json --organizer ous-1 --level municipality good.ndjson
t 0 '' '' '--keep-days' ical --as-of 2026-04-30 --keep-days 3 --update u.ics ended.json
! unfold u.ics | grep -q '^UID:p2+2.hold@'
ok 'they go after so many days' $? u.ics
printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//other//\r\nBEGIN:VEVENT\r\nUID:tea@example.org\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260505T120000Z\r\nSUMMARY:Tea\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' >tea.ics
t 0 '' '' 'an entry of others' ical $day --update tea.ics p2.json
entry tea.ics tea@example.org >entry
[ "$(wc -l <entry)" -eq 6 ] && grep -q '^SUMMARY:Tea$' entry
ok 'stays' $? entry
has 'beside ours' tea.ics p2+2.hold@pfh.invalid '^DTSTART;TZID'
echo 'Dear calendar' >letter.ics
cp letter.ics wanted
t 3 '' '^letter.ics:1: syntax at "": .' 'what is no calendar is not updated' ical $day --update letter.ics p2.json
same 'but left as it was' wanted letter.ics
: >empty.ics
t 0 '' '' 'an empty file becomes a calendar' ical $day --update empty.ics p2.json
[ "$(entries empty.ics)" -gt 0 ]
ok 'with entries' $? empty.ics
t 3 '' 'cannot read files: Is a directory' 'a folder is not updated' ical $day --update files p2.json

# ---- --split --------------------------------------------------------------------------------

t 0 '' '' '--split unit' ical $day --split unit --out units good.ndjson
printf 'aas-1.ics\n~none.ics\n' >wanted
no_more 'writes a calendar for each unit with tasks' units
[ "$(mode units)" = drwx------ ] && [ "$(mode units/aas-1.ics)" = -rw------- ]
ok 'for its owner alone, folder and all' $?
"$pfh" ical $day --unit aas-1 --name "Pakkeforløp hjem: aas-1" good.ndjson >wanted 2>err
same 'that of --unit ID' wanted units/aas-1.ics
"$pfh" ical $day --unit - good.ndjson >wanted 2>err
same 'and ~none that of --unit -' wanted units/~none.ics
for file in units/*.ics; do
    t 0 '' '' "$file has no defect" lint "$file"
done
t 0 '' '' 'with a policy' ical $day --policy policy.json --split unit --out more good.ndjson
printf 'aas-1.ics\nous-1.ics\n~none.ics\n' >wanted
no_more 'more units have tasks' more
t 0 '' '' '--unit narrows which units get files' ical $day --policy policy.json --split unit --out narrow --unit ous-1 --unit nobody good.ndjson
echo ous-1.ics >wanted
no_more 'to those' narrow
t 0 '' '' '--unit -' ical $day --policy policy.json --split unit --out none-only --unit - good.ndjson
echo '~none.ics' >wanted
no_more 'is those without' none-only
t 0 '' '' 'other filters hold in each' ical $day --split unit --out holds --kind hold good.ndjson
echo aas-1.ics >wanted
no_more 'and a unit without such tasks has none' holds
[ "$(entries holds/aas-1.ics)" -eq 1 ]
ok 'only those tasks' $? holds/aas-1.ics
cp -r units kept
t 1 '' '^pfh: kept is left as it was: no pathway was read' 'without pathways nothing is cancelled' ical $day --split unit --update kept
cmp -s units/aas-1.ics kept/aas-1.ics
ok 'the calendar is as it was' $?
t 2 '' '--organizer: the unit is not one of the policy' 'an organizer that is no unit' ical $day --organizer nobody good.ndjson
t 0 '' '' 'without pathways' ical $day --split unit --out nothing
: >wanted
no_more 'the folder is empty' nothing
t 3 '' 'cannot write all.ics: Not a directory' 'a file is no folder' ical $day --split unit --out all.ics good.ndjson
t 3 '' 'cannot read all.ics: Not a directory' 'nor with --update' ical $day --split unit --update all.ics good.ndjson
t 3 '' 'cannot write none/units: No such file' 'a folder in no folder' ical $day --split unit --out none/units good.ndjson

echo 'ours' >units/notes.txt
echo 'ours' >'units/a b.ics'
mkdir units/folder
printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//other//\r\nBEGIN:VEVENT\r\nUID:tea@example.org\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260505T120000Z\r\nSUMMARY:Tea\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' >units/tea.ics
cp units/tea.ics tea-before.ics
cp units/~none.ics none-before.ics
t 0 '' '' '--split with --update' ical $later --split unit --update units taken.json
[ "$(cat units/notes.txt)" = ours ] && [ "$(cat 'units/a b.ics')" = ours ]
ok 'leaves files alone that are no unit'"'"'s' $?
same 'and the calendar of somebody else' tea-before.ics units/tea.ics
has 'a task that went to another unit is there' units/ski-1.ics p2+2.hold@pfh.invalid '^DTSTART;TZID=Europe/Oslo:20260504T100000$'
has 'and cancelled where it was' units/aas-1.ics p2+2.hold@pfh.invalid '^STATUS:CANCELLED$'
[ "$(entries units/aas-1.ics)" -eq 0 ]
ok 'the unit that lost all its tasks has none' $? units/aas-1.ics
has 'and so are those of pathways that are not there any more' units/~none.ics p1+1.follow_up_offer@pfh.invalid '^STATUS:CANCELLED$'
for file in units/aas-1.ics units/ski-1.ics units/~none.ics; do
    t 0 '' '' "$file has no defect" lint "$file"
done
inode units/aas-1.ics >before
t 0 '' '' 'again' ical $later --split unit --update units taken.json
inode units/aas-1.ics >after
same 'nothing is touched' before after
cp units/aas-1.ics aas-before.ics
t 1 '' 'units is left as it was: ' 'a refused line leaves all of them' ical $later --split unit --update units p2.json middle.ndjson
same 'as they were' aas-before.ics units/aas-1.ics
t 0 '' '' '--unit with --update' ical $later --split unit --update units --unit ski-1 p2.json
same 'leaves other units alone' aas-before.ics units/aas-1.ics
has 'and updates that one' units/ski-1.ics p2+2.hold@pfh.invalid '^STATUS:CANCELLED$'
echo 'Dear calendar' >units/letter.ics
t 3 '' '^units/letter.ics:1: syntax at "": .' 'what is no calendar stops all' ical $day --split unit --update units p2.json
same 'before anything is written' aas-before.ics units/aas-1.ics
rm units/letter.ics
mkdir units/zzz.ics
t 3 '' 'cannot read units/zzz.ics: Is a directory' 'so does a folder of such a name' ical $day --split unit --update units p2.json
same 'also before' aas-before.ics units/aas-1.ics
mkdir -p half/aas-1.ics
t 3 '' 'cannot write half/aas-1.ics: Is a directory' 'a file that cannot be written' ical $day --split unit --out half good.ndjson
[ "$(entries half/~none.ics)" -gt 0 ]
ok 'does not keep the others back' $?

# ---- ical-read ------------------------------------------------------------------------------

"$pfh" ical $day --form both good.ndjson >theirs.ics 2>err
t 0 '' '' 'a calendar as it was written proposes nothing' ical-read $day --calendar theirs.ics good.ndjson
edit() { sed "s/^DTSTART;TZID=Europe\/Oslo:20260504T100000/DTSTART;TZID=Europe\/Oslo:20260506T133000/; s/^DURATION:PT1H/DURATION:PT45M/" "$1"; }
edit all.ics >edited.ics
line=$(awk '/^BEGIN:VEVENT/ { n = NR } /^DTSTART.*20260506T133000/ { print n; exit }' edited.ics)
t 0 "^edited.ics:$line: p2 2.hold: Time satt opp · 06.05.2026 kl. 13:30 \(45 min\) · Ås helsehus$" '' 'an appointment that was moved is proposed' ical-read $day --calendar edited.ics good.ndjson
[ "$(wc -l <out)" -eq 1 ]
ok 'and nothing else' $? out
t 0 '2026-05-06 at 13:30 \(45 min\)' '' '--lang en' ical-read $day --lang en --calendar edited.ics good.ndjson
t 0 'Time sett opp' '' '--lang nn' ical-read $day --lang nn --calendar edited.ics good.ndjson
t 0 "^\{\"pathway\":\"p2\",\"task\":\"2.hold\",\"kind\":\"hold\",\"point\":2,\"event\":\{\"type\":\"scheduled\",\"date\":\"2026-04-20\",\"point\":2,\"start\":\"2026-05-06T13:30\",\"minutes\":45,\"place\":\"Ås helsehus\"\},\"needs\":null,\"uid\":\"p2\+2.hold@pfh.invalid\",\"line\":$line\}$" '' '--format json' ical-read $day --format json --calendar edited.ics good.ndjson
sed 's/.*"event":{\(.*\)},"needs".*/{"id":"new",\1}/' out >event
one p2 "$offered,$performed,$given,$booked,$(cat event)" >back.json
t 0 '"appointment":\{"event":"new","start":"2026-05-06T13:30","minutes":45' '' 'the event, with an id, can be added to the pathway' plan $day back.json
t 0 '' '' 'and then nothing is proposed any more' ical-read $day --calendar edited.ics back.json
sed 's/^STATUS:CONFIRMED/STATUS:CANCELLED/' all.ics >cancelled.ics
t 0 '^cancelled.ics:[0-9]*: p2 2.hold: Time avlyst · 20.04.2026' '' 'an appointment that was cancelled' ical-read $day --calendar cancelled.ics good.ndjson
in=edited.ics
t 0 '^-:[0-9]*: p2 2.hold: ' '' 'the calendar from standard input' ical-read $day --calendar - good.ndjson
in=good.ndjson
t 0 '^edited.ics:[0-9]*: p2 2.hold: ' '' 'the pathways from standard input' ical-read $day --calendar edited.ics
t 2 '' 'standard input can be read once' 'not both' ical-read $day --calendar -
t 2 '' 'standard input can be read once' 'nor the policy' ical-read $day --policy - --calendar edited.ics
in=/dev/null
t 0 '' '' 'another --domain: nothing is of that' ical-read $day --domain epj.example --calendar edited.ics good.ndjson
"$pfh" ical $day --domain epj.example good.ndjson | sed 's/20260504T100000/20260504T103000/' >domain.ics
t 0 '^domain.ics:[0-9]*: p2 2.hold: ' '' '--domain' ical-read $day --domain epj.example --calendar domain.ics good.ndjson
awk '/^BEGIN:VTODO/ { todo = 1 } todo && /^STATUS:/ { $0 = "STATUS:COMPLETED\r" } { print } /^END:VTODO/ { todo = 0 }' theirs.ics >done.ics
t 0 '^done.ics:[0-9]*: p1 2.offer: Tilbud om samtale gitt · 20.04.2026$' '' 'a to-do that was completed is proposed' ical-read $day --calendar done.ics good.ndjson
cp out proposals
t 0 '"event":null,"needs":"[a-z]' '' 'or what must be known first' ical-read $day --format json --calendar done.ics good.ndjson
grep -q 'p1 1.follow_up_offer: Følg opp tilbud uten svar · må vites først: svaret$' proposals
ok 'also in words' $? proposals
t 2 '' 'a calendar is wanted: --calendar FILE' 'without --calendar' ical-read $day good.ndjson
t 2 '' '--format: one of text json is wanted' 'a wrong format' ical-read $day --format csv --calendar edited.ics good.ndjson
t 2 '' '^pfh ical-read: --domain: .' 'a wrong domain' ical-read $day --domain 'epj example' --calendar edited.ics good.ndjson
t 2 '' '--rejects: that file is an input' 'refused lines are not written over the calendar' ical-read $day --rejects edited.ics --calendar edited.ics good.ndjson
[ -s edited.ics ]
ok 'it is whole' $?
t 3 '' 'cannot read none.ics: No such file' 'a calendar that is not there' ical-read $day --calendar none.ics good.ndjson
t 3 '' 'cannot read none.json: No such file' 'a pathway that is not there' ical-read $day --calendar edited.ics none.json good.ndjson
t 3 '' '^letter.ics:1: syntax at "": .' 'what is no calendar' ical-read $day --calendar letter.ics good.ndjson
{ cat good.ndjson; echo '{"format":'; } >also.ndjson
t 1 'p2 2.hold: ' '^also.ndjson:4: syntax' 'a refused line does not keep the others back' ical-read $day --calendar edited.ics --rejects bad also.ndjson
echo '{"format":' >wanted
same 'and is kept' wanted bad
t 1 'p2 2.hold: ' '^p2.json:1: duplicate at /id: ' 'nor does a pathway that comes twice' ical-read $day --calendar edited.ics good.ndjson p2.json

# ---- lint -----------------------------------------------------------------------------------

printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\nUID:a\r\nDTSTART:20260230T120000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' >broken.ics
t 1 '^broken.ics:[0-9]+:[0-9]+: [-a-z0-9]+ \(RFC [0-9]+, [0-9. and]+\)( [-A-Z0-9]+)?: [A-Za-z`"].*[^.]$' '' 'lint writes the defects of a calendar' lint broken.ics
! grep -Evq '^broken.ics:[0-9]+:[0-9]+: [-a-z0-9]+ \(RFC [0-9]+, [0-9. and]+\)( [-A-Z0-9]+)?: [A-Za-z`"].*[^.]$' out
ok 'a line each' $? out
cp out defects
grep -q '^broken.ics:3:13: ' out
ok 'with line and column' $? out
t 1 '^\{"file":"broken.ics","line":3,"column":[0-9]+,"rule":"[-a-z0-9]+","section":"RFC 5545, 3.1","subject":.*,"text":".*"\}$' '' 'lint --format json' lint --format json broken.ics
[ "$(wc -l <out)" -eq "$(wc -l <defects)" ]
ok 'has as many' $? out
in=broken.ics
t 1 '^-:3:13: ' '' 'lint reads standard input' lint
t 1 '^-:3:13: ' '' 'also as -' lint -
in=/dev/null
t 1 '^broken.ics:' '' 'several files' lint all.ics broken.ics all.ics
t 3 '^broken.ics:' 'cannot read none.ics: No such file' 'a file that cannot be read does not keep the others back' lint none.ics broken.ics
t 3 '' 'cannot read .*Is a directory' 'a folder' lint .
: >empty
t 1 '^empty:1:1: ' '' 'an empty file has defects' lint empty
t 0 '^[-a-z0-9]+ \(RFC [0-9]+, [0-9. and]+\): [A-Za-z`"].*[^.]$' '' 'lint --rules' lint --rules
sed 's/^broken.ics:[0-9]*:[0-9]*: \([-a-z0-9]*\) .*/\1/' defects | sort -u >found
cut -d ' ' -f 1 out | sort -u >rules
[ -z "$(comm -23 found rules)" ] && [ "$(wc -l <rules)" -eq "$(wc -l <out)" ]
ok 'lists all that are found, each once' $? found rules
t 0 '^\{"rule":"[-a-z0-9]+","section":"RFC [0-9]+, [0-9. and]+","text":".*"\}$' '' 'lint --rules --format json' lint --rules --format json
t 2 '' '--rules reads no FILE' 'lint --rules FILE' lint --rules all.ics
t 2 '' '--format: one of text json is wanted' 'a wrong format' lint --format csv all.ics
awk 'BEGIN { while (n++ < 12000) printf "x\n" }' >lines.ics
t 1 '^lines.ics:1:' 'lines.ics: there may be more than these 10000 defects' 'of very many defects the first are told' lint lines.ics
{ "$pfh" lint lines.ics 2>err; echo $? >code; } | head -1 >first
[ "$(cat code)" -eq 3 ] && grep -q '^pfh: output closed' err
ok 'a closed pipe: lint' $? err code
if command -v python3 >/dev/null 2>&1; then
    for arguments in "ical-read $day --format json --calendar done.ics good.ndjson" 'lint --format json broken.ics' 'lint --rules --format json'; do
        # shellcheck disable=SC2086 # words
        "$pfh" $arguments 2>err | python3 -c 'import json, sys; sys.exit(0 if [json.loads(line) for line in sys.stdin.buffer] else 1)' 2>json
        ok "is JSON: pfh ${arguments%% *}" $? json
    done
else
    skip 'JSON is JSON' 'no python3'
fi
if dd if=/dev/zero of=big.ics bs=1 count=1 seek=67108864 2>/dev/null; then
    t 3 '' '^big.ics:1: syntax at "": ' 'a calendar over 64 MiB is refused' lint big.ics
    rm -f big.ics
fi

echo "1..$count"
[ "$failed" -eq 0 ] || { echo "# $failed of $count failed"; exit 1; }
