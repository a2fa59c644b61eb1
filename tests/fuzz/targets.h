#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace likeness {

/// One reader of untrusted bytes. `run` feeds it a file's bytes and aborts if what it answers does not hold: the fuzzer and
/// the replay test add the checks of memory, time and sanitizers. `seeds` are small inputs to start from.
/// To add one: a file beside this with both functions, a line in targets.cpp, its sources in fuzz.cmake.
struct FuzzTarget {
  const char* name;
  void (*run)(std::span<const std::byte> file);
  std::vector<std::string> (*seeds)();
};

[[nodiscard]] std::span<const FuzzTarget> fuzzTargets();

/// Aborts, saying what did not hold.
void require(bool holds, const char* what);

void fuzzSafetensors(std::span<const std::byte> file);
void fuzzZip(std::span<const std::byte> file);
void fuzzPickle(std::span<const std::byte> file);
void fuzzTorchFile(std::span<const std::byte> file);

[[nodiscard]] std::vector<std::string> safetensorsSeeds();
[[nodiscard]] std::vector<std::string> zipSeeds();
[[nodiscard]] std::vector<std::string> pickleSeeds();
[[nodiscard]] std::vector<std::string> torchLegacySeeds();

}  // namespace likeness
