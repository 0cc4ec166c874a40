#!/usr/bin/env bash
# Shows where the instructions of a check of invented records go: the ten functions that cost the most without what they
# call, and the five rules that cost the most with what they call, in percent of the whole check.
#
#   benches/costly.sh 1000 10000      for each number of records; 100,000 take some minutes
#
# Needs valgrind. The names of functions are in programs that are built with CARGO_PROFILE_RELEASE_STRIP=none.
set -euo pipefail
cd "$(dirname "$0")/.."

export CARGO_PROFILE_RELEASE_STRIP=none
cargo build --release --quiet --package comity-cli --package comity-benches
target=${CARGO_TARGET_DIR:-target}/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Keeps instructions and name of the lines that callgrind_annotate prints of functions.
functions() {
  callgrind_annotate --threshold=100 "$@" "$work/profile" |
    sed -nE 's/^ *([0-9,]+) \([^)]*\) +[^:]*:(.*) \[[^]]*\]$/\1 \2/p'
}

# Prints the first lines with a share of all instructions in the place of the number.
shares() {
  awk -v most="$1" -v all="$all" 'NR <= most { gsub(",", "", $1); share = 100 * $1 / all; $1 = ""; printf "%5.1f %%%s\n", share, $0 }'
}

for records in "${@:-1000}"; do
  "$target/generate" --records "$records" --seed 1 --ndjson "$work/lines.ndjson"
  RAYON_NUM_THREADS=1 valgrind --log-file=/dev/null --tool=callgrind --callgrind-out-file="$work/profile" \
    "$target/comity" check --quiet --today 2026-01-01 "$work/lines.ndjson" >/dev/null
  all=$(sed -n 's/^summary: //p' "$work/profile")
  printf '\n== %s lines: functions\n' "$records"
  functions | shares 10
  printf '== %s lines: rules\n' "$records"
  # What the runner calls of a rule, with what that calls in turn.
  functions --inclusive=yes |
    sed -nE 's/ comity::rules::[a-z_]+::([a-z_]+)::(check|note|doubts|coverage)$/ \1/p' |
    awk '{ gsub(",", "", $1); sum[$2] += $1 } END { for (rule in sum) print sum[rule], rule }' | sort -rn | shares 5
done
