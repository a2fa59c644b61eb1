#!/usr/bin/env bash
# Fuzzes every reader of untrusted bytes with libFuzzer, the address and undefined-behaviour sanitizers, and a limit of
# the input's size and 64 MB of memory. What it finds is kept in build/fuzz/found; a fixed one belongs in
# tests/fuzz/corpus/<target>, where every test run replays it.
# usage: fuzz.sh [--runs N] [--jobs N] [TARGET...]
#   N executions over all targets together, 10 000 000 unless given, in so many processes a target (2) with different
#   seeds, which share what they discover
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

runs=10000000
jobs=2
targets=()
while [ $# -gt 0 ]; do
  case "$1" in
    --runs) [ $# -ge 2 ] || fail "--runs needs a number"; runs=$2; shift ;;
    --jobs) [ $# -ge 2 ] || fail "--jobs needs a number"; jobs=$2; shift ;;
    -*) fail "usage: fuzz.sh [--runs N] [--jobs N] [TARGET...]" ;;
    *) targets+=("$1") ;;
  esac
  shift
done
fuzz="$root/build/fuzz"

# One thread is enough for tensors this small. LibTorch isn't instrumented and keeps what it made at its start.
export OMP_NUM_THREADS=1 ASAN_OPTIONS="detect_leaks=0:strict_string_checks=1" UBSAN_OPTIONS="print_stacktrace=1"

# run_target NAME RUNS SEED: one fuzzing process; its log ends with libFuzzer's statistics.
run_target() {
  local corpus="$fuzz/corpus/$1"
  mkdir -p "$corpus" "$fuzz/found" "$fuzz/logs"
  local folders=("$corpus" "$fuzz/seeds/$1")
  [ ! -d "$root/tests/fuzz/corpus/$1" ] || folders+=("$root/tests/fuzz/corpus/$1")
  LIKENESS_FUZZ_TARGET=$1 "$fuzz/tests/likeness_fuzz" "${folders[@]}" -runs="$2" -seed="$3" -max_len=4096 -timeout=20 \
    -rss_limit_mb=2048 -dict="$root/tests/fuzz/dictionary.txt" -artifact_prefix="$fuzz/found/$1-" -print_final_stats=1 \
    >"$fuzz/logs/$1-$3.log" 2>&1
}

set_up
set_up_sanitizers
step "Configuring" configure_as fuzz
step "Building" cmake --build "$fuzz" --target likeness_fuzz
rm -rf "$fuzz/seeds" "$fuzz/logs"
LIKENESS_FUZZ_SEEDS="$fuzz/seeds" "$fuzz/tests/likeness_fuzz"
[ ${#targets[@]} -gt 0 ] || targets=($(ls "$fuzz/seeds"))

started=$SECONDS
failed=0
each=$((runs / ${#targets[@]} / jobs + 1))
for target in "${targets[@]}"; do
  processes=()
  for ((seed = 1; seed <= jobs; ++seed)); do
    run_target "$target" "$each" "$seed" &
    processes+=($!)
  done
  for process in "${processes[@]}"; do wait "$process" || failed=1; done
  cat "$fuzz/logs/$target"-*.log | awk -v name="$target" '
    /stat::number_of_executed_units/ {runs += $2} /stat::peak_rss_mb/ {if ($2 > rss) rss = $2}
    /stat::slowest_unit_time_sec/ {if ($2 > slow) slow = $2}
    END {printf "%-14s %10d executions, peak %d MB with the sanitizers, slowest %d s\n", name, runs, rss, slow}'
done
total=$(cat "$fuzz"/logs/*.log | awk '/stat::number_of_executed_units/ {runs += $2} END {print runs + 0}')
echo "$total executions in $((SECONDS - started)) s"
[ $failed = 0 ] || fail "something was found: see $fuzz/found and $fuzz/logs"
