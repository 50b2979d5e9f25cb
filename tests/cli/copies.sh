#!/bin/sh
# copies.sh -- what pathways are to others, from outside: needs, checklists, hand-over copies, merging and
# comparing: copies.sh PATH-OF-PFH, TAP on standard output.  What the library makes of them is tested
# beside it, here is what the commands do with files, choices and conflicts.
set -u

pfh=${1:?usage: copies.sh PATH-OF-PFH}
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/harness.sh"

# ---- Pathways -------------------------------------------------------------------------------

patient='"patient":{"name":{"given":"Kari","family":"Prøvefjell"},"birth_date":"1972-09-13","language":"nn"}'
diagnosis='"diagnosis":{"code":"C50.9","date":"2026-01-31","informed":"2026-02-02"}'
head_of() { # head_of ID: a pathway without its events and its end, as libpfh writes it
    printf '{"format":"pfh-pathway/1","id":"%s","edition":"hdir-2022",%s,%s,"events":[' "$1" "$patient" "$diagnosis"
}
assessed='{"id":"e2","type":"performed","date":"2026-02-20","note":"Søsteren ringte","point":1,"level":"specialist","assessment":{"distress":6,"topics":[{"topic":"economy_housing","need":"follow_up","note":"Spør NAV"},{"topic":"sexual_health","need":"follow_up","private":true}]}}'
open='{"id":"e2","type":"performed","date":"2026-02-20","note":"Søsteren ringte","point":1,"level":"specialist","assessment":{"distress":6,"topics":[{"topic":"economy_housing","need":"follow_up","note":"Spør NAV"}]},"withheld":1}'
bare='{"id":"e2","type":"performed","date":"2026-02-20","point":1,"level":"specialist","assessment":{"distress":6,"topics":[{"topic":"economy_housing","need":"follow_up"}]},"withheld":3}'
coded='{"id":"e5","type":"coded","date":"2026-02-20","point":1,"code":"WMFG10"}'
told='{"id":"e6","type":"message","date":"2026-02-21","to":"gp","kind":"epicrisis","point":1}'
no_code='{"id":"e5","type":"withheld","date":"2026-02-20"}'
no_told='{"id":"e6","type":"withheld","date":"2026-02-21"}'
no_given='{"id":"e4","type":"withheld","date":"2026-03-01"}'
# The same events as libpfh writes them.
w_offered='{"id":"e1","type":"offered","date":"2026-02-03","point":1}'
w_given='{"id":"e4","type":"assigned","date":"2026-03-01","point":2,"level":"municipality","unit":"aas-1","role":"cancer_nurse"}'
w_booked='{"id":"e3","type":"scheduled","date":"2026-04-01","point":2,"start":"2026-05-04T10:00","minutes":60,"place":"Ås helsehus"}'
line() { one "$1" "$2"; echo; }

line p2 "$offered,$assessed,$coded,$told,$given" >full.ndjson
{ line p1 "$offered"; line p2 "$offered,$assessed,$coded"; line p3 ''; } >hospital.ndjson
{ line p4 "$booked"; line p2 "$given,$offered"; line p1 "$booked"; } >municipality.ndjson
line p1 "$given" >gp.ndjson
{ line p1 ''; echo '{"format":'; line p3 ''; } >middle.ndjson
: >empty
echo '{"format":"pfh-policy/1","municipality_messages":false}' >no-agreement.json
echo '{"format":"pfh-policy/1","extra_topics":[{"code":"x_ferry","title":"Ferje"}]}' >topics.json
echo '{"format":"pfh-policy/1","coding_day":3}' >bad-policy.json
sed 's/hdir-2022/hdir-2021-draft/' gp.ndjson >draft.ndjson
day=--as-of=2026-04-20

quiet() { # quiet NAME: the message just written names no patient and repeats no note
    ! grep -q 'Kari\|fjell\|NAV\|ringte\|C50' err
    ok "$1" $? err
}

# ---- What is said of the commands -----------------------------------------------------------

man=$here/../../examples/pfh/pfh.1
for command in needs checklist handover merge diff; do
    t 0 "^Usage: pfh $command " '' "pfh $command --help" $command --help
    cp out help
    t 0 '^Exit status: 0' '' "pfh $command -h" $command -h
    same "pfh $command -h says the same" help out
    t 0 '^Exit status: 0' '' "pfh help $command" help $command
    same "pfh help $command says the same" help out
    t 0 "^  $command " '' "pfh --help names $command" --help
    awk 'length($0) > 110 { bad = 1 } END { exit bad }' help
    ok "the help of $command fits a terminal" $? help
    sed -n 's/^  --\([-a-z]*\).*/\1/p' help >options
    while read -r option; do
        grep -Eq -- "(Fl|h ,) -$option( |\$)" "$man" || echo "--$option"
    done <options >missing
    [ -s options ] && [ ! -s missing ] && grep -q "^\.It Cm $command" "$man"
    ok "the man page has $command and all of its options" $? missing
done
t 2 '' 'needs, checklist, handover, merge, diff' 'no command: all are named'
t 2 '' 'did you mean merge' 'a misspelt command gets a hint' mege
t 2 '' '--resolve is an option of pfh merge' 'an option of another command' diff --resolve mine full.ndjson gp.ndjson

# ---- handover -------------------------------------------------------------------------------

