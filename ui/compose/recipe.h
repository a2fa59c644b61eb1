#pragma once
#include <QString>
#include <optional>
#include <string>

#include "core/api/job.h"

namespace likeness {

/// What a picture was made with, read from the recipe that it carries; nothing when that is not JSON.
/// Fields that the recipe lacks keep Sample's defaults. `weights` is Base for a before picture.
[[nodiscard]] std::optional<Sample> sampleFromRecipe(const std::string& recipe);

/// The recipe in words for people, a line a fact: prompt, what is not wanted, seed, steps and so on.
[[nodiscard]] QString recipeInWords(const Sample& sample);

/// The settings alone, in one line: "seed 1804 · 25 steps · guidance 4 · DDIM · 128 × 128".
[[nodiscard]] QString settingsInWords(const Sample& sample);

/// A sampler's name for people.
[[nodiscard]] QString samplerTitle(const QString& sampler);

}  // namespace likeness
