#pragma once
#include <QString>
#include <optional>

#include "core/api/sample.h"

namespace likeness {

/// The recipe that a picture's file carries: ours, or what AUTOMATIC1111 and programs like it write; nothing when it
/// has none.
[[nodiscard]] std::optional<Sample> recipeOfFile(const QString& file);

}  // namespace likeness
