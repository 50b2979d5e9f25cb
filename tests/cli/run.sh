#!/bin/sh
# run.sh -- the command line from outside: run.sh PATH-OF-PFH, TAP on standard output.
#
# All numbers here are synthetic: nobody has them.
set -u

pfh=${1:?usage: run.sh PATH-OF-PFH}
. "$(dirname "$0")/harness.sh"

# ---- Pathways -------------------------------------------------------------------------------

head_of() { # head_of ID: a pathway without its events and its end
    printf '{"format":"pfh-pathway/1","id":"%s","edition":"hdir-2022","patient":{"birth_date":"1972-09-13"},"diagnosis":{"code":"C50.9","date":"2026-01-31","informed":"2026-02-02"},"events":[' "$1"
}

{ one p1 "$offered"; echo; one p2 "$offered,$performed,$given,$booked"; echo; one p3 ''; echo; } >good.ndjson
one p1 "$offered" >no-end.ndjson
{ one p1 "$offered"; printf '\r\n\r\n  \n'; one p2 ''; printf '\r\n'; } >crlf.ndjson
{ one p1 ''; echo; echo '{"format":'; one p3 ''; echo; } >middle.ndjson
cat >one.json <<'END'

{
  "format": "pfh-pathway/1",
  "id": "p1",
  "edition": "hdir-2022",
  "diagnosis": {"code": "C50.9", "date": "2026-01-31"},
  "events":
  [
    {"id": "e1", "type": "offered", "point": 1, "date": "2026-02-03"}
  ]
}
END
printf '{"format": "pfh-pathway/1", "id": "p1", "edition": "hdir-2022", "diagnosis": {"code": "C50.9",\n"date": "2026-01-31"}, "events": [\n%s\n]}\n' "$offered" >two-lines.json
printf '{"format": "pfh-pathway/1", "id": "p1", "edition": "hdir-2022", "diagnosis": {"code": "C50.9", "date": "2026-01-31"}, "events": [\n%s]}\n' "$offered" >events-below.json
sed 's/"2026-01-31"/"2026-02-30"/' one.json >one-bad.json
sed 's/hdir-2022/hdir-2022",/' one.json >one-syntax.json
echo '{"format":"pfh-policy/1","coding_days":3,"assign":[{"point":1,"unit":"ous-1","role":"pathway_coordinator"}]}' >policy.json
echo '{"format":"pfh-policy/1","coding_day":3}' >bad-policy.json
sed 's/hdir-2022/hdir-2021-draft/' no-end.ndjson >draft.ndjson
day=--as-of=2026-04-20

# ---- What is said of the commands -----------------------------------------------------------

t 2 '' 'a command is wanted' 'no command is wrong use'
t 2 '' 'no command plna; did you mean plan' 'a misspelt command gets a hint' plna
t 2 '' 'options come after the command' 'an option before the command' --as-of 2026-04-20 plan good.ndjson
t 2 '' 'no such command' 'a number instead of a command is not repeated' 13897210066
t 0 '^  plan .*' '' 'pfh --help lists the commands' --help
t 0 '^  edition ' '' 'pfh help lists the commands' help
t 0 '^pfh [0-9]+\.[0-9]+\.[0-9]+$' '' 'pfh --version' --version
for command in plan worklist check explain id edition; do
    t 0 "^Usage: pfh $command " '' "pfh $command --help" $command --help
    cp out help
    t 0 '^Exit status: 0' '' "pfh $command -h" $command -h
    same "pfh help $command says the same as -h" help out
    "$pfh" help $command >out 2>err
    same "pfh help $command says the same as --help" help out
    awk 'length($0) > 110 { bad = 1 } END { exit bad }' help
    ok "the help of $command fits a terminal" $? help
