#!/usr/bin/env bash
# Times a check of invented records beside public validators of JSON Schema, over the same files and schemas. The others
# get one call for each kind of records, since each kind has a schema, and look at the structure only. What takes part is
# installed below target/peers, in the newest version of its registry; what cannot be had is left out, with a word.
#
#   benches/peers.sh                                10,000 records, three rounds
#   RECORDS=1000 ROUNDS=5 benches/peers.sh
#
# Needs cargo; npm and python3 for what comes from there. Not part of the gate.
set -euo pipefail
cd "$(dirname "$0")/.."

records=${RECORDS:-10000} rounds=${ROUNDS:-3}
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
peers=$target/peers
schemas=$PWD/schema
npm_bin=$peers/npm/node_modules/.bin

leave_out() { echo "left out: $1 ($2)" >&2; }

# Takes the name of a peer, its program, and the command that installs it.
install_peer() {
  local name=$1 program=$2
  shift 2
  [[ -x $program ]] || "$@" >"$peers/$name.log" 2>&1 || true
  [[ -x $program ]] || leave_out "$name" "not installed, see $peers/$name.log"
}
from_crates() { cargo install --quiet --root "$peers/cargo" --target-dir "$peers/build" "$1"; }
from_npm() { npm install --silent --no-audit --no-fund --prefix "$peers/npm" "$@"; }
from_pypi() { python3 -m venv "$peers/python" && "$peers/python/bin/pip" install --quiet "$1"; }

mkdir -p "$peers"
cargo build --release --quiet --package comity-cli --package comity-benches
install_peer jsonschema-cli "$peers/cargo/bin/jsonschema-cli" from_crates jsonschema-cli
install_peer boon "$peers/cargo/bin/boon" from_crates boon-cli
install_peer sourcemeta "$npm_bin/jsonschema" from_npm @sourcemeta/jsonschema
install_peer ajv "$npm_bin/ajv" from_npm ajv-cli ajv-formats
install_peer check-jsonschema "$peers/python/bin/check-jsonschema" from_pypi check-jsonschema

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$target/release/generate" --records "$records" --seed 1 --to "$work/records"
cd "$work/records"
count=$(find . -mindepth 2 -name '*.json' | wc -l)

# Each of these checks the files of one kind against the schema of the kind.
jsonschema_cli() { "$peers/cargo/bin/jsonschema-cli" validate "$1" --instance "${@:2}"; }
boon() { "$peers/cargo/bin/boon" "$@"; }
sourcemeta() { "$npm_bin/jsonschema" validate "$@"; }
sourcemeta_fast() { "$npm_bin/jsonschema" validate --fast "$@"; }
# It takes a pattern for many files, and knows formats from another package.
ajv() { "$npm_bin/ajv" validate --spec=draft2020 --strict=false -c ajv-formats -s "$1" -d "$(dirname "$2")/*.json"; }
check_jsonschema() { "$peers/python/bin/check-jsonschema" --schemafile "$@"; }

comity() { "$target/release/comity" check --today 2026-01-01 .; }
each_kind() {
  local kind files
  for kind in */; do
    files=("$kind"*.json)
    [[ ! -e ${files[0]} ]] || "$1" "$schemas/${kind%/}.schema.json" "${files[@]}" || return
  done
}

# Prints the wall time and the processor time of a command, in seconds.
TIMEFORMAT='%R %U %S'
seconds() {
  local times
  times=$({ time "$@" >"$work/out" 2>&1; } 2>&1) || return
  awk '{ print $1, $2 + $3 }' <<<"$times"
}

all=(comity)
try() {
  [[ -x $2 ]] || return 0
  if each_kind "$1" >"$work/out" 2>&1; then
    all+=("$1")
  else
    leave_out "$1" "it fails: $(tail -n 1 "$work/out")"
  fi
}
seconds comity >"$work/times" # so that the files are in memory
try jsonschema_cli "$peers/cargo/bin/jsonschema-cli"
try boon "$peers/cargo/bin/boon"
try sourcemeta "$npm_bin/jsonschema"
try sourcemeta_fast "$npm_bin/jsonschema"
try ajv "$npm_bin/ajv"
try check_jsonschema "$peers/python/bin/check-jsonschema"

# In turns, so that what else the machine does slows all of them.
for ((round = 0; round < rounds; round++)); do
  for name in "${all[@]}"; do
    if [[ $name == comity ]]; then seconds comity; else seconds each_kind "$name"; fi >>"$work/$name.times"
  done
done

median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
printf '%d records, medians of %d rounds\n' "$count" "$rounds"
printf '%-18s %10s %10s %12s %12s\n' '' 'wall, s' 'cpu, s' 'wall, ×' 'cpu, ×'
for name in "${all[@]}"; do
  wall=$(cut -d ' ' -f 1 "$work/$name.times" | median)
  cpu=$(cut -d ' ' -f 2 "$work/$name.times" | median)
  [[ $name != comity ]] || own=("$wall" "$cpu")
  awk -v name="${name//_/-}" -v wall="$wall" -v cpu="$cpu" -v own_wall="${own[0]}" -v own_cpu="${own[1]}" \
    'BEGIN { printf "%-18s %10.2f %10.2f %12.1f %12.1f\n", name, wall, cpu, wall / own_wall, cpu / own_cpu }'
done
