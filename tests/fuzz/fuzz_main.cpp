// The fuzzer. LIKENESS_FUZZ_TARGET names the target; with LIKENESS_FUZZ_SEEDS=FOLDER it writes the seeds of all targets to
// FOLDER/<target>/ and ends. Everything else is libFuzzer's: see packaging/linux/fuzz.sh.
#include <sanitizer/allocator_interface.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "tests/fuzz/targets.h"

namespace {

constexpr std::size_t kSlack = 64'000'000;  // what reading a file may take beyond its size

const likeness::FuzzTarget* target = nullptr;
std::atomic<std::size_t> used = 0, limit = SIZE_MAX;

void onMalloc(const volatile void*, std::size_t size) {
  const auto now = used += size;
  if (now <= limit) return;
  limit = SIZE_MAX;  // the report allocates too
  likeness::require(false, "reading takes no more than the file's size and 64 MB");
}

void onFree(const volatile void* block) {
  if (block != nullptr) used -= __sanitizer_get_allocated_size(block);
}

void writeSeeds(const std::filesystem::path& folder) {
  for (const auto& one : likeness::fuzzTargets()) {
    std::filesystem::create_directories(folder / one.name);
    int number = 0;
    for (const auto& seed : one.seeds()) {
      std::ofstream(folder / one.name / ("seed-" + std::to_string(number++)), std::ios::binary) << seed;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  if (const char* folder = std::getenv("LIKENESS_FUZZ_SEEDS")) {
    writeSeeds(folder);
    std::exit(0);
  }
  const char* name = std::getenv("LIKENESS_FUZZ_TARGET");
  for (const auto& one : likeness::fuzzTargets()) {
    if (name != nullptr && std::strcmp(name, one.name) == 0) target = &one;
  }
  if (target == nullptr) {
    std::fprintf(stderr, "LIKENESS_FUZZ_TARGET must be one of");
    for (const auto& one : likeness::fuzzTargets()) std::fprintf(stderr, " %s", one.name);
    std::fprintf(stderr, "\n");
    std::exit(2);
  }
  likeness::require(__sanitizer_install_malloc_and_free_hooks(onMalloc, onFree) != 0, "memory can be counted");
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  limit = used + size + kSlack;
  target->run({reinterpret_cast<const std::byte*>(data), size});
  limit = SIZE_MAX;
  return 0;
}