done
t 2 '' 'unknown option --as-off; did you mean --as-of' 'a misspelt option gets a hint' plan --as-off 2026-01-01
t 2 '' 'unknown option -as-of; did you mean --as-of' 'a hyphen too few gets a hint' worklist -as-of 2026-01-01
t 2 '' '--level is an option of pfh worklist' 'an option of another command is said to be so' plan --level gp
t 2 '' '^pfh id: unknown option$' 'a number typed as an option is not repeated' id --13897210066
t 2 '' '--as-of needs a value' 'an option without its value is wrong use' plan --as-of
t 2 '' '--explain takes no value' 'a switch with a value is wrong use' plan --explain=yes
t 2 '' '--as-of: .*2026-01-31' 'a date that does not exist is wrong use' plan --as-of 2026-02-30
t 2 '' '--known-at: ' 'a timestamp that is none is wrong use' plan --known-at 2026-02-03 good.ndjson
t 2 '' 'one of hdir-2022 hdir-2021-draft' 'an unknown edition is wrong use' plan --edition hdir-2023 good.ndjson
t 2 '' '--lang: one of nb nn en' 'an unknown language is wrong use' explain --lang no good.ndjson
t 2 '' '--format: one of table json csv' 'an unknown format is wrong use' worklist --format xml good.ndjson
t 2 '' '--format' 'two formats at once are wrong use' worklist --format 'json csv' good.ndjson

# ---- plan -----------------------------------------------------------------------------------

t 0 '^\{"format":"pfh-plan/1","pathway":"p1","edition":"hdir-2022","as_of":"2026-04-20"' '' 'plan writes pfh-plan/1' plan $day good.ndjson
sed 's/.*"pathway":"\([^"]*\)".*/\1/' out | tr '\n' ' ' >ids
[ "$(cat ids)" = 'p1 p2 p3 ' ]
ok 'plan keeps the order of the input, one a line' $? ids
cp out plans
in=good.ndjson
t 0 - '' 'plan reads standard input without a file' plan $day
same 'and gives the same' plans out
t 0 - '' 'plan reads standard input as -' plan --as-of 2026-04-20 -
same 'and gives the same again' plans out
in=/dev/null
t 0 '' '' 'nothing gives nothing' plan $day
t 0 '"because":\[' '' 'plan --explain says why' plan --explain $day good.ndjson
t 0 '"known_at":"2026-02-03T10:12:00Z"' '' 'plan --known-at' plan $day --known-at 2026-02-03T10:12:00Z good.ndjson
t 0 '"unit":"ous-1","role":"pathway_coordinator"' '' 'plan --policy' plan $day --policy policy.json good.ndjson
t 0 '"edition":"hdir-2022"' '' 'plan --edition plans a draft pathway under the published edition' plan $day --edition hdir-2022 draft.ndjson
t 0 "\"as_of\":\"$(date +%Y-%m-%d)\"" '' 'the day is today where none is given' plan no-end.ndjson
t 0 - '' 'CR LF and blank lines are fine' plan $day crlf.ndjson
[ "$(wc -l <out)" -eq 2 ]
ok 'and make no plans of their own' $? out
t 0 - '' 'the last line needs no line end' plan $day no-end.ndjson
cp no-end.ndjson ./-odd
t 0 - '' 'a file whose name begins with a hyphen, after --' plan $day -- -odd
t 0 - '' 'several files, options among them' plan good.ndjson $day one.json
[ "$(wc -l <out)" -eq 4 ]
ok 'and all of their pathways' $? out

# ---- One document over several lines --------------------------------------------------------

for file in one.json two-lines.json events-below.json; do
    t 0 '"pathway":"p1"' '' "one document over several lines: $file" plan $day $file
