#pragma once
#include "app/cli/command_line.h"

namespace CLI {
class App;
}

namespace likeness {

void addImportArguments(CLI::App& sub, ImportCommand& command);

/// Reads other programs' configurations, says what was taken over and what was not, and writes it where asked. Returns
/// the exit code.
[[nodiscard]] int runImport(const Command& command);

}  // namespace likeness
