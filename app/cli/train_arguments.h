#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace CLI {
class App;
}

namespace likeness {

/// What `train` is given.
struct TrainArguments {
  std::filesystem::path config;
  std::vector<std::string> settings;  ///< "key=value"
  std::optional<std::string> steps, seed;
  std::string preset;
  bool resume = false;
};

/// `likeness-cli options`: all training options, as text or as the page of the docs.
void addOptionsArguments(CLI::App& sub, bool& markdown);
[[nodiscard]] std::string optionsText(bool markdown);

/// Adds the options that say how to train, and to the help every training option with its default and its reason.
void addTrainOptions(CLI::App& sub, TrainArguments& arguments);

/// Adds those and what else train takes.
void addTrainArguments(CLI::App& sub, TrainArguments& arguments);

/// The options in the order in which they count: the file's, then --set, then --steps and --seed. Each is checked.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> trainOverrides(const TrainArguments& arguments);

}  // namespace likeness
