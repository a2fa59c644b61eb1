#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/api/job.h"
#include "core/base/result.h"

namespace likeness {

/// What the command line asks for.
struct Command {
  JobSpec job;
  /// `sheet`: the job is made once for each of these prompts, and a contact sheet of all of them.
  std::vector<std::string> sheetPrompts;
  bool json = false;
  int threads = 0;
  std::string logLevel = "warn";
};

/// Reads the arguments. Returns a number, the exit code, when there is nothing to run: 0 after help or version, 2 after
/// a wrong usage; what there is to say has been printed then.
struct ParsedCommandLine {
  std::optional<Command> command;
  int exitCode = 0;
};
[[nodiscard]] ParsedCommandLine parseCommandLine(int argc, const char* const* argv);

}  // namespace likeness