handed() { # handed AUDIENCE EVENTS [ARGUMENT...]
    audience=$1
    line p2 "$2" >wanted
    shift 2
    t 0 - '' "handover --audience $audience" handover --audience "$audience" "$@" full.ndjson
    same 'leaves out what it should' wanted out
}
handed specialist "$w_offered,$open,$coded,$told,$w_given"
handed municipality "$w_offered,$open,$no_code,$no_told,$w_given"
cp out municipality-copy.ndjson
handed gp "$w_offered,$open,$no_code,$told,$w_given"
handed patient "$w_offered,$bare,$no_code,$no_told,$no_given"
cp out patient-copy.ndjson
t 0 - '' 'handover keeps the order of the input' handover --audience gp hospital.ndjson municipality.ndjson
sed 's/.*"id":"\(p[0-9]\)".*/\1/' out | tr '\n' ' ' >ids
[ "$(cat ids)" = 'p1 p2 p3 p4 p2 p1 ' ]
ok 'one a line' $? ids
cp out wanted
cat hospital.ndjson municipality.ndjson >both.ndjson
in=both.ndjson
t 0 - '' 'handover reads standard input' handover --audience gp
same 'and gives the same' wanted out
t 0 - '' 'also as -' handover --audience gp -
same 'the same again' wanted out
in=/dev/null
t 0 '' '' 'nothing gives nothing' handover --audience gp
t 2 '' 'an audience is wanted: --audience WORD' 'without an audience' handover full.ndjson
t 2 '' '--audience: one of municipality specialist gp patient is wanted' 'a wrong audience' handover --audience family full.ndjson
t 1 '' '^full.ndjson:1: agreement at "": .' 'no agreement with the municipality' handover --policy no-agreement.json --audience municipality --rejects bad full.ndjson
same 'the line is kept' full.ndjson bad
quiet 'no patient in the message'
t 0 '"type":"withheld"' '' 'but with --override' handover --policy no-agreement.json --audience municipality --override full.ndjson
same 'it is handed over' municipality-copy.ndjson out
t 0 - '' 'and to others without' handover --policy no-agreement.json --audience gp full.ndjson
t 1 '"id":"p3"' '^middle.ndjson:2: syntax at ' 'a refused line does not keep the others back' handover --audience gp --rejects bad middle.ndjson
echo '{"format":' >wanted
same 'and is kept' wanted bad
t 3 '"id":"p2"' 'cannot read none.ndjson: No such file' 'a file that is not there does not either' handover --audience gp none.ndjson full.ndjson
t 2 '' '^bad-policy.json:1: key at /coding_day' 'a bad policy' handover --policy bad-policy.json --audience gp full.ndjson
t 0 '^all: private: Det som er merket privat, blir hos den som skrev det\.$' '' 'handover --rules' handover --rules
grep -q '^municipality: coded: .*\.$' out && grep -q '^gp: form_sent: .*\.$' out && grep -q '^patient: author: .*\.$' out && grep -q '^gp: message, but to gp: ' out && ! grep -Evq '^[a-z]+: [a-z_]+(, but to [a-z]+)?: .*\.$' out
ok 'lists what each audience does not get, and why' $? out
t 0 '^all: private: What is marked private stays' '' 'handover --rules --lang en' handover --rules --lang en
t 0 '^all: private: Det som er merkt privat' '' 'handover --rules --lang nn' handover --rules --lang nn
t 2 '' '--rules reads no FILE' 'handover --rules FILE' handover --rules full.ndjson
cp full.ndjson self
"$pfh" handover --audience gp self >>self 2>err
[ $? -eq 2 ] && grep -q 'the standard output is an input' err && cmp -s self full.ndjson
ok 'handover does not write to what it reads' $? err

# ---- needs ----------------------------------------------------------------------------------

t 0 '^Pakkeforløp hjem' '' 'needs writes a text' needs $day full.ndjson
grep -q 'Økonomi og boforhold' out && grep -q 'Spør NAV' out && grep -q 'p2' out &&
    ! grep -v '^Ikke nevnt her:' out | grep -qi 'seksuell\|Kari'
