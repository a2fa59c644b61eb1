#include <condition_variable>
#include <iostream>
#include <mutex>

#include "app/cli/command_line.h"
#include "app/cli/contact_sheet_job.h"
#include "app/cli/reporter.h"
#include "app/interrupt.h"
#include "app/log_file.h"
#include "core/base/log.h"
#include "core/engine/jobs.h"
#include "core/tensor/memory.h"

namespace likeness {
namespace {

constexpr int kDone = 0, kFailed = 1, kCancelled = 130;

std::string resumeHint(const JobSpec& job) {
  const auto* train = std::get_if<Train>(&job);
  return train == nullptr ? std::string() : "likeness-cli train " + train->project.string() + " --resume";
}

int exitCode(const Finished& finished) {
  if (finished.outcome == Outcome::Failed) return kFailed;
  return finished.outcome == Outcome::Cancelled ? kCancelled : kDone;
}

// One engine, whose lanes both run on this thread; Ctrl-C asks it to stop.
class Runner {
 public:
  explicit Runner(const Command& command)
      : m_command(command),
        m_engine(makeJobs({command.threads}), [this](const JobEvent& event) { hear(event); }),
        m_watch([this] { m_engine.shutdown(); }) {}

  Finished run(const JobSpec& job, const EventSink& alsoTell = {}) {
    Reporter reporter(m_command.json, resumeHint(job));
    std::unique_lock lock(m_mutex);
    m_hear = [&](const JobEvent& event) {
      if (alsoTell) alsoTell(event);
      reporter.handle(event);
    };
    lock.unlock();
    if (m_engine.submit(job) == 0) return cancelled("Stopped as asked.");
    while (m_engine.runNext(Lane::Core) || m_engine.runNext(Lane::Desk)) {
    }
    lock.lock();  // the thread that watches for Ctrl-C may still be telling
    m_heard.wait(lock, [&] { return reporter.finished().has_value(); });
    m_hear = {};
    return *reporter.finished();
  }

 private:
  void hear(const JobEvent& event) {
    const std::lock_guard lock(m_mutex);
    if (m_hear) m_hear(event);
    m_heard.notify_all();
  }

  const Command& m_command;
  std::mutex m_mutex;
  std::condition_variable m_heard;
  EventSink m_hear;
  Engine m_engine;
  InterruptWatch m_watch;  // computing threads come later and inherit the blocked signals
};

int makeSheet(Runner& runner, const Command& command) {
  SheetMaker sheet(std::get<Sample>(command.job), command.sheetPrompts);
  const auto jobs = sheet.jobs();
  for (std::size_t index = 0; index < jobs.size(); ++index) {
    const auto finished = runner.run(jobs[index], [&](const JobEvent& event) { sheet.handle(index, event); });
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
  Runner runner(command);
  return command.sheetPrompts.empty() ? exitCode(runner.run(command.job)) : makeSheet(runner, command);
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