done
in=one.json
t 0 '"pathway":"p1"' '' 'one document over several lines from standard input' plan $day
in=/dev/null
t 1 '' '^one-bad.json:2: date at /diagnosis/date: ' 'the line of a document is its first' plan $day --rejects bad one-bad.json
same 'and it is kept whole' one-bad.json bad
t 1 '' '^one-syntax.json:2: syntax at "": .* at byte [0-9]+ \(line 5\)$' 'where its JSON breaks is said' plan $day one-syntax.json
printf '[\n  {"format":"pfh-pathway/1"}\n]\n' >list.json
t 1 '' '^list.json:1: type at "": ' 'a list of pathways is refused once' plan $day list.json
{ printf '{"format":"pfh-pathway/1","id":"a"'; echo; one p2 ''; echo; } >broken.ndjson
t 1 '"pathway":"p2"' '^broken.ndjson:1: syntax at "": ' 'a first line of NDJSON that breaks off takes no other with it' plan $day broken.ndjson
{ head_of p1; echo; one p2 ''; echo; one p3 ''; echo; } >cut.ndjson
t 1 '"pathway":"p3"' '^cut.ndjson:1: syntax at ' 'also when it breaks off after a bracket' plan $day cut.ndjson
[ "$(wc -l <out)" -eq 2 ] && [ "$(wc -l <err)" -eq 1 ]
ok 'and the others go on' $? out err
{ printf '{"id":"cut in a str'; echo; one p2 ''; echo; } >string.ndjson
t 1 '"pathway":"p2"' '^string.ndjson:1: syntax' 'also when it breaks off in a string' plan $day string.ndjson
{ printf '\357\273\277'; one p1 ''; echo; one p2 ''; echo; } >bom.ndjson
t 1 '"pathway":"p2"' '^bom.ndjson:1: syntax at "": ' 'a BOM is refused, and the next line is not' plan $day bom.ndjson
{ cat one.json; cat one.json; } >twice.json
t 1 '' '^twice.json:2: syntax at ' 'two documents over several lines are refused' plan $day twice.json
{ echo '{'; awk 'BEGIN { while (n++ < 500000) print "\"x_" n "\": 1," }'; echo '"id": "p1"}'; } >long.json
t 1 '' 'syntax at "": ' 'a document over 4 MiB on many lines is refused' plan $day --rejects bad long.json
same 'and kept byte for byte' long.json bad

# ---- Bad lines ------------------------------------------------------------------------------

t 1 '"pathway":"p3"' '^middle.ndjson:2: syntax at "": .+' 'a bad line is reported, the others go on' plan $day middle.ndjson
[ "$(wc -l <out)" -eq 2 ] && [ "$(wc -l <err)" -eq 1 ]
ok 'in one line, and the others are all there' $? out err
in=middle.ndjson
t 1 - '^-:2: syntax at ' 'standard input is called -' plan $day
in=/dev/null
t 1 '"edition":"hdir-2021-draft"' '^good.ndjson:3: edition at /edition: ' 'a pathway that cannot be planned so is a bad line' plan $day --edition hdir-2021-draft --rejects bad draft.ndjson good.ndjson
same 'and is kept' good.ndjson bad
awk 'BEGIN { printf "{\"x_long\":\""; while (n++ < 430000) printf "0123456789"; printf "\"}" }' >long
{ one p1 ''; printf '\r\n'; cat long; printf '\r\n'; one p2 ''; printf '\r\n'; } >long.ndjson
t 1 '"pathway":"p2"' '^long.ndjson:2: syntax at "": ' 'a line over 4 MiB is refused, the others go on' plan $day --rejects bad long.ndjson
{ cat long; printf '\r\n'; } >wanted
same 'and kept byte for byte with its CR LF' wanted bad
[ "$(wc -l <err)" -eq 1 ]
ok 'and reported once' $? err
printf '{"a":1}\r\n\377\376\n\n{"b":"\000"}\n' >bytes.ndjson
t 1 '' '^bytes.ndjson:2: syntax' 'lines of any bytes are reported' plan $day --rejects bad bytes.ndjson
printf '{"a":1}\r\n\377\376\n{"b":"\000"}\n' >wanted
same 'and kept byte for byte' wanted bad
printf '{"a":1}' >end1
printf '{"b":1}' >end2
t 1 '' '^end2:1: key at ' 'the last lines of files without line ends' plan $day --rejects bad end1 end2
printf '{"a":1}\n{"b":1}' >wanted
same 'stay lines of their own' wanted bad
t 0 - '' 'without bad lines the file of rejects is empty' plan $day --rejects bad good.ndjson
[ -f bad ] && [ ! -s bad ] && [ "$(ls -l bad | cut -c 1-10)" = -rw------- ]
ok 'and for its owner alone' $?
rm -f bad new
t 0 - '' 'a new file of rejects' plan $day --rejects new good.ndjson
[ "$(ls -l new | cut -c 1-10)" = -rw------- ]
ok 'is for its owner alone' $?
cp good.ndjson copy
t 2 '' 'is an input' 'an input is not emptied by --rejects' plan $day --rejects copy copy
same 'and is still whole' good.ndjson copy
in=copy
t 2 '' 'is an input' 'nor is standard input' plan $day --rejects copy
in=/dev/null
"$pfh" plan $day --rejects both middle.ndjson >both 2>err
[ $? -eq 2 ] && grep -q 'is the standard output' err && [ ! -s both ]
ok 'nor is the file that standard output goes to' $? err both
t 1 - 'middle.ndjson:2' 'a file of rejects that is no regular file is taken' plan $day --rejects /dev/null middle.ndjson
printf '{"format":"pfh-pathway/1","\\u001b[31m\\nkey":1}\n' >control.ndjson
t 1 '' '^control.ndjson:1: (key|value) at ' 'control characters of a key do not reach the terminal' plan control.ndjson
[ "$(wc -l <err)" -eq 1 ] && ! grep -q "$(printf '\033')" err
ok 'and the report is one line' $? err