ok 'with open needs and their notes, and nothing private' $? out
cp out text
t 0 '^Pakkeforløp hjem' '' 'needs is for the municipality' needs $day --audience municipality full.ndjson
t 0 'needs for follow-up' '' 'needs --lang en' needs $day --lang en full.ndjson
t 0 'behov for oppfølging' '' 'a text for staff is in Bokmål' needs $day --audience gp full.ndjson
t 0 'skal følgjast opp' '' 'one for a patient in the language of the patient' needs $day --audience patient full.ndjson
! grep -q 'NAV\|ringte' out
ok 'without notes' $? out
t 0 'skal følges opp' '' 'unless --lang says otherwise' needs $day --audience patient --lang nb full.ndjson
t 0 - '' 'needs of several pathways' needs $day hospital.ndjson
awk 'before == "" && last == "" && /^Pakkeforløp hjem/ { n++ } { before = last; last = $0 } END { exit n != 3 }' out
ok 'two empty lines between their texts' $? out
[ "$(awk 'last == "" && $0 == "" && NR > 1 { n++ } { last = $0 } END { print n + 0 }' out)" -eq 2 ]
ok 'and nowhere else' $? out
t 0 '^\{"format":"pfh-needs/1","pathway":"p2".*sexual_health' '' 'needs --format json has all' needs $day --format json full.ndjson
[ "$(wc -l <out)" -eq 1 ]
ok 'one a line' $? out
"$pfh" handover --audience patient full.ndjson 2>/dev/null | "$pfh" needs $day --format json >wanted 2>&1
t 0 - '' 'with an audience' needs $day --format json --audience patient full.ndjson
same 'it is that of the copy that is handed over' wanted out
t 1 '' '^full.ndjson:1: agreement at "": .' 'no agreement with the municipality' needs $day --policy no-agreement.json --audience municipality --rejects bad full.ndjson
same 'the line is kept' full.ndjson bad
t 0 'NAV' '' 'but with --override' needs $day --policy no-agreement.json --audience municipality --override full.ndjson
t 1 '' 'agreement at ""' 'a text without an audience is for the municipality' needs $day --policy no-agreement.json full.ndjson
t 0 'NAV' '' 'and JSON without an audience is of the pathway itself' needs $day --policy no-agreement.json --format json full.ndjson
t 0 - '' 'needs --as-of before the assessment' needs --as-of 2026-02-19 full.ndjson
! grep -q 'NAV' out
ok 'knows nothing of it' $? out
t 0 '"known_at":"2026-02-03T10:12:00Z"' '' 'needs --known-at' needs $day --known-at 2026-02-03T10:12:00Z --format json full.ndjson
t 0 '"edition":"hdir-2022"' '' 'needs --edition' needs $day --edition hdir-2022 --format json draft.ndjson
t 1 '' '^full.ndjson:1: edition at /edition: ' 'that cannot be' needs $day --edition hdir-2021-draft full.ndjson
t 0 'x_ferry' '' 'needs --policy' needs $day --policy topics.json --format json full.ndjson
long=$(awk 'BEGIN { while (n++ < 500) printf "Å " }')
line p6 "$(echo "$assessed" | sed "s/Spør NAV/$long/; s/\"topic\":\"sexual_health\",\"need\":\"follow_up\",\"private\":true/\"topic\":\"nutrition\",\"need\":\"follow_up\",\"note\":\"$long\"/")" >long.ndjson
t 0 '^Merknaden er for lang til å stå her' '' 'needs --max leaves out what does not fit' needs $day --max 1500 long.ndjson
[ "$(LC_ALL=C.UTF-8 wc -m <out)" -le 1500 ]
ok 'so many characters' $? out
t 0 - '' 'all of it fits 4000' needs $day long.ndjson
! grep -q 'for lang' out
ok 'indeed' $? out
t 1 '' 'full.ndjson:1: argument at "": the text needs room for at least [0-9]+ characters' 'too few characters' needs --max 10 full.ndjson
t 2 '' '--max: a number from 1 to 1000000 is wanted' 'none at all' needs --max 0 full.ndjson
t 2 '' '--max: a number from ' 'a number that is none' needs --max 4k full.ndjson
t 2 '' '--max: a number from ' 'nor an empty one' needs --max= full.ndjson
t 2 '' '--max: a number from ' 'nor one that is too long' needs --max 99999999999999999999 full.ndjson
t 2 '' '--audience: one of municipality' 'a wrong audience' needs --audience staff full.ndjson
t 2 '' '--format: one of text json' 'a wrong format' needs --format csv full.ndjson
t 1 '^Pakkeforløp hjem' '^middle.ndjson:2: syntax' 'a refused line' needs $day --rejects bad middle.ndjson
echo '{"format":' >wanted
same 'is kept' wanted bad
t 3 '^Pakkeforløp hjem' 'cannot read none.ndjson' 'a file that is not there' needs $day none.ndjson full.ndjson
t 0 '' '' 'nothing gives nothing' needs $day empty

# ---- checklist ------------------------------------------------------------------------------

t 0 '^13\. Oral helse$' '' 'checklist: a blank one of the newest edition' checklist --point 2
cp out blank
in=full.ndjson
t 0 - '' 'without reading anything' checklist --point 2
same 'indeed' blank out
in=/dev/null
t 0 '"edition":"hdir-2021-draft","point":5,"language":"en","pathway":null' '' 'checklist --edition --lang --format json' checklist --edition hdir-2021-draft --point 5 --lang en --format json
t 0 'Ferje' '' 'checklist --policy' checklist --point 2 --policy topics.json
t 0 'p2' '' 'checklist of a pathway' checklist $day --point 2 --format json full.ndjson
grep -q '"language":"nn","pathway":"p2"' out && grep -q '"need":"follow_up"' out
ok 'in the language of the patient, with what is known' $? out
! grep -q 'NAV\|"sexual_health".*"known":{.*"mental' out
ok 'but no notes' $? out
t 0 '"language":"en"' '' 'checklist --lang of a pathway' checklist $day --point 2 --lang en --format json full.ndjson
t 0 '"pathway":null' '' 'checklist --blank' checklist $day --blank --point 2 --format json full.ndjson
! grep -q 'follow_up' out
ok 'fills in nothing' $? out
in=full.ndjson
t 0 '"pathway":"p2"' '' 'checklist reads standard input as -' checklist $day --point 2 --format json -
in=/dev/null
t 0 - '' 'checklists of several pathways' checklist $day --blank --lang nb --point 2 hospital.ndjson
{ cat blank; echo; echo; cat blank; echo; echo; cat blank; } >wanted
same 'two empty lines between them' wanted out
t 2 '' 'a point is wanted: --point N' 'without a point' checklist
t 2 '' '--point: a number from 1 to 99 is wanted' 'a point that is none' checklist --point 0
t 2 '' '--point: hdir-2022 has 3 points' 'a point that the edition has not' checklist --point 4
t 2 '' '--point: hdir-2022 has 3 points' 'nor one that all are read under' checklist --point 4 --edition hdir-2022 draft.ndjson
t 1 '"point":4' '^full.ndjson:1: value at /edition: hdir-2022 has 3 points' 'nor a pathway' checklist $day --point 4 --format json --rejects bad full.ndjson draft.ndjson
same 'that line is kept' full.ndjson bad
t 2 '' '--edition: one of hdir-2022' 'an edition that is none' checklist --point 1 --edition hdir-1999
t 2 '' '--edition: one of hdir-2022' 'also with a file' checklist --point 1 --edition hdir-1999 full.ndjson
t 1 '' '^full.ndjson:1: edition at /edition' 'one that a pathway cannot be read under' checklist $day --point 1 --edition hdir-2021-draft full.ndjson
t 1 '"pathway":"p3"' '^middle.ndjson:2: syntax' 'a refused line' checklist $day --point 1 --format json middle.ndjson
t 3 '"pathway":"p2"' 'cannot read none.ndjson' 'a file that is not there' checklist $day --point 1 --format json none.ndjson full.ndjson
t 2 '' '^bad-policy.json:1: key' 'a bad policy' checklist --point 1 --policy bad-policy.json
t 3 '' 'cannot read none.json' 'a policy that is not there' checklist --point 1 --policy none.json

