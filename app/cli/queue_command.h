#pragma once
#include "app/cli/runner.h"

namespace CLI {
class App;
}

namespace likeness {

void addQueueArguments(CLI::App& sub, QueueCommand& command);

/// Does what is asked of the queue, all but `run`. Returns the exit code.
[[nodiscard]] int editQueue(const Command& command);

/// Runs the queue's jobs, one after the other; a failed one is told and the next goes on. Returns the exit code.
[[nodiscard]] int runQueue(Runner& runner, const Command& command);

/// The commands that can be queued.
[[nodiscard]] bool canBeQueued(const std::string& name);

}  // namespace likeness
