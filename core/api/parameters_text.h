#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/picture_recipe.h"
#include "core/api/sample.h"

namespace likeness {

/// AUTOMATIC1111's `parameters` text, taken apart: both prompts, and the last line's settings by their names there.
struct ParsedParameters {
  std::string prompt;
  std::string negative;
  std::map<std::string, std::string> settings;  ///< of double names the last
};

/// Reads a `parameters` text by AUTOMATIC1111's rules: the last line holds the settings when at least three stand there,
/// the negative prompt starts at a line that says so, quoted values are JSON strings. Any text may be given; the time
/// is proportional to its length. Source: AUTOMATIC1111's infotext format, as its parse_generation_parameters reads it.
[[nodiscard]] ParsedParameters parseParameters(std::string_view text);

/// Whether the text looks like AUTOMATIC1111's: it has a number of steps and a sampler or seed.
[[nodiscard]] bool isParameters(const ParsedParameters& parsed);

/// `<lora:NAME>` and `<lora:NAME:WEIGHT>` taken out of a prompt, in order; a weight that is no number counts as 1.
struct PromptWithLoras {
  std::string prompt;
  std::vector<NamedFile> loras;
};
[[nodiscard]] PromptWithLoras takeLoras(std::string_view prompt);

/// What another program's picture says about how it was made, in our terms.
struct ForeignRecipe {
  SettingList settings;
  std::string model, modelHash;
  NamedFile vae;
  std::vector<NamedFile> loras;    ///< with the hashes that the text names
  std::vector<std::string> notes;  ///< sentences: what can't be repeated
};
[[nodiscard]] ForeignRecipe recipeFromParameters(const ParsedParameters& parsed);

}  // namespace likeness