# ---- merge ----------------------------------------------------------------------------------

{ line p1 "$w_offered,$w_given,$w_booked"; line p2 "$w_offered,$assessed,$coded,$w_given"; line p3 ''; line p4 "$w_booked"; } >merged
t 0 - '' 'merge: three files' merge hospital.ndjson municipality.ndjson gp.ndjson
same 'each pathway once, in the order in which they came' merged out
for id in p4 p2 p1 p3; do grep "\"id\":\"$id\"" merged; done >wanted
t 0 - '' 'in another order' merge municipality.ndjson gp.ndjson hospital.ndjson
same 'the same lines in another order' wanted out
for order in 'hospital gp municipality' 'gp hospital municipality' 'gp municipality hospital' 'municipality hospital gp' 'municipality gp hospital' 'hospital municipality gp'; do
    # shellcheck disable=SC2046 # words
    t 0 - '' "merge --sort: $order" merge --sort $(for name in $order; do echo "$name.ndjson"; done)
    same 'the same bytes' merged out
done
cat hospital.ndjson municipality.ndjson gp.ndjson >all.ndjson
t 0 - '' 'merge: all copies in one file' merge all.ndjson
same 'the same' merged out
in=municipality.ndjson
t 0 - '' 'merge reads standard input as -' merge hospital.ndjson - gp.ndjson
same 'the same' merged out
in=all.ndjson
t 0 - '' 'and without a file' merge
same 'the same' merged out
in=/dev/null
t 0 - '' 'merge: again, with what it wrote' merge merged all.ndjson merged
same 'changes nothing' merged out
sed 's/$/\r/' hospital.ndjson | sed 's/^/\r\n/' >crlf.ndjson
t 0 - '' 'merge: CR LF and blank lines' merge crlf.ndjson municipality.ndjson gp.ndjson
same 'are fine' merged out
t 0 '' '' 'merge: nothing gives nothing' merge empty empty
t 0 - '' 'merge: an empty file beside' merge empty merged
same 'changes nothing' merged out
tr '\n' ' ' <gp.ndjson | sed 's/"events"/\n"events"/' >lines.json
t 0 - '' 'merge: a pathway over several lines' merge hospital.ndjson municipality.ndjson lines.json
same 'is a copy too' merged out
line p2 "$w_offered,$assessed,$coded,$told,$w_given" >wanted
for order in 'full patient-copy municipality-copy' 'municipality-copy patient-copy full' 'patient-copy full'; do
    # shellcheck disable=SC2046 # words
    t 0 - '' "merge: hand-over copies come home: $order" merge $(for name in $order; do echo "$name.ndjson"; done)
    same 'nothing is lost or added' wanted out
done
t 0 - '' 'merge: two hand-over copies' merge patient-copy.ndjson municipality-copy.ndjson
same 'fill each other up' municipality-copy.ndjson out
t 1 - '^middle.ndjson:2: syntax' 'merge: a refused line does not keep the others back' merge --rejects bad middle.ndjson gp.ndjson
{ line p1 "$w_given"; line p3 ''; } >wanted
same 'the others are merged' wanted out
echo '{"format":' >wanted
same 'and it is kept' wanted bad
t 3 '' 'cannot read none.ndjson: No such file' 'merge: when a file cannot be read nothing is written' merge hospital.ndjson none.ndjson
t 3 '' 'cannot read .*Is a directory' 'a folder neither' merge hospital.ndjson .
cp hospital.ndjson self
"$pfh" merge self gp.ndjson >>self 2>err
[ $? -eq 2 ] && grep -q 'the standard output is an input' err && cmp -s self hospital.ndjson
ok 'merge does not write to what it reads' $? err
"$pfh" merge gp.ndjson - <self >>self 2>err
[ $? -eq 2 ] && cmp -s self hospital.ndjson
ok 'nor to standard input' $? err
t 2 '' 'standard input can be read once' 'merge - -' merge - -
# A refused line holds the other copies of its pathway back, so that none of them passes for all.
base='"edition":"hdir-2022","diagnosis":{"code":"C50.9","date":"2026-01-31"}'
fine="{\"format\":\"pfh-pathway/1\",\"id\":\"q1\",$base}"
echo "$fine" >q-good.ndjson
echo "{\"format\":\"pfh-pathway/1\",\"id\":\"q2\",$base}" >>q-good.ndjson
n=0
for bad in "{\"format\":\"pfh-pathway/1\",\"id\":\"q1\",$base,\"plass\":1}" \
    "{\"x_a\":{\"id\":\"q2\"},\"x_b\":[\"id\",{\"id\":\"q2\"}],\"x_id\":\"q2\",\"x_c\":\"\\\"id\\\":\\\"q2\\\"\", \"id\" : \"q1\",\"for" \
    "$(printf '\357\273\277%s' "$fine")"; do
    n=$((n + 1))
    echo "$bad" >q-bad.ndjson
    for order in 'q-bad.ndjson q-good.ndjson' 'q-good.ndjson q-bad.ndjson'; do
        t 1 "\"id\":\"q2\",$base" '^q-good.ndjson:1: left alone: another copy of the pathway was refused \(q-bad.ndjson:1\)$' \
            "merge: a refused line holds its pathway back ($n, $order)" merge --rejects bad $order
        [ "$(wc -l <out)" -eq 1 ] && [ "$(sort bad)" = "$({ cat q-bad.ndjson; echo "$fine"; } | sort)" ]
        ok 'and both lines are kept' $? bad
    done
    t 1 '^q2: added /$' 'q-good.ndjson:1: left alone' "diff: nor is it said to be new ($n)" diff q-bad.ndjson q-good.ndjson
    ! grep -q q1 out
    ok 'indeed' $? out
