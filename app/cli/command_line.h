#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/api/job.h"
#include "core/base/result.h"

namespace likeness {

/// `sweep`.
struct SweepCommand {
  std::filesystem::path file;
  bool resume = false;
};

/// `queue`.
struct QueueCommand {
  std::string action;  ///< "add", "list", "run", "remove", "move", "clear"
  std::filesystem::path file;
  std::vector<std::string> queued;  ///< add: the job's own command line
  std::int64_t id = 0;
  std::int64_t place = 1;
  bool all = false;
};

/// `import`.
struct ImportCommand {
  std::vector<std::filesystem::path> files;
  std::filesystem::path project, out;
};

/// What the command line asks for: one of the first four, else the job.
struct Command {
  std::optional<SweepCommand> sweep;
  std::optional<QueueCommand> queue;
  std::optional<ImportCommand> import;
  bool presets = false;  ///< to print their table
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
