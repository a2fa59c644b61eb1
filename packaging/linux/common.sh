# Shared by the scripts beside it: steps that print one line each, packages, LibTorch, configure and build.
# Source it; it runs nothing by itself.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build="$root/build/release"
logs="$root/build/logs"
torch_version=2.13.0
torch_home="${XDG_CACHE_HOME:-$HOME/.cache}/likeness/libtorch-$torch_version+cpu"

fail() {
  echo "likeness: $*" >&2
  exit 1
}

# step NAME COMMAND...: runs it quietly into a log of its own; says how long it took, or in one line what failed.
step() {
  local name=$1 log started
  shift
  log="$logs/$(echo "$name" | tr ' A-Z' '-a-z' | tr -cd 'a-z0-9.-').log"
  mkdir -p "$logs"
  started=$SECONDS
  printf '%-44s' "$name …"
  if "$@" >"$log" 2>&1 </dev/null; then
    echo "done ($((SECONDS - started)) s)"
  else
    echo "failed"
    local last
    last=$(grep -E -i 'error|failed|unable|cannot|no space' "$log" | tail -n 1 || true)
    [ -n "$last" ] || last=$(tail -n 1 "$log" || true)
    fail "$name failed: $last (the whole log: $log)"
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "error: installing packages needs root; run this as root or install sudo"
    return 1
  fi
}

packages() {
  grep -v '^#' "$root/packaging/linux/packages.txt"
}

missing_packages() {
  local package
  for package in $(packages); do
    dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
  done
}

install_packages() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(missing_packages)
}

# The CPU build as the Python wheel has it: headers, libraries and CMake config. No Python is linked.
fetch_torch() {
  local temporary="$torch_home.$$.tmp"
  rm -rf "$temporary"
  mkdir -p "$temporary"
  local download=(python3 -m pip download --no-deps --only-binary=:all: --python-version 3.11 --implementation cp
    --abi cp311 --platform manylinux_2_28_x86_64 --dest "$temporary" "torch==$torch_version+cpu")
  "${download[@]}" || "${download[@]}" --index-url https://download.pytorch.org/whl/cpu || return 1
  python3 -m zipfile -e "$temporary"/torch-*.whl "$temporary/unpacked" || return 1
  rm -rf "$torch_home"
  mv "$temporary/unpacked" "$torch_home" || return 1
  rm -rf "$temporary"
}

# configure_as PRESET [argument of cmake...]
# clang instantiates the templates of LibTorch's header once, with the precompiled header; g++ 12 does so in every file
# and takes three times as long. Another compiler can be named in CXX.
configure_as() {
  local preset=$1 arguments=()
  shift
  export CXX="${CXX:-clang++-16}"
  [ -z "${LIKENESS_TORCH:-}" ] || arguments+=("-DLIKENESS_TORCH=$LIKENESS_TORCH")
  (cd "$root" && cmake --preset "$preset" "${arguments[@]}" "$@")
}

configure() {
  configure_as release "$@"
}

# The sanitizers and the fuzzer of the compiler that we build with, and what puts names into their reports.
set_up_sanitizers() {
  { [ -x /usr/lib/llvm-16/bin/llvm-symbolizer ] && [ -d /usr/lib/llvm-16/lib/clang/16/lib ]; } ||
    step "Installing clang's sanitizers" install_sanitizers
}

install_sanitizers() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends libclang-rt-16-dev llvm-16
}

# Packages and LibTorch. Sets LIKENESS_TORCH unless a LibTorch is given.
set_up() {
  command -v apt-get >/dev/null || fail "this script is for Debian 12 and Ubuntu 24.04; elsewhere install what packaging/linux/packages.txt names and build with cmake --preset release"
  if [ -n "$(missing_packages)" ]; then
    step "Installing packages" install_packages
  fi
  if [ -n "${LIKENESS_TORCH:-}" ]; then
    [ -d "$LIKENESS_TORCH/share/cmake/Torch" ] || fail "LIKENESS_TORCH is $LIKENESS_TORCH, but there is no share/cmake/Torch in it; name the folder of an unpacked LibTorch"
  elif [ -z "${CMAKE_PREFIX_PATH:-}" ] || ! find_given_torch; then
    [ -d "$torch_home/torch/share/cmake/Torch" ] || step "Fetching LibTorch $torch_version" fetch_torch
    export LIKENESS_TORCH="$torch_home/torch"
  fi
}

# True when CMAKE_PREFIX_PATH leads to a LibTorch.
find_given_torch() {
  local folder
  for folder in $(echo "$CMAKE_PREFIX_PATH" | tr ':;' '  '); do
    [ -d "$folder/share/cmake/Torch" ] && return 0
  done
  return 1
}