done
echo '{"id":5,"id":' >q-bad.ndjson
t 1 '"id":"q1"' '^q-bad.ndjson:1: syntax' 'merge: where the id cannot be found the others are written' merge q-bad.ndjson q-good.ndjson

# Two copies that fit, and do not fit together: what came of them could not be read again.
for letter in a b; do
    echo "$fine" | awk -v letter=$letter '{ sub(/}$/, ""); printf "%s", $0 }
        END { for (i = 0; i < 120000; i++) printf ",\"x_%s%06d\":12345678", letter, i; print "}" }' >q-large-$letter.ndjson
done
t 1 '' '^q-large-a.ndjson:1: syntax at "": what the copies come to is longer than 4 MiB$' \
    'merge: what is too long to be read again is not written' merge --rejects bad q-large-a.ndjson q-large-b.ndjson
[ ! -s out ] && cat q-large-a.ndjson q-large-b.ndjson | cmp -s - bad
ok 'but kept' $?

t 2 '' '--rejects: that file is an input' 'merge --rejects of an input' merge --rejects self self
same 'it is whole' hospital.ndjson self

# ---- merge: conflicts -----------------------------------------------------------------------

said() { printf '{"id":"e9","type":"accepted","date":"2026-02-10","note":"%s","point":1}' "$1"; }
{ line p5 "$(said 'Spør NAV')"; line p1 "$offered"; } >a.ndjson
{ line p6 ''; line p5 "$given,$(said 'Kari ringte')"; line p1 "$given"; } >b.ndjson
line p5 "$(said 'noe annet')" >c.ndjson
line p5 "$booked" >d.ndjson
lines() { # lines NAME LINE...: that is what was said on standard error
    name=$1
    shift
    printf '%s\n' "$@" >wanted
    cmp -s wanted err
    ok "$name" $? err
}
{ line p1 "$w_offered,$w_given"; line p6 ''; } >rest
t 1 - - 'two contents of one event' merge --rejects bad a.ndjson b.ndjson
same 'that pathway is not written, the others are' rest out
lines 'the conflict is told, with both places' 'a.ndjson:1: conflict at /events/0: p5/event:e9 against b.ndjson:2 at /events/1: Two contents of one event (note)'
quiet 'no note in it'
{ sed -n 1p a.ndjson; sed -n 2p b.ndjson; } >wanted
same 'and its lines are kept' wanted bad
t 1 - - 'with a copy between that says nothing of it' merge a.ndjson d.ndjson b.ndjson
lines 'the two copies that conflict are told' 'a.ndjson:1: conflict at /events/0: p5/event:e9 against b.ndjson:2 at /events/1: Two contents of one event (note)'
t 1 - - 'three copies that all differ' merge --rejects bad a.ndjson b.ndjson c.ndjson
lines 'each is told against the first' 'a.ndjson:1: conflict at /events/0: p5/event:e9 against b.ndjson:2 at /events/1: Two contents of one event (note)' \
    'a.ndjson:1: conflict at /events/0: p5/event:e9 against c.ndjson:1 at /events/0: Two contents of one event (note)'
{ sed -n 1p a.ndjson; sed -n 2p b.ndjson; cat c.ndjson; } >wanted
same 'all three lines are kept' wanted bad
t 1 - - 'a conflict of two, after one with the first' merge d.ndjson b.ndjson c.ndjson
lines 'is told of those two' 'b.ndjson:2: conflict at /events/1: p5/event:e9 against c.ndjson:1 at /events/0: Two contents of one event (note)'
moved() { printf '{"id":"e7","type":"moved","date":"2026-03-03","municipality":"%s"}' "$1"; }
line p5 "$(said 'Kari ringte'),$(moved 4003)" >e.ndjson
line p5 "$(moved 4001)" >f.ndjson
t 1 - - 'a further conflict with a copy that conflicts' merge a.ndjson e.ndjson f.ndjson
lines 'is told too' 'a.ndjson:1: conflict at /events/0: p5/event:e9 against e.ndjson:1 at /events/0: Two contents of one event (note)' \
    'e.ndjson:1: conflict at /events/1: p5/event:e7 against f.ndjson:1 at /events/0: Two contents of one event (municipality)'
cat a.ndjson b.ndjson >ab.ndjson
t 1 - - 'two copies in one file' merge ab.ndjson
lines 'are told by their lines' 'ab.ndjson:1: conflict at /events/0: p5/event:e9 against ab.ndjson:4 at /events/1: Two contents of one event (note)'
sed 's/$/\r/' c.ndjson >c-crlf.ndjson
printf '%s' "$(cat c.ndjson)" >c-open.ndjson
t 1 - 'conflict' 'lines of conflicts are kept' merge --rejects bad c-crlf.ndjson middle.ndjson c-open.ndjson b.ndjson
{ echo '{"format":'; cat c-crlf.ndjson c.ndjson; sed -n 2p b.ndjson; } >wanted
same 'byte for byte, after those that were refused' wanted bad
in=a.ndjson
t 1 - '^-:1: conflict at /events/0: p5/event:e9 against b.ndjson:2 at ' 'standard input is called -' merge - b.ndjson
in=/dev/null

