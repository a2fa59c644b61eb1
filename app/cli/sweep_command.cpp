#include "app/cli/sweep_command.h"

#include <CLI/CLI.hpp>
#include <iostream>

namespace likeness {

void addSweepArguments(CLI::App& sub, SweepCommand& command) {
  sub.add_option("FILE", command.file, "A YAML file that says what to try; see docs/sweeps.md")->required();
  sub.add_flag("--resume", command.resume, "Go on with the newest sweep of this file");
}

BatchHost hostOf(Runner& runner) {
  return {[&runner](const JobSpec& job) { return runner.run(job); },
          [&runner](const Notice& notice) { runner.say(notice); }};
}

Finished runSweepCommand(Runner& runner, const SweepCommand& command) {
  auto finished = runSweepFile(command.file, command.resume, hostOf(runner));
  runner.sayEnd("sweep_finished", finished);
  if (finished.outcome == Outcome::Cancelled) {
    std::cerr << "Go on with: likeness-cli sweep " << command.file.string() << " --resume" << std::endl;
  }
  return finished;
}

}  // namespace likeness