# ---- Ten typical mistakes, each found by its message alone -----------------------------------

mistake() { # mistake STATUS POINTER NAME SED-EXPRESSION
    one p7 "$offered,$performed" | sed "$4" >mistake.ndjson
    t 1 '' "^mistake.ndjson:1: $1 at $2: [a-z\`\"].*[^.]\$" "mistake: $3" plan $day mistake.ndjson
}
mistake syntax '""' 'a comma too many' 's/"p7",/"p7",,/'
mistake key /diagnosis/dato 'a misspelt key' 's/"date":"2026-01-31"/"dato":"2026-01-31"/'
mistake key /edition 'a key that is missing' 's/"edition":"hdir-2022",//'
mistake type /events/0/point 'a number in quotes' 's/"point":1/"point":"1"/'
mistake value /events/1/point 'a point that the edition does not have' 's/"point":1,"date":"2026-02-20"/"point":4,"date":"2026-02-20"/'
mistake value /diagnosis/code 'a code that is not ICD-10' 's/C50.9/C5/'
mistake date /events/0/date 'a day that does not exist' 's/2026-02-03/2026-02-29/'
mistake date /diagnosis/date 'a date in the Norwegian way' 's/2026-01-31/31.01.2026/'
mistake duplicate /events/1/id 'two events with one id' 's/"e2"/"e1"/'
mistake reference /events/1/of 'a reference to nothing' 's/"type":"performed","point":1/"type":"followed_up","of":"e9"/;s/,"level":"specialist"//'
mistake privacy /id 'a person number as an id' 's/"p7"/"13897210066"/'
mistake edition /edition 'an edition that does not exist' 's/hdir-2022/hdir-2020/'
! grep -rq 13897210066 err
ok 'and no number in a message' $? err

# ---- Policy ---------------------------------------------------------------------------------

t 2 '' '^bad-policy.json:1: key at /coding_day: ' 'a bad policy is reported like a line, and is wrong use' plan $day --policy bad-policy.json good.ndjson
t 3 '' 'cannot read none.json: No such file' 'a policy that cannot be read' plan $day --policy none.json good.ndjson
in=policy.json
t 0 '"unit":"ous-1"' '' 'a policy from standard input' plan $day --policy - good.ndjson
t 2 '' 'standard input can be read once' 'policy and pathways cannot both be standard input' plan $day --policy -
in=/dev/null

# ---- check ----------------------------------------------------------------------------------