solved() { # solved NAME NOTE ARGUMENT...: p5 is written with that note
    name=$1
    line p5 "$(said "$2"),$w_given" >wanted
    shift 2
    t 0 - '' "merge $name" merge "$@"
    grep '"p5"' out >one
    same 'is taken' wanted one
}
solved '--resolve mine: the earlier copy' 'Spør NAV' --resolve mine a.ndjson b.ndjson
solved '--resolve theirs: the later copy' 'Kari ringte' --resolve theirs a.ndjson b.ndjson
solved '--resolve theirs: the last of three' 'noe annet' --resolve=theirs a.ndjson b.ndjson c.ndjson
solved '--resolve mine: the first of three' 'noe annet' --resolve mine c.ndjson a.ndjson b.ndjson
solved '--resolve NAME=theirs' 'Kari ringte' --resolve event:e9=theirs a.ndjson b.ndjson
solved '--resolve PATHWAY/NAME=theirs' 'Kari ringte' --resolve p5/event:e9=theirs a.ndjson b.ndjson
solved '--resolve: the last one counts' 'Spør NAV' --resolve event:e9=theirs --resolve event:e9=mine a.ndjson b.ndjson
solved '--resolve: a name goes before all' 'Kari ringte' --resolve event:e9=theirs --resolve mine a.ndjson b.ndjson
solved '--resolve: a pathway goes before every one' 'Kari ringte' --resolve p5/event:e9=theirs --resolve event:e9=mine a.ndjson b.ndjson
solved '--resolve: what does not come is no error' 'Spør NAV' --resolve event:e77=theirs --resolve /diagnosis=theirs --resolve mine a.ndjson b.ndjson
t 1 - 'conflict at /events/0: p5/event:e9' '--resolve of another pathway' merge --resolve p6/event:e9=mine a.ndjson b.ndjson
t 1 - 'conflict at /events/0: p5/event:e9' '--resolve of another event' merge --resolve event:e8=mine a.ndjson b.ndjson
for choice in yours =mine event:e9 event:e9=yours e9=mine event:e9= mine=theirs p5/e9x=; do
    t 2 '' '^pfh merge: --resolve: mine, theirs, NAME=mine or NAME=theirs is wanted' "--resolve $choice" merge --resolve "$choice" a.ndjson b.ndjson
done
t 2 '' '^pfh merge: --resolve: mine, ' 'a NAME that is too long' merge --resolve "/$long=mine" a.ndjson b.ndjson
quiet 'is not repeated'

# Beside the events; both names in one pathway, and nothing but keys is told.
line p5 '' | sed 's/C50.9/C61/; s/"family":"Prøvefjell"/"family":"Fjellprøve"/; s/"events"/"x_ward":1,"events"/' >other.ndjson
line p5 '' | sed 's/"events"/"x_ward":2,"events"/' >same.ndjson
t 1 '' - 'conflicts beside the events' merge same.ndjson other.ndjson
lines 'are told by their keys' 'same.ndjson:1: conflict at /patient/name: p5/patient/name against other.ndjson:1 at /patient/name: Two values of one key' \
    'same.ndjson:1: conflict at /diagnosis: p5/diagnosis against other.ndjson:1 at /diagnosis: Two values of one key' \
    'same.ndjson:1: conflict at /x_ward: p5/x_ward against other.ndjson:1 at /x_ward: Two values of one key'
quiet 'and no value'
t 1 '' - 'some resolved' merge --resolve p5/diagnosis=theirs --resolve /x_ward=mine same.ndjson other.ndjson
lines 'the others are told' 'same.ndjson:1: conflict at /patient/name: p5/patient/name against other.ndjson:1 at /patient/name: Two values of one key'
line p5 '' | sed 's/C50.9/C61/; s/}$/,"x_ward":2}/' >wanted
t 0 - '' 'all resolved' merge --resolve p5/diagnosis=theirs --resolve /x_ward=mine --resolve p5/patient/name=mine same.ndjson other.ndjson
same 'each as it was said' wanted out
line p5 '' | sed 's/"informed":"2026-02-02"/"x_form":2/' >same.ndjson
line p5 '' | sed 's/"informed":"2026-02-02"/"x_form":1/' >other.ndjson
t 0 - '' 'a key of a vendor within' merge --resolve mine same.ndjson other.ndjson
same 'is not taken from the other' same.ndjson out
line p5 '' | sed 's/"events"/"x_13897210066":1,"events"/' >number.ndjson
line p5 '' | sed 's/"events"/"x_13897210066":2,"events"/' >number2.ndjson
t 1 '' 'conflict' 'a number in a key of a vendor' merge number.ndjson number2.ndjson
! grep -q 13897210066 err
ok 'is not told' $? err
line p5 "$(said x | sed 's/"note"/"x_13897210066":1,"note"/')" >number.ndjson
line p5 "$(said x | sed 's/"note"/"x_13897210066":2,"note"/')" >number2.ndjson
t 1 '' '^number.ndjson:1: conflict at /events/0: p5/event:e9 against number2.ndjson:1 at /events/0: Two contents of one event$' 'nor one in a key of an event' merge number.ndjson number2.ndjson

