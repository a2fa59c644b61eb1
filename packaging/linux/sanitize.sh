#!/usr/bin/env bash
# Builds the tests where memory and threads are handled with a sanitizer, into build/asan or build/tsan, and runs them.
# usage: sanitize.sh address|thread [test...]      (address also checks for undefined behaviour)
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

case "${1:-}" in
  address) preset=asan ;;
  thread) preset=tsan ;;
  *) fail "usage: sanitize.sh address|thread [test...]" ;;
esac
shift
tests=("$@")
[ ${#tests[@]} -gt 0 ] || tests=(base api weights data project metrics engine engine_backend)

# LibTorch, Qt and the image libraries aren't instrumented. What that makes a sanitizer believe is switched off here or
# listed, with its reason, in tests/support/*.supp; everything else stops the test at once.
support="$root/tests/support"
symbolizer=external_symbolizer_path=/usr/lib/llvm-16/bin/llvm-symbolizer
export ASAN_OPTIONS="$symbolizer:detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1"
export LSAN_OPTIONS="suppressions=$support/lsan.supp:print_suppressions=0"
export UBSAN_OPTIONS="$symbolizer:halt_on_error=1:print_stacktrace=1:suppressions=$support/ubsan.supp"
export TSAN_OPTIONS="$symbolizer:halt_on_error=1:second_deadlock_stack=1:ignore_noninstrumented_modules=1:suppressions=$support/tsan.supp"
# OpenMP's own barriers are invisible to the thread sanitizer; with one thread a team there are none.
export OMP_NUM_THREADS=1 QT_QPA_PLATFORM=offscreen

run_tests() {
  local pattern
  pattern=$(IFS='|'; echo "${tests[*]}")
  # The thread sanitizer can't place its shadow memory where the kernel randomises addresses widely.
  setarch "$(uname -m)" -R ctest --test-dir "$root/build/$preset" -R "^($pattern)\$" --output-on-failure --timeout 1200
}

set_up
set_up_sanitizers
build="$root/build/$preset"
step "Configuring ($preset)" configure_as "$preset"
step "Building ($preset)" cmake --build "$build" --target "${tests[@]/#/likeness_tests_}"
run_tests
