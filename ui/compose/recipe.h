#pragma once
#include <QString>

#include "core/api/job.h"
#include "core/api/recipe_json.h"

namespace likeness {

/// The recipe in words for people, a line a fact: prompt, what is not wanted, seed, steps and so on.
[[nodiscard]] QString recipeInWords(const Sample& sample);

/// The settings alone, in one line: "seed 1804 · 25 steps · guidance 4 · DDIM · 128 × 128".
[[nodiscard]] QString settingsInWords(const Sample& sample);

/// A sampler's name for people.
[[nodiscard]] QString samplerTitle(const QString& sampler);

}  // namespace likeness