# A reference that merging makes wrong, and a conflict that only three copies show.
followed='{"id":"e8","type":"followed_up","date":"2026-03-02","of":"e2"}'
stub='{"id":"e2","type":"withheld","date":"2026-02-20"}'
line p5 "$stub,$followed" >names.ndjson
line p5 '{"id":"e2","type":"accepted","date":"2026-02-20","point":1}' >named.ndjson
t 1 '' - 'a reference to an event of another type' merge names.ndjson named.ndjson
lines 'is told' 'names.ndjson:1: conflict at /events/1/of: p5/of:e8 against named.ndjson:1 at /events/0/type: Names an event of the wrong type'
t 0 '"id":"e8","type":"followed_up"' '' 'and resolved by its name' merge --resolve of:e8=mine names.ndjson named.ndjson
part() { line p5 "{\"id\":\"e2\",\"type\":\"performed\",\"date\":\"2026-02-20\",\"point\":1,\"assessment\":{\"topics\":[{\"topic\":\"$1\",\"need\":\"none\"}]},\"withheld\":1}"; }
part economy_housing >one.ndjson
part nutrition >two.ndjson
part oral_health >three.ndjson
t 0 - '' 'two parts of an event' merge one.ndjson two.ndjson
t 1 '' - 'three are more than there were' merge one.ndjson two.ndjson three.ndjson
lines 'which no two copies show' 'three.ndjson:1: conflict at /events/0: p5/event:e2 against the copies before it: What was left out does not fit what is there (withheld)'

# ---- merge: editions ------------------------------------------------------------------------

line p5 "$(said x)" >published.ndjson
line p5 "$(said x | sed 's/"point":1/"point":3/; s/"e9"/"e10"/')" | sed 's/hdir-2022/hdir-2021-draft/' >drafted.ndjson
t 1 '' '^published.ndjson:1: conflict at /edition: p5/edition against drafted.ndjson:1 at /edition: Two values of one key$' 'two editions' merge published.ndjson drafted.ndjson
line p5 "$(said x | sed 's/"point":1/"point":2/; s/"e9"/"e10"/'),$(said x)" >wanted
for files in 'published.ndjson drafted.ndjson' 'drafted.ndjson published.ndjson'; do
    # shellcheck disable=SC2086 # words
    t 0 - '' "merge --edition: $files" merge --edition hdir-2022 $files
    same 'points of the draft at those of the published' wanted out
    # shellcheck disable=SC2086 # words
    t 1 - '(published|drafted).ndjson:1: conflict at /edition' "without: $files" merge $files
    [ "$(wc -l <err)" -eq 1 ]
    ok 'told once' $? err
done
line p5 "$(said x | sed 's/"point":1/"point":2/; s/"e9"/"e10"/')" >wanted
t 0 - '' 'merge --edition of one copy' merge --edition hdir-2022 drafted.ndjson
same 'also' wanted out
t 1 '' '^published.ndjson:1: edition at /edition: the points of hdir-2022 could stand for several of hdir-2021-draft$' 'the other way is refused' merge --edition hdir-2021-draft --rejects bad published.ndjson drafted.ndjson
cat published.ndjson drafted.ndjson >wanted
same 'and both copies are kept' wanted bad
t 1 '' '^published.ndjson:1: edition at /edition: .' 'nor can the draft be chosen' merge --resolve /edition=mine drafted.ndjson published.ndjson
t 2 '' '--edition: one of hdir-2022' 'an edition that is none' merge --edition hdir-1999 gp.ndjson

# ---- diff -----------------------------------------------------------------------------------

