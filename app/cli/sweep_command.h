#pragma once
#include <filesystem>

#include "app/cli/runner.h"
#include "core/batch/sweep.h"

namespace CLI {
class App;
}

namespace likeness {

void addSweepArguments(CLI::App& sub, SweepCommand& command);

/// Runs a sweep through the runner's engine and says how it ended.
[[nodiscard]] Finished runSweepCommand(Runner& runner, const SweepCommand& command);

/// What runs a sweep's jobs and tells of them.
[[nodiscard]] BatchHost hostOf(Runner& runner);

}  // namespace likeness
