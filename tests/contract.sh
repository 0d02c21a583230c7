#!/usr/bin/env bash
# What a script may rely on, as a script: every exit code and every format of `massage`, and the pipes, disks and
# encodings that scripts meet.  Silent when all is so; else it says what it expected, and exits with 1.
#
#   bash tests/contract.sh        # with `massage` on the PATH
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out=$work/out err=$work/err

fail() {
    printf 'contract: expected %s\n' "$*" >&2
    [ ! -s "$err" ] || sed 's/^/  standard error: /' "$err" >&2
    exit 1
}

# exits CODE COMMAND …: the command ends with that code, its output is in $out and $err, and there is never a trace.
exits() {
    local want=$1 got=0
    shift
    "$@" >"$out" 2>"$err" || got=$?
    [ "$got" = "$want" ] || fail "exit code $want, not $got: $*"
    ! grep -q -e Traceback -e Error: "$err" || fail "no trace: $*"
}

# tells FILE TEXT: the file holds that text.
tells() { grep -qF -- "$2" "$1" || fail "$(basename "$1") to tell “$2”: $(head -c 300 "$1")"; }

# silent FILE: nothing was written there.
silent() { [ ! -s "$1" ] || fail "nothing on $(basename "$1"): $(head -c 300 "$1")"; }

# lines NUMBER: so many lines on standard output.
lines() { [ "$(wc -l <"$out")" -eq "$1" ] || fail "$1 lines, not $(wc -l <"$out")"; }

# same FILE FILE: the same bytes.
same() { cmp "$1" "$2" >&2 || fail "the same bytes in $(basename "$1") and $(basename "$2")"; }

# Two pages of our own, as alike as can be.
mkdir "$work/towels"
printf 'title: Hot towel\nwhat: A warm one.\n' >"$work/towels/hot.yaml"
printf 'title: Cold towel\nwhat: A cool one.\n' >"$work/towels/cold.yaml"
towels() { massage --no-builtin --knowledge "$work/towels" "$@"; }

## Every exit code

exits 0 massage ask "what is effleurage"                        # answered
tells "$out" "glide"
silent "$err"
exits 0 massage what is effleurage                              # the same without the command
exits 1 massage ask "how do I bake bread"                       # nothing found
tells "$out" "no page on"
silent "$err"
exits 2 massage ask --nonsense fascia                           # wrong usage
silent "$out"
tells "$err" "--nonsense"
exits 2 massage ask
exits 2 massage ask --jsonl --jobs 0
exits 2 massage ask --jsonl --fail-on unkown
exits 3 towels ask "what is a towel?"                           # several close answers
tells "$out" "1. Cold towel"
exits 4 massage ask "one calf is swollen and hot, how do I rub it out?"    # stopped for safety
tells "$out" "blood clot"
exits 5 massage --knowledge "$work/nowhere" ask fascia          # the knowledge cannot be used
silent "$out"
printf 'titel: Lukewarm towel\n' >"$work/broken.yaml"
exits 5 massage check "$work/broken.yaml"                       # or check found something
tells "$out" "broken.yaml:1:1: "

mkfifo "$work/questions"                                        # interrupted
set -m # so that what runs in the background hears Ctrl-C
for how in - "--jsonl --jobs 2"; do
    # shellcheck disable=SC2086 # two flags
    massage ask $how <"$work/questions" >"$out" 2>"$err" &
    exec 3>"$work/questions"
    echo '{"question": "what is fascia"}' >&3
    until [ -s "$out" ]; do sleep 0.02; done
    kill -INT $!
    code=0
    { wait $! || code=$?; } 2>/dev/null # the shell would tell of it
    exec 3>&-
    [ "$code" = 130 ] || fail "exit code 130, not $code, of an interrupted ask $how"
    silent "$err"
done
set +m

## Every format

exits 0 massage ask --format text "what is kneading"
tells "$out" "From: "
exits 0 massage ask --format md "what is kneading"
tells "$out" "> Caution: "
exits 0 massage ask --json "what is kneading"
cp "$out" "$work/kneading.json"
lines 1
tells "$out" '"schema": 1'
exits 0 massage ask --format json "what is kneading"
same "$out" "$work/kneading.json"
exits 1 massage ask --json "how do I bake bread"                # the exit code does not depend on the format
tells "$out" '"status": "unknown"'

exits 0 massage list
tells "$out" "kneading	term	Kneading"
exits 0 massage list --format json
tells "$out" '"id": "kneading"'
exits 0 massage list --format md
tells "$out" '- **Kneading** (`kneading`, term)'

