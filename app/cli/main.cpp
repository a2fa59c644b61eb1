#include <iostream>

#include "app/cli/contact_sheet_job.h"
#include "app/cli/import_command.h"
#include "app/cli/queue_command.h"
#include "app/cli/runner.h"
#include "app/cli/sweep_command.h"
#include "app/log_file.h"
#include "core/base/log.h"
#include "core/project/presets.h"
#include "core/tensor/memory.h"

namespace likeness {
namespace {

constexpr int kDone = 0, kFailed = 1;

std::string resumeHint(const JobSpec& job) {
  if (const auto* pretrain = std::get_if<Pretrain>(&job)) {
    return "likeness-cli pretrain " + pretrain->config.string() + " --resume";
  }
  const auto* train = std::get_if<Train>(&job);
  return train == nullptr ? std::string() : "likeness-cli train " + train->project.string() + " --resume";
}

int makeSheet(Runner& runner, const Command& command) {
  SheetMaker sheet(std::get<Sample>(command.job), command.sheetPrompts);
  const auto jobs = sheet.jobs();
  for (std::size_t index = 0; index < jobs.size(); ++index) {
    const auto finished = runner.run(jobs[index], {}, [&](const JobEvent& event) { sheet.handle(index, event); });
    if (const auto code = exitCode(finished); code != kDone) return code;
  }
  try {
    const auto file = sheet.write();
    if (!command.json) std::cout << "Contact sheet: " << file.string() << std::endl;
    return kDone;
  } catch (const ErrorException& failure) {
    std::cerr << "likeness-cli: " << failure.error().message << std::endl;
    return kFailed;
  }
}

int run(int argc, const char* const* argv) {
  const auto parsed = parseCommandLine(argc, argv);
  if (!parsed.command) return parsed.exitCode;
  const auto& command = *parsed.command;
  startLog(command.logLevel, logFile("likeness-cli.log"));
  tuneAllocator();
  if (command.import) return runImport(command);
  if (command.queue && command.queue->action != "run") return editQueue(command);
  if (command.presets) return std::cout << presetsMarkdown(), kDone;
  Runner runner(command);
  if (command.queue) return runQueue(runner, command);
  if (command.sweep) return exitCode(runSweepCommand(runner, *command.sweep));
  if (!command.sheetPrompts.empty()) return makeSheet(runner, command);
  return exitCode(runner.run(command.job, resumeHint(command.job)));
}

}  // namespace
}  // namespace likeness

int main(int argc, char** argv) {
  try {
    return likeness::run(argc, argv);
  } catch (const std::exception& failure) {
    std::cerr << "likeness-cli: " << failure.what() << std::endl;
    return 1;
  }
}
