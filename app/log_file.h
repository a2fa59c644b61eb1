#pragma once
#include <filesystem>
#include <string>

namespace likeness {

/// Where a program's log lies: likeness/<name> in $XDG_STATE_HOME, or in ~/.local/state. Empty if that can't be
/// written.
[[nodiscard]] std::filesystem::path logFile(const std::string& name);

}  // namespace likeness