t 0 - '' 'diff' diff hospital.ndjson municipality.ndjson
cat >wanted <<'END'
p1: added event:e3 scheduled 2026-04-01 (/events/0)
p2: added event:e4 assigned 2026-03-01 (/events/0)
p4: added /
END
same 'tells what the other file has, by pathway' wanted out
t 0 - '' 'diff the other way' diff municipality.ndjson hospital.ndjson
cat >wanted <<'END'
p2: added event:e2 performed 2026-02-20 (/events/1)
p2: added event:e5 coded 2026-02-20 (/events/2)
p1: added event:e1 offered 2026-02-03 (/events/0)
p3: added /
END
same 'tells the rest' wanted out
t 0 '^p2: fuller event:e2 performed 2026-02-20 \(/events/1, /events/1\)$' '' 'diff: more of an event' diff municipality-copy.ndjson full.ndjson
t 0 '' '' 'diff: a copy that has less' diff full.ndjson patient-copy.ndjson
t 0 '' '' 'diff: the same file' diff full.ndjson full.ndjson
t 1 - '' 'diff: conflicts' diff a.ndjson b.ndjson
cat >wanted <<'END'
p5: conflict event:e9 accepted 2026-02-10 (/events/0, /events/1): To innhold i samme hendelse (note)
p5: added event:e4 assigned 2026-03-01 (/events/0)
p1: added event:e4 assigned 2026-03-01 (/events/0)
p6: added /
END
same 'are exit 1, and told in their place' wanted out
t 1 ': Two contents of one event \(note\)$' '' 'diff --lang en' diff --lang en a.ndjson b.ndjson
t 1 ': To innhald i same hending \(note\)$' '' 'diff --lang nn' diff --lang nn a.ndjson b.ndjson
line p5 '' >same.ndjson
line p5 '' | sed 's/"family":"Prøvefjell"/"family":"Fjellprøve"/' >other.ndjson
t 1 '^p5: conflict /patient/name: To verdier for samme felt$' '' 'diff: beside the events' diff same.ndjson other.ndjson
t 1 - '' 'diff --format json' diff --format json a.ndjson b.ndjson
cat >wanted <<'END'
{"pathway":"p5","kind":"conflict","name":"event:e9","event":"e9","type":"accepted","date":"2026-02-10","mine":"/events/0","theirs":"/events/1","conflict":"content","key":"note"}
{"pathway":"p5","kind":"added","name":"event:e4","event":"e4","type":"assigned","date":"2026-03-01","mine":null,"theirs":"/events/0","conflict":null,"key":null}
{"pathway":"p1","kind":"added","name":"event:e4","event":"e4","type":"assigned","date":"2026-03-01","mine":null,"theirs":"/events/0","conflict":null,"key":null}
{"pathway":"p6","kind":"added","name":"/","event":null,"type":null,"date":null,"mine":null,"theirs":"","conflict":null,"key":null}
END
same 'an object a line' wanted out
t 1 - '' 'diff --format json beside the events' diff --format json same.ndjson other.ndjson
head -1 out >one
echo '{"pathway":"p5","kind":"conflict","name":"/patient/name","event":null,"type":null,"date":null,"mine":"/patient/name","theirs":"/patient/name","conflict":"value","key":null}' >wanted
same 'null where there is nothing' wanted one
in=b.ndjson
t 1 'p5: conflict event:e9' '' 'diff with standard input' diff a.ndjson -
in=a.ndjson
t 1 'p5: conflict event:e9' '' 'as either' diff - b.ndjson
in=/dev/null
t 2 '' 'standard input can be read once' 'not both' diff - -
t 1 '^p5: conflict /edition: ' '' 'diff of two editions' diff published.ndjson drafted.ndjson
t 0 '^p5: added event:e10 accepted 2026-02-10 \(/events/0\)$' '' 'diff --edition' diff --edition hdir-2022 published.ndjson drafted.ndjson
t 1 '' '^published.ndjson:1: edition at /edition' 'that cannot be' diff --edition hdir-2021-draft --rejects bad drafted.ndjson published.ndjson
cat published.ndjson drafted.ndjson >wanted
same 'both are kept' wanted bad
t 1 '^p1: added event:e4' '^all.ndjson:5: duplicate at /id: .' 'two copies in one file: the later is refused' diff --rejects bad all.ndjson gp.ndjson
for id in p1 p2; do sed -n 4,7p all.ndjson | grep "\"id\":\"$id\""; done >wanted
same 'and kept, each of them' wanted bad
t 0 '' '' 'diff of nothing' diff empty empty
t 0 '' '' 'diff with nothing' diff full.ndjson empty
t 0 '^p2: added /$' '' 'diff of nothing with something' diff empty full.ndjson
t 1 - '^middle.ndjson:2: syntax' 'diff: a refused line' diff --rejects bad middle.ndjson gp.ndjson
echo '{"format":' >wanted
same 'is kept' wanted bad
echo 'p1: added event:e4 assigned 2026-03-01 (/events/0)' >wanted
same 'and the others are compared' wanted out
t 3 '' 'cannot read none.ndjson' 'diff: a file that is not there' diff none.ndjson full.ndjson
t 3 '' 'cannot read none.ndjson' 'either' diff full.ndjson none.ndjson
t 2 '' 'two files are wanted: MINE THEIRS' 'diff of one' diff full.ndjson
t 2 '' 'two files are wanted: MINE THEIRS' 'diff of three' diff full.ndjson full.ndjson full.ndjson
t 2 '' '--format: one of text json' 'a wrong format' diff --format csv full.ndjson full.ndjson

# ---- Very many, and output that fails -------------------------------------------------------

# The ids come in an order that is neither theirs nor its reverse.
awk -v line="$(one px "$w_offered,$assessed")" 'BEGIN { for (i = 0; i < 3000; i++) { l = line; sub(/px/, "p" (i * 7 % 3000), l); print l } }' >many.ndjson
tail -r many.ndjson >reversed.ndjson 2>/dev/null || tac many.ndjson >reversed.ndjson
t 0 - '' 'merge of many' merge many.ndjson reversed.ndjson
same 'keeps them, in order' many.ndjson out
line p9 '' | sed 's/}$/,"x_long":"/' | tr -d '\n' >longest
awk -v size="$(wc -c <longest)" 'BEGIN { while (size++ < 4194304 - 2) printf "x" }' >>longest
printf '"}\r\n' >>longest
t 0 - '' 'merge of a line of 4 MiB and its CR LF' merge longest longest
tr -d '\r' <longest | cmp -s - out
ok 'takes it' $?
t 0 '' '' 'diff of many' diff many.ndjson reversed.ndjson
t 0 - '' 'merge --sort of many' merge --sort reversed.ndjson
LC_ALL=C sort many.ndjson | cmp -s - out && LC_ALL=C sort -c out
ok 'in the order of the bytes of their ids' $?
for arguments in 'merge many.ndjson' 'handover --audience gp many.ndjson' 'diff empty many.ndjson' "needs $day many.ndjson" "checklist $day --point 2 many.ndjson" 'handover --rules' 'checklist --point 1'; do
    # shellcheck disable=SC2086 # words
    if [ -w /dev/full ]; then
        "$pfh" $arguments >/dev/full 2>err </dev/null
        [ $? -eq 3 ] && grep -q '^pfh: cannot write to standard output: No space left' err
        ok "a full disk: pfh $arguments" $? err
    else
        skip "a full disk: pfh $arguments" 'no /dev/full'
    fi
done
cat many.ndjson | sed 's/"id":"p/"id":"q/' >more.ndjson
for arguments in 'merge many.ndjson more.ndjson' 'handover --audience gp many.ndjson more.ndjson' "needs $day many.ndjson"; do
    # shellcheck disable=SC2086 # words
    { "$pfh" $arguments 2>err; echo $? >code; } | head -1 >first
    [ "$(cat code)" -eq 3 ] && grep -q '^pfh: output closed' err && [ "$(wc -l <err)" -eq 1 ]
    ok "a closed pipe: pfh ${arguments%% *}" $? err code
done
if [ -w /dev/full ]; then
    t 3 - 'cannot write /dev/full: No space' 'rejects of conflicts on a full disk' merge --rejects /dev/full a.ndjson b.ndjson
fi

echo "1..$count"
[ "$failed" -eq 0 ] || { echo "# $failed of $count failed"; exit 1; }