t 1 '^p2: error wmfg10.missing point 1 event e2: .' '' 'check writes findings, and 1 for an error' check $day good.ndjson
t 0 '^p2: warning wmfg10.missing point 1 event e2: .' '' 'check answers 0 for warnings' check --as-of 2026-02-21 good.ndjson
t 0 '' '' 'check writes nothing where nothing is found' check $day no-end.ndjson
t 1 '^\{"pathway":"p2","id":"wmfg10.missing","severity":"error","point":1,"event":"e2"\}$' '' 'check --format json' check $day --format json good.ndjson
t 1 '^p2,wmfg10.missing,error,1,e2.$' '' 'check --format csv' check $day --format=csv good.ndjson
[ "$(grep -c "$(printf '\r')\$" out)" -eq "$(wc -l <out)" ]
ok 'csv lines end in CR LF' $? out
t 1 - 'syntax' 'check answers 1 for a refused line' check --as-of 2026-02-21 middle.ndjson
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    script -qec "\"$pfh\" check $day no-end.ndjson" /dev/null >tty 2>&1 </dev/null
    grep -q '^0 findings in 1 pathway.$' tty && [ "$(wc -l <tty)" -eq 1 ]
    ok 'but says so on a terminal' $? tty
    script -qec "\"$pfh\" check --format json $day no-end.ndjson good.ndjson" /dev/null >tty 2>&1 </dev/null
    ! grep -q '0 findings' tty
    ok 'and not where there are some' $? tty
else
    skip 'check says on a terminal that there are none' 'no pseudo-terminal here'
fi
t 1 ': Code |: The |: [A-Z]' '' 'check --lang en' check $day --lang en good.ndjson

# ---- worklist -------------------------------------------------------------------------------

t 0 'Frist .*Status .*Oppgave .*Punkt .*Ansvarlig .*Forløp' '' 'worklist writes a table' worklist $day good.ndjson
grep -q 'aas-1 / ' out
ok 'with who: unit and role' $? out
awk 'NR == 1 { next } { d = substr($0, 1, 10); if (d < last) bad = 1; last = d } END { exit bad }' out
ok 'in the order of the due dates' $? out
if command -v python3 >/dev/null 2>&1; then
    python3 - out <<'END' >widths 2>&1
import sys
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
at = [lines[0].index(word) for word in ("Frist", "Status", "Oppgave", "Punkt", "Ansvarlig", "Forløp")]
for line in lines:
    for place in at[1:]:
        assert line[place - 2:place] == "  " and line[place] != " ", line
END
    ok 'with its columns in line, Norwegian letters and all' $? widths out
else
    skip 'with its columns in line' 'no python3'
fi
t 0 'Due  .*Responsible' '' 'worklist --lang en' worklist $day --lang en good.ndjson
t 0 'Oppgåve' '' 'worklist --lang nn' worklist $day --lang nn good.ndjson
t 0 '^\{"pathway":"p2","id":"1.register_code.e2","kind":"register_code","point":1,"from":"2026-02-20","due":"[-0-9]*","state":"late","level":"specialist","unit":null,"role":null,"optional":false,"blocked":null,"event":"e2"\}$' '' 'worklist --format json: the keys of a plan, the pathway first' worklist $day --format json good.ndjson
cp out all
t 0 '^pathway,id,kind,point,from,due,state,level,unit,role,optional,blocked,event.$' '' 'worklist --format csv' worklist $day --format csv good.ndjson
[ "$(wc -l <out)" -eq $(($(wc -l <all) + 1)) ]
ok 'has a line for each task, and its headings' $? out
filtered() { # filtered NAME REGEX ARGUMENT...: all lines of --format json match, and there are some
    name=$1 regex=$2
    shift 2
    "$pfh" worklist $day --format json "$@" good.ndjson >out 2>err
    status=$?
    [ $status -eq 0 ] && [ -s out ] && ! grep -Evq "$regex" out
    ok "worklist $name" $? out err
}
filtered '--level' '"level":"municipality"' --level municipality
filtered '--state, twice' '"state":"(late|active)"' --state late --state=active
filtered '--kind' '"kind":"hold"' --kind hold
filtered '--unit' '"unit":"aas-1"' --unit aas-1
filtered '--unit -' '"unit":null' --unit -
filtered '--role -' '"role":null' --role -
filtered '--from and --to' '"due":"2026-05' --from 2026-05-01 --to 2026-05-31
filtered '--from, of which the last counts' '"due":"2027-' --from 2026-05-01 --from 2027-01-01
filtered 'filters narrow each other' '"kind":"hold".*"unit":"aas-1"' --unit aas-1 --kind hold
t 0 'Ingen oppgaver' '' 'an empty worklist says so' worklist $day --unit nobody good.ndjson
t 0 '' '' 'but not in JSON' worklist $day --unit nobody --format json good.ndjson
t 0 "without a policy" '' 'its help says where units come from' help worklist
t 2 '' '--state: one of waiting active late' 'a state that is none is wrong use' worklist --state open good.ndjson
t 2 '' '--kind: one of offer ' 'a kind of task that is none is wrong use' worklist --kind ofer good.ndjson
t 2 '' '--from: ' 'a date that is none is wrong use' worklist --from May good.ndjson
t 1 'Frist' 'syntax' 'the table comes also when a line is refused' worklist $day middle.ndjson

