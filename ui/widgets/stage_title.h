#pragma once
#include <QString>
#include <string>

namespace likeness {

/// A job's stage (Progress::stage, an English phrase from the core) in the user's language.
[[nodiscard]] QString stageTitle(const std::string& stage);

}  // namespace likeness
