#pragma once
#include <string>
#include <vector>

#include "core/api/recipe_json.h"
#include "core/api/sample.h"
#include "core/engine/job_context.h"

namespace likeness {

/// What is really to be made: a Sample in which the picture that `recipe` names and `settings` have been put in, and the
/// LoRA tags of the prompt have become LoRAs (for a grid they have not: each cell has its own).
struct ResolvedSample {
  Sample sample;      ///< without recipe and settings
  std::vector<std::string> tokens;  ///< what [V], [V2] and so on stood for in the recipe; empty without one
  std::vector<RecordedFile> recorded;  ///< what the recipe says of the files
  std::string modelHash;  ///< of a foreign recipe: the first characters of its model's hash
};

/// Resolves a Sample. Says through notices and warnings what of a recipe can't be repeated.
/// Errors: ErrorException for a picture without a recipe, bad values, contradictions, files that are gone.
[[nodiscard]] ResolvedSample resolveSample(const Sample& spec, const JobContext& context);

/// Warns for each file that the sample still uses and that is another one now than when the recipe was written; for a
/// model, `model` is the one chosen and `identity` its hash.
void compareFiles(const ResolvedSample& resolved, const std::filesystem::path& model, const std::string& identity,
                  const JobContext& context);

}  // namespace likeness