# ---- explain --------------------------------------------------------------------------------

t 0 '^p2: hdir-2022, per 20.04.2026' '' 'explain writes a text' explain $day good.ndjson
grep -q 'Time: 04.05.2026 kl. 10:00 (60 min) · Ås helsehus' out
ok 'with the appointment' $? out
grep -q '(wmfg10.missing, e2)' out
ok 'with the findings' $? out
grep -Eq 'Tidsrommet begynner 02.02.2026' out
ok 'and a sentence for a date' $? out
t 0 'The window opens on 2026-02-02' '' 'explain --lang en' explain $day --lang en good.ndjson
t 0 'Tidsrommet byrjar' '' 'explain --lang nn' explain $day --lang nn good.ndjson
t 0 '^  Teller ikke ennå: 1 hendelse datert etter 15.03.2026 \(e3\)$' '' 'explain names what is dated after the day' explain --as-of 2026-03-15 good.ndjson
t 0 '^  Tel ikkje enno: 2 hendingar daterte etter 25.02.2026 \(e4, e3\)$' '' 'in Nynorsk' explain --as-of 2026-02-25 --lang nn good.ndjson
t 0 '^  Not counted yet: 1 event dated after 2026-03-15 \(e3\)$' '' 'in English' explain --as-of 2026-03-15 --lang en good.ndjson
t 0 - '' 'and nothing where all events count' explain $day good.ndjson
! grep -q 'Teller ikke' out
ok 'or says so' $? out
void='{"id":"e8","type":"corrected","date":"2026-06-01","recorded":"2026-03-02T10:00:00Z","of":"e3"}'
one p4 "$offered,$booked,$void" >void.json
t 0 - '' 'a void event will never count' explain --as-of 2026-03-15 void.json
! grep -q 'Teller ikke' out
ok 'and a correction counts whatever its date' $? out
t 0 'Teller ikke ennå: 1 .*\(e3\)$' '' 'unless nobody knew of it' explain --as-of 2026-03-15 --known-at 2026-03-01T10:00:00Z void.json
t 0 'as known at 2026-02-03T10:12:00Z' '' 'explain --known-at' explain $day --lang en --known-at 2026-02-03T10:12:00Z good.ndjson
"$pfh" plan --explain $day good.ndjson >wanted
t 0 '"because"' '' 'explain --format json' explain $day --format json good.ndjson
same 'is plan --explain' wanted out

# ---- id -------------------------------------------------------------------------------------

