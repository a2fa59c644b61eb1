#pragma once
#include <cstddef>
#include <optional>
#include <span>

namespace likeness {

/// Since which of a run's validations, oldest first, the model learns its photos by heart: the best one before the
/// loss was clearly above it (by 5 %) twice in a row; nothing while that never happened. Later values change nothing.
[[nodiscard]] std::optional<std::size_t> overfittingSince(std::span<const double> validationLosses);

}  // namespace likeness
