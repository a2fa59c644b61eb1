#pragma once
#include <QString>

namespace likeness {

/// The application's style sheet in the light or the dark scheme. Widgets choose looks by dynamic properties:
/// buttons `kind` (primary, quiet, chip, choice) and `extent` (big, small); labels `tone` (soft, accent, good, warning,
/// error); frames `surface` (card, panel, sunk, warning, error, good).
[[nodiscard]] QString makeStyleSheet(bool dark);

}  // namespace likeness
