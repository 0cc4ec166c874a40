#!/usr/bin/env bash
# Counts the instructions of a check of 1,000 invented records, as files and as lines, and fails where one count is more
# than 5 % over the number in instructions.txt. Unlike times, the numbers do not depend on who else uses the machine.
#
#   benches/instructions.sh            compares
#   benches/instructions.sh --update   writes the numbers, for a change that is worth its cost
#
# The numbers belong to the toolchain of rust-version in Cargo.toml; a newer compiler may give others. Needs valgrind: a
# person without valgrind skips the comparison, a run of GitHub Actions without valgrind fails.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v valgrind >/dev/null; then
  if [[ -n ${GITHUB_ACTIONS:-} ]]; then
    echo 'error: valgrind is not installed; the workflow must install valgrind' >&2
    exit 1
  fi
  echo 'skipped: valgrind is not installed'
  exit 0
fi
cargo build --release --quiet --bin comity
# The program that invents the records need not be optimized.
cargo build --quiet --bin generate
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
target=${CARGO_TARGET_DIR:-target}
"$target/debug/generate" --records 1000 --seed 1 --to "$work/files" --ndjson "$work/lines.ndjson"

# Prints the instructions of a check. One thread, so that no instruction is spent on waiting for another. The check must not
# know of GitHub Actions: annotations and a summary of invented records are of no use to anybody, and cost instructions.
count() {
  local status=0 found
  env -u GITHUB_ACTIONS -u GITHUB_STEP_SUMMARY RAYON_NUM_THREADS=1 \
    valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    "$target/release/comity" check --quiet --today 2026-01-01 "$1" >/dev/null 2>"$work/valgrind" || status=$?
  found=$(sed -n 's/.*Collected : //p' "$work/valgrind")
  if [[ $status != 0 || ! $found =~ ^[0-9]+$ ]]; then
    echo "error: valgrind counted no instructions of a check of $1; its status is $status, its output:" >&2
    cat "$work/valgrind" >&2
    return 1
  fi
  echo "$found"
}
files=$(count "$work/files")
lines=$(count "$work/lines.ndjson")

if [[ ${1-} == --update ]]; then
  printf 'files %s\nlines %s\n' "$files" "$lines" >benches/instructions.txt
  cat benches/instructions.txt
  exit 0
fi
status=0
compare() {
  local allowed
  allowed=$(sed -n "s/^$1 //p" benches/instructions.txt)
  if [[ ! $allowed =~ ^[1-9][0-9]*$ ]]; then
    echo "error: benches/instructions.txt has no number for $1; run $0 --update" >&2
    exit 1
  fi
  echo "$1: $2 instructions, and $allowed are committed ($((($2 - allowed) * 1000 / allowed)) ‰ more)"
  if (($2 > allowed + allowed / 20)); then
    echo "error: a check of $1 costs more than 5 % over the committed number; find out why, or run $0 --update" >&2
    status=1
  fi
}
compare files "$files"
compare lines "$lines"
exit $status
