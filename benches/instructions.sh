#!/usr/bin/env bash
# Counts the instructions of a check of 1,000 invented records, as files and as lines, and fails where one count is more
# than 5 % over the number in instructions.txt. Unlike times, the numbers do not depend on who else uses the machine.
#
#   benches/instructions.sh            compares
#   benches/instructions.sh --update   writes the numbers, for a change that is worth its cost
#
# The numbers belong to the toolchain of rust-version in Cargo.toml; a newer compiler may give others. Needs valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v valgrind >/dev/null; then
  echo 'skipped: valgrind is not installed'
  exit 0
fi
cargo build --release --quiet --package comity-cli --package comity-benches
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
target=${CARGO_TARGET_DIR:-target}/release
"$target/generate" --records 1000 --seed 1 --to "$work/files" --ndjson "$work/lines.ndjson"

# One thread, so that no instruction is spent on waiting for another.
count() {
  RAYON_NUM_THREADS=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
    "$target/comity" check --quiet --today 2026-01-01 "$1" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
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
  echo "$1: $2 instructions, and $allowed are committed ($((($2 - allowed) * 1000 / allowed)) ‰ more)"
  if (($2 > allowed + allowed / 20)); then
    echo "error: a check of $1 costs more than 5 % over the committed number; find out why, or run $0 --update" >&2
    status=1
  fi
}
compare files "$files"
compare lines "$lines"
exit $status
