#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace likeness {

/// A preset for one kind of model: training options with their values, in the order in which they count.
struct Preset {
  std::vector<std::pair<std::string, std::string>> options;
  std::vector<std::string> left;  ///< options of the recipe that this version doesn't know
  std::string source;             ///< where the values were published, or that they are ours
  std::string sentence;           ///< what it does, for people
};

/// "quick", "balanced", "full".
[[nodiscard]] const std::vector<std::string>& presetNames();

/// The preset `name` for a model of `family`: "base" (the embedded one), "sd1", "sd2" or "sdxl". Where the recipe is
/// LoRA and this version has no option `method` that knows it, the nearest recipe that trains all weights.
/// Errors: InvalidArgument for a name that there isn't, with the nearest. Threads: any.
[[nodiscard]] Result<Preset> presetOptions(const std::string& name, const std::string& family);

/// All of them as a Markdown table, for the docs and `likeness-cli presets`.
[[nodiscard]] std::string presetsMarkdown();

}  // namespace likeness
