#!/usr/bin/env bash
# Prints what a whole check costs beside the bare programs, for each number of records, as files and as lines; and what a check
# of one file costs, beside a dataset of that file alone, without a cache and with one. The programs take turns over the same
# records, so that what else the machine does slows all of them: the least wall time, the median of the processor time, and the
# greatest memory of all rounds but the first.
#
#   benches/table.sh                                      1,000, 10,000 and 100,000 files and lines; some minutes
#   ROUNDS=5 benches/table.sh files:10000 lines:1000000
#   BEFORE=/tmp/comity-before benches/table.sh            also an earlier build of the program
#
# Needs GNU time.
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=${ROUNDS:-5}
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")/release
sizes=("$@")
((${#sizes[@]})) || sizes=({files,lines}:{1000,10000,100000})

cargo build --release --quiet --package comity-cli --package comity-benches
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The cache is that of this run; in CI there would be none.
export XDG_CACHE_HOME=$work/cache
unset CI

# Runs a program, and appends its wall time and its processor time in seconds and its memory in KiB to its file.
TIMEFORMAT='%3R %3U %3S'
measure() {
  local name=$1 times
  shift
  # A record without the others has findings, so that its check ends with 1; anything else is a failure.
  times=$({ time /usr/bin/time -f %M -o "$work/memory" "$@" >/dev/null 2>&1; } 2>&1) || [[ $name == alone && $? == 1 ]]
  awk '{ print $1, $2 + $3, $4 }' <<<"$times $(tail -n 1 "$work/memory")" >>"$work/measured/$name"
}

run() {
  case $1 in
    floor | floor-system) measure "$1" "$target/$1" "$data" ;;
    comity) measure "$1" "$target/comity" check "$data" ;;
    before) measure "$1" "${BEFORE}" check "$data" ;;
    alone) measure "$1" "$target/comity" check "$work/alone" ;;
    one) measure "$1" "$target/comity" check --no-cache "$one" ;;
    one-cached) measure "$1" "$target/comity" check "$one" ;;
  esac
}

# Prints a column of the measures of a program, the least first.
column() { cut -d ' ' -f "$2" "$work/measured/$1" | sort -n; }

for size in "${sizes[@]}"; do
  form=${size%%:*} records=${size##*:} data=$work/data
  programs=(floor floor-system comity)
  [[ -z ${BEFORE-} ]] || programs+=(before)
  rm -rf "${work:?}"/*
  mkdir "$work/measured"
  if [[ $form == files ]]; then
    "$target/generate" --records "$records" --seed 1 --to "$data"
    programs+=(alone one one-cached)
    files=("$data"/event/*.json) one=${files[0]}
    mkdir -p "$work/alone/event"
    cp "$data/dataset.json" "$work/alone/"
    cp "$one" "$work/alone/event/"
    # The cache trusts no file that is younger than two seconds.
    sleep 2.1
  else
    data=$data.ndjson
    "$target/generate" --records "$records" --seed 1 --ndjson "$data"
  fi
  for ((round = 0; round <= rounds; round++)); do
    for name in "${programs[@]}"; do
      run "$name"
      # The first round warms up.
      ((round)) || rm "$work/measured/$name"
    done
  done
  printf '\n%s %s, %s rounds\n%-14s %10s %10s %12s %10s\n' "$records" "$form" "$rounds" '' 'wall, ms' 'cpu, ms' 'cpu, × floor' 'MiB'
  floor=$(column floor 2 | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }')
  for name in "${programs[@]}"; do
    column "$name" 2 | awk -v name="$name" -v wall="$(column "$name" 1 | head -n 1)" -v floor="$floor" \
      -v memory="$(column "$name" 3 | tail -n 1)" '{ all[NR] = $1 }
        END { cpu = all[int((NR + 1) / 2)]; printf "%-14s %10.1f %10.1f %12.2f %10.0f\n", name, 1000 * wall, 1000 * cpu, cpu / floor, memory / 1024 }'
  done
done
