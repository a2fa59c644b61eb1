#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"

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

/// Requires an error to be what a person may see of a bad file: damaged or not supported, in one line without control
/// characters that names "fuzz/file" and ends.
void requireSentence(const Error& error);

void fuzzSafetensors(std::span<const std::byte> file);
void fuzzZip(std::span<const std::byte> file);
void fuzzPickle(std::span<const std::byte> file);
void fuzzTorchFile(std::span<const std::byte> file);
void fuzzLora(std::span<const std::byte> file);
void fuzzSingleFile(std::span<const std::byte> file);
void fuzzEmbedding(std::span<const std::byte> file);
void fuzzPngTexts(std::span<const std::byte> file);
void fuzzPicture(std::span<const std::byte> file);
void fuzzExif(std::span<const std::byte> file);
void fuzzInflate(std::span<const std::byte> file);
void fuzzRecipe(std::span<const std::byte> file);
void fuzzImport(std::span<const std::byte> file);

[[nodiscard]] std::vector<std::string> safetensorsSeeds();
[[nodiscard]] std::vector<std::string> zipSeeds();
[[nodiscard]] std::vector<std::string> pickleSeeds();
[[nodiscard]] std::vector<std::string> torchLegacySeeds();
[[nodiscard]] std::vector<std::string> loraSeeds();
[[nodiscard]] std::vector<std::string> singleFileSeeds();
[[nodiscard]] std::vector<std::string> embeddingSeeds();
[[nodiscard]] std::vector<std::string> pngTextSeeds();
[[nodiscard]] std::vector<std::string> pictureSeeds();
[[nodiscard]] std::vector<std::string> exifSeeds();
[[nodiscard]] std::vector<std::string> inflateSeeds();
[[nodiscard]] std::vector<std::string> recipeSeeds();
[[nodiscard]] std::vector<std::string> importSeeds();

}  // namespace likeness
