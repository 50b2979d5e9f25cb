#!/bin/sh
# replay.sh FUZZ-PROGRAM... -- every document that the tests know through the fuzz targets, once: no error and
# no leak on any way in, with sanitizers.  (The suites run every test in a process that is ended before
# leaks are counted; this one is ended properly.)
set -u
: "${1:?usage: replay.sh PATH-OF-gate_fuzz...}"
here=$(cd "$(dirname "$0")" && pwd) || exit 1
. "$here/tap.sh"
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT INT TERM
mkdir "$dir/documents"

python3 - "$here/../.." "$dir/documents" >"$dir/log" 2>&1 <<'END'
"""Writes every document in the tests' and the sample data into a folder, each a file of its own."""
import glob, hashlib, json, os, sys

root, folder = sys.argv[1:]


def keep(data):
    with open(os.path.join(folder, hashlib.sha256(data).hexdigest()[:20]), "wb") as file:
        file.write(data)


def walk(value):
    """A document in a test is an object with a format, a text, or bytes in hexadecimal."""
    if isinstance(value, dict):
        if "format" in value:
            keep(json.dumps(value).encode())
        if isinstance(value.get("hex"), str):
            keep(bytes.fromhex(value["hex"]))
        if isinstance(value.get("text"), str):
            keep(value["text"].encode("utf-8", "surrogatepass"))
        if isinstance(value.get("policy"), dict) and isinstance(value.get("pathway"), dict):
            keep(json.dumps(value["policy"]).encode() + b"\n" + json.dumps(value["pathway"]).encode())
        if isinstance(value.get("copies"), list):
            keep(b"\n".join(json.dumps(copy).encode() for copy in value["copies"]))
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            walk(one)


for path in glob.glob(root + "/tests/vectors/*.json") + glob.glob(root + "/tests/bad/*.json"):
    with open(path, "rb") as file:
        walk(json.load(file))
for path in glob.glob(root + "/examples/data/*json"):
    with open(path, "rb") as file:
        text = file.read()
    keep(text)
    for line in text.split(b"\n"):
        keep(line)
END
tap $? 'the documents of the tests are written' "$dir/log"
count=$(ls "$dir/documents" | wc -l)
[ "$count" -gt 100 ]
tap $? 'there are some hundred of them'
for program; do
    timeout 300 "$program" -runs=0 -detect_leaks=1 -max_len=5000000 -artifact_prefix="$dir/" "$dir/documents" >"$dir/log" 2>&1 </dev/null
    tap $? "$((count)) documents through ${program##*/}" "$dir/log"
done
tap_end