t 0 '^argument 1: fnr valid synthetic birth-hint 1972-' '' 'id: a synthetic fødselsnummer' id 13897210066
t 0 '^argument 2: dnr valid synthetic' '' 'id: several arguments' id 13747210068 53897210130
t 0 '^argument 1: hnr valid$' '' 'id --kind hnr' id --kind hnr 13517210182
t 0 '^argument 1: fnr-or-hnr valid .*ambiguous' '' 'id: month + 40 is ambiguous' id 13517210182
t 0 '^argument 1: fhn valid$' '' 'id: felles hjelpenummer' id 80000010050
t 0 '^argument 1: duf valid$' '' 'id: a DUF number' id --kind duf 202612345678
t 1 '^argument 1: unknown invalid: .' '' 'id answers 1 for an invalid number' id 13897210067
t 1 'invalid' '' 'a number of 2032 is not valid by the strict rule' id 13897215041
t 0 'valid only-2032 synthetic$' '' 'but by the rule of 2032, without a hint' id --rule 2032 13897215041
t 0 '^argument 1: org valid$' '' 'id --kind org' id --kind org 974520761
t 1 '^argument 1: org invalid: ' '' 'an organisation number with a wrong digit' id --kind org 974520762
t 0 'municipality valid' '' 'id --kind municipality' id --kind municipality 0301
t 0 'hpr valid' '' 'id --kind hpr' id --kind hpr 1234567
t 0 'her valid' '' 'id --kind her' id --kind her 80000
t 2 '' '--kind: one of fnr' 'an unknown kind is wrong use' id --kind ssn 1
t 2 '' '--rule: one of strict 2032' 'an unknown rule is wrong use' id --rule lax 1
printf '13897210066\r\n\nnot a number\n13897210066\0001\n%0200d\n53897210130' 0 >numbers
in=numbers
t 1 '^line 1: fnr valid synthetic' '' 'id reads lines of standard input' id
[ "$(cut -d ' ' -f 1-4 out | tr '\n' ' ')" = 'line 1: fnr valid line 3: unknown invalid: line 4: unknown invalid: line 5: unknown invalid: line 6: dnr valid ' ]
ok 'and counts them, and takes nothing that is too long or holds a NUL' $? out
! grep -Eq '[0-9]{11}|not a number' out
ok 'and never repeats one' $? out
in=/dev/null

# ---- edition --------------------------------------------------------------------------------

t 0 '^hdir-2021-draft ' '' 'edition shows all editions' edition
grep -q '^hdir-2022 ' out && grep -q '2 → hdir-2021-draft 3, 4' out && grep -q 'oral_health' out && grep -q 'G, point 2' out
ok 'with points, topics, mapping and sources' $? out
t 0 '^hdir-2022 ' '' 'edition NAME shows one' edition hdir-2022
! grep -q '^hdir-2021-draft ' out
ok 'and no other' $? out
t 0 'ours' '' 'what is ours is said' edition hdir-2021-draft
t 0 '^Interaction points' '' 'edition --lang en' edition --lang en hdir-2022
t 2 '' 'no such edition: one of hdir-2022' 'an unknown edition is wrong use' edition hdir-1999
t 0 '^\{"name":"hdir-2022"' '' 'edition --json' edition --json
if command -v python3 >/dev/null 2>&1; then
    python3 - out <<'END' >json 2>&1
import json, sys
first, second = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert [p["point"] for p in first["points"]] == [1, 2, 3]
assert first["points"][1]["closes"] == {"months": 4, "days": 0}
assert second["points"][3]["relative"] and second["points"][3]["opens"]["days"] == -14
assert [p["maps_to"] for p in second["points"]] == [[1], [1], [2], [2], [3]]
assert len(first["topics"]) == 13 and len(second["topics"]) == 9
assert all(a["text"]["nn"] for a in first["activities"] + second["activities"])
END
    ok 'is JSON with everything in it' $? json
fi

# ---- Input and output that fail -------------------------------------------------------------

t 3 - 'cannot read none.ndjson: No such file' 'a file that is not there' plan $day none.ndjson good.ndjson
[ "$(wc -l <out)" -eq 3 ]
ok 'does not keep the others back' $? out
t 3 '' 'cannot read none.ndjson: No such file' 'but a worklist that would lack tasks is not written' worklist $day none.ndjson good.ndjson
t 3 - 'cannot read .*Is a directory' 'a folder' plan $day .
t 3 '' 'cannot write none/bad: No such file' 'rejects that cannot be written' plan $day --rejects none/bad good.ndjson
"$pfh" plan $day good.ndjson >&- 2>err
[ $? -eq 3 ] && grep -q 'cannot write' err
ok 'a closed standard output' $? err
"$pfh" plan $day <&- >out 2>err
[ $? -eq 3 ] && grep -q 'cannot read standard input' err
ok 'a closed standard input' $? err
"$pfh" plan $day --rejects taken middle.ndjson 2>&- >out
[ $? -eq 1 ] && cmp -s out - <<END && [ "$(cat taken)" = '{"format":' ]
$("$pfh" plan $day middle.ndjson 2>/dev/null)
END
ok 'a closed standard error puts no message into another file' $? taken

