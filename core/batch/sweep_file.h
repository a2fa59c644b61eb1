#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/api/sample.h"
#include "core/base/result.h"

namespace likeness {

enum class SweepMethod { Grid, Random };

/// One option that is tried: either a list of values, or a range.
struct SweepAxis {
  std::string option;
  std::vector<std::string> values;  ///< empty: a range
  double low = 0, high = 0;
  bool logarithmic = false;
  bool whole = false;  ///< whole numbers only
  int count = 0;       ///< of a grid: how many values, evenly spaced, both ends among them
};

/// Runs rest at ever longer rungs, and only the better part goes on from each.
struct SweepHalving {
  std::int64_t first = 0;  ///< steps of the first rung
  int factor = 2;          ///< each rung is that many times longer, and 1 in so many runs goes on
};

/// Pictures of every run, for the contact sheet.
struct SweepSamples {
  std::vector<std::string> prompts;
  std::uint64_t seed = 0;
  int count = 1;         ///< pictures a prompt, seeds count up
  SettingList settings;  ///< of the pictures, see sample_options.h
};

/// What a sweep's file says.
struct SweepFile {
  std::filesystem::path project;
  SweepMethod method = SweepMethod::Grid;
  std::uint64_t seed = 0;  ///< of random values
  int runs = 0;            ///< random: how many
  std::vector<std::pair<std::string, std::string>> base;  ///< options of every run, over the project's
  std::vector<SweepAxis> axes;
  std::optional<SweepHalving> halving;
  std::optional<SweepSamples> samples;
};

/// The version of the file that this program reads.
inline constexpr int kSweepVersion = 1;

/// Reads the text of a sweep's file; `file` names it in errors, and a relative project lies beside it.
/// Errors: those of parseYamlMapping; NewerVersion; InvalidArgument for what is unknown (with the nearest name),
/// missing, out of range or contradictory, in a sentence that names the file. Threads: any.
[[nodiscard]] Result<SweepFile> parseSweepFile(const std::string& text, const std::filesystem::path& file);

}  // namespace likeness