exits 0 massage show kneading
exits 0 massage show kneading --format json
tells "$out" '"id": "kneading"'
exits 0 massage show kneading --format md
tells "$out" "# Kneading"
exits 0 massage show "kneading#how_long"                        # one facet
tells "$out" "How long"
exits 0 massage show "back-massage#2"                           # one step
tells "$out" "Step 2: "
exits 1 massage show "back-massage#99"
silent "$out"
tells "$err" "no step 99"
exits 1 massage show efflurage
tells "$err" "did you mean 'effleurage'?"

exits 0 massage schema answer
tells "$out" '"$schema": "https://json-schema.org/draft/2020-12/schema"'
exits 2 massage schema question
exits 0 massage --version
tells "$out" "massage "
for shell in bash zsh fish; do exits 0 massage completion $shell; done
exits 0 massage man
tells "$out" ".TH MASSAGE 1"
exits 0 massage check
silent "$out"

## A batch

cat >"$work/batch" <<'EOF'
{"id": 1, "question": "what is kneading", "session": "ann"}
{"id": 2, "question": "what is friction", "session": "bob"}
{"id": 3, "question": "and how long?", "session": "ann"}

this is no JSON
{"id": 6, "question": "how do I bake bread"}
EOF
exits 0 massage ask --jsonl <"$work/batch"                      # a batch that ran, whatever it answered
cp "$out" "$work/before"
lines 6
silent "$err"
[ "$(grep -c '"status": "error"' "$out")" = 2 ] || fail "an error for the empty line and one for the broken one"
sed -n 3p "$out" >"$work/third"
tells "$work/third" '"entry": "kneading"'                       # a session is a conversation
tells "$work/third" '"facet": "how_long"'
exits 0 massage ask --jsonl --jobs 2 <"$work/batch"             # two processes, the same bytes
same "$out" "$work/before"
exits 1 massage ask --jsonl --fail-on unknown,ambiguous,stop <"$work/batch"
same "$out" "$work/before"
tells "$err" "1 unknown"
exits 0 massage ask --jsonl --fail-on ambiguous,stop <"$work/batch"
exits 1 massage ask - --fail-on unknown <<<"how do I bake bread"

exits 0 massage verify "$work/before"                           # nothing is answered otherwise
silent "$out"
printf 'title: Kneading\nid: kneading\nwhat: Our own way.\n' >"$work/towels/kneading.yaml"
exits 1 massage --knowledge "$work/towels" verify "$work/before"
tells "$out" "now  answered kneading what: Our own way."
exits 1 massage --knowledge "$work/towels" verify --json - <"$work/before"
tells "$out" '"differs": ['
exits 2 massage verify "$work/batch"                            # questions are no answers
exits 5 massage verify "$work/nowhere"

## Pipes, disks and encodings

set -o pipefail
first=$(massage list | head -1) || fail "exit code 0 where the reader leaves after a line"
[ -n "$first" ] || fail "a first line of the list"
first=$(yes '{"question": "fascia"}' 2>"$err" | massage ask --jsonl --jobs 2 | head -1) || : # yes is cut off
[ -n "$first" ] || fail "a first answer of an endless batch"
set +o pipefail

if [ -e /dev/full ]; then # a full disk
    for words in "ask fascia" "list" "show fascia" "schema" "--version" "ask --help"; do
        # shellcheck disable=SC2086 # words
        exits 5 eval "massage $words >/dev/full"
        tells "$err" "massage: cannot read or write: "
    done
    exits 0 eval 'massage ask --explain fascia 2>/dev/full'     # what cannot be told beside an answer spoils nothing
    exits 2 eval 'massage ask --nonsense fascia 2>/dev/full'
fi
exits 0 eval 'massage ask fascia <&-'
exits 0 eval 'massage ask --jsonl <&-'
exits 0 eval 'massage ask fascia 2>&-'

for narrow in LANG=C PYTHONIOENCODING=ascii PYTHONIOENCODING=cp1252; do
    exits 0 env LC_ALL=C $narrow massage show kneading
    silent "$err"
    exits 0 env LC_ALL=C $narrow massage ask --json "what is kneading"
    same "$out" "$work/kneading.json"
done

printf '\357\273\277{"question": "what is kneading"}\r\n' >"$work/windows" # a BOM, and CRLF
exits 0 massage ask --jsonl <"$work/windows"
same "$out" "$work/kneading.json"
printf '\357\273\277what is kneading\r\n' | exits 0 massage ask --json -
same "$out" "$work/kneading.json"
printf 'what is \377\000 kneading\n' >"$work/bytes"             # bytes that are no text
exits 0 massage ask - <"$work/bytes"

exits 0 env -i PATH="$PATH" massage ask "what is kneading"      # no HOME, no nothing
silent "$err"
for seed in 0 1; do                                             # the same bytes, however Python hashes
    exits 0 env PYTHONHASHSEED=$seed massage ask --jsonl <"$work/batch"
    same "$out" "$work/before"
done