awk -v line="$(one px "$offered,$performed,$given,$booked")" 'BEGIN { while (n++ < 1000) { l = line; sub(/px/, "p" n, l); print l } }' >thousand.ndjson
full() { # full ARGUMENT...
    if [ -w /dev/full ]; then
        "$pfh" "$@" >/dev/full 2>err </dev/null
        [ $? -eq 3 ] && grep -q '^pfh: cannot write to standard output: No space left' err
        ok "a full disk: pfh $1" $? err
    else
        skip "a full disk: pfh $1" 'no /dev/full'
    fi
}
for command in plan worklist check explain; do full $command $day thousand.ndjson; done
full plan $day no-end.ndjson
full id 13897210066
full edition
full --help
full --version
if [ -w /dev/full ]; then
    t 3 - 'cannot write /dev/full: No space' 'rejects on a full disk' plan $day --rejects /dev/full middle.ndjson
fi
cat thousand.ndjson thousand.ndjson thousand.ndjson >more.ndjson
for command in plan worklist check explain; do
    { "$pfh" $command $day more.ndjson 2>err; echo $? >code; } | head -1 >first
    [ "$(cat code)" -eq 3 ] && grep -q '^pfh: output closed' err && [ "$(wc -l <err)" -eq 1 ]
    ok "a closed pipe: $command" $? err code
done

# ---- Long work ------------------------------------------------------------------------------

if command -v python3 >/dev/null 2>&1 && script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    cat >slow.sh <<END
{ i=0; while [ \$i -lt 300 ]; do cat no-end.ndjson; echo; i=\$((i + 1)); done; sleep 4
  i=0; while [ \$i -lt 300 ]; do cat no-end.ndjson; echo; i=\$((i + 1)); done; } | "$pfh" worklist $day --unit nobody
END
    script -qec 'sh slow.sh' /dev/null >tty 2>&1 </dev/null
    python3 - <<'END' >progress 2>&1
text = open("tty", "rb").read()
assert b"\r512 pathways" in text and b"\r\x1b[K" in text, text
assert text.rstrip().endswith(b"Ingen oppgaver."), text
END
    ok 'long work on a terminal shows its progress, and takes it away' $? progress
else
    skip 'long work on a terminal shows its progress' 'no pseudo-terminal or python3 here'
fi
if command -v python3 >/dev/null 2>&1; then
    cat >measure.py <<'END'
"""Runs a command with its output thrown away, and prints the most memory it took, in KiB."""
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:], stdin=open(sys.argv[1]), stdout=subprocess.DEVNULL)
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
END
    # In a build with AddressSanitizer, what is freed must not be kept for long.
    ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=1:thread_local_quarantine_size_kb=64
    export ASAN_OPTIONS
    i=0
    while [ $i -lt 100 ]; do
        cat thousand.ndjson
        i=$((i + 1))
    done >many.ndjson
    for command in plan check explain; do
        few=$(python3 measure.py thousand.ndjson "$pfh" $command $day)
        many=$(python3 measure.py many.ndjson "$pfh" $command $day)
        echo "1,000 pathways: $few KiB, 100,000 pathways: $many KiB" >memory
        [ "${few% *}" = "${many% *}" ] && [ "${few% *}" -le 1 ] && [ "${many#* }" -le $((${few#* } + 2048)) ]
        ok "$command takes the same memory for 1,000 and 100,000 pathways" $? memory
    done
else
    skip 'memory for 100,000 pathways' 'no python3'
fi

echo "1..$count"
[ "$failed" -eq 0 ] || { echo "# $failed of $count failed"; exit 1; }
