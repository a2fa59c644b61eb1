#include "app/cli/queue_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <system_error>

#include "app/cli/sweep_command.h"
#include "core/base/json.h"
#include "core/batch/job_queue.h"
#include "core/project/project.h"
#include "core/project/run_folder.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

int tell(const Error& error) {
  std::cerr << "likeness-cli: " << error.message << std::endl;
  return 1;
}

int told(const Result<void>& done, const std::string& sentence) {
  if (!done.ok()) return tell(done.error());
  std::cout << sentence << std::endl;
  return 0;
}

// $XDG_DATA_HOME/likeness/queue.json, as the base directory specification has it.
Result<fs::path> queueFile(const QueueCommand& command) {
  if (!command.file.empty()) return command.file;
  if (const char* given = std::getenv("XDG_DATA_HOME"); given != nullptr && *given == '/') {
    return fs::path(given) / "likeness" / "queue.json";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    return fs::path(home) / ".local" / "share" / "likeness" / "queue.json";
  }
  return Error{ErrorCode::NotFound, "There is no home folder to keep the queue in. Name a file with --file."};
}

std::string joined(const std::vector<std::string>& arguments) {
  std::string line;
  for (const auto& argument : arguments) {
    const bool quote = argument.empty() || argument.find_first_of(" \t\"'$") != std::string::npos;
    line += (line.empty() ? "" : " ") + (quote ? "'" + argument + "'" : argument);
  }
  return line;
}

ParsedCommandLine parseQueued(const std::vector<std::string>& arguments) {
  std::vector<const char*> argv{"likeness-cli"};
  for (const auto& argument : arguments) argv.push_back(argument.c_str());
  return parseCommandLine(static_cast<int>(argv.size()), argv.data());
}

int addJob(JobQueue& queue, const QueueCommand& command) {
  if (command.queued.empty()) {
    std::cerr << "likeness-cli: Say what to add: queue add train, priors, sample, export or sweep, with its options.\n";
    return 2;
  }
  const auto parsed = parseQueued(command.queued);  // says what is wrong with it
  if (!parsed.command) return parsed.exitCode;
  if (parsed.command->threads != 0 || parsed.command->json) {
    std::cerr << "likeness-cli: --threads and --json are for queue run, not for a job in it.\n";
    return 2;
  }
  const auto id = queue.add(command.queued, fs::current_path());
  if (!id.ok()) return tell(id.error());
  std::cout << "Added job " << *id << ": " << joined(command.queued) << std::endl;
  return 0;
}

int listJobs(const JobQueue& queue, bool json) {
  const auto jobs = queue.jobs();
  if (!jobs.ok()) return tell(jobs.error());
  const bool runs = queue.runs();
  auto list = Json::array();
  for (const auto& job : *jobs) {
    const std::string state =
        job.state != QueuedState::Started ? queuedStateName(job.state) : runs ? "running" : "interrupted";
    list.push_back({{"id", job.id}, {"state", state}, {"arguments", job.arguments}, {"folder", job.folder.string()},
                    {"run_folder", job.runFolder.string()}, {"sentence", job.sentence}});
    if (json) continue;
    std::cout << job.id << "  " << state << "  " << joined(job.arguments) << '\n';
    if (!job.sentence.empty()) std::cout << "     " << job.sentence << '\n';
  }
  if (json) {
    std::cout << list.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
  } else if (jobs->empty()) {
    std::cout << "The queue is empty." << std::endl;
  }
  return 0;
}

// Runs one queued command; whatever of it was done before an interruption is not done again.
class QueuedRun {
 public:
  QueuedRun(Runner& runner, JobQueue& queue, const QueuedJob& job) : m_runner(runner), m_queue(queue), m_job(job) {}

  Finished run() {
    std::error_code failure;
    fs::current_path(m_job.folder, failure);
    if (failure) return failed(systemError(failure.value(), "go to the folder", m_job.folder.string()));
    const auto parsed = parseQueued(m_job.arguments);
    if (!parsed.command) {
      return failed({ErrorCode::InvalidArgument,
                     "Its command line is not understood by this version: " + joined(m_job.arguments)});
    }
    if (parsed.command->sweep) return runSweepJob(*parsed.command->sweep);
    auto spec = parsed.command->job;
    if (auto* train = std::get_if<Train>(&spec)) return runTrain(std::move(*train));
    if (const auto* out = std::get_if<Export>(&spec); out != nullptr && again() && fs::exists(out->out, failure)) {
      return succeeded("It was written before the interruption: " + out->out.string());
    }
    return m_runner.run(spec);
  }

 private:
  [[nodiscard]] bool again() const { return m_job.state == QueuedState::Started; }

  // As with a training: its folder is noted before anything is trained in it.
  Finished runSweepJob(const SweepCommand& command) {
    const auto& begun = m_job.runFolder;
    const auto sweep = !begun.empty()   ? openSweep(begun)
                       : command.resume ? findSweep(command.file)
                                        : createSweep(command.file);
    if (!sweep.ok()) return failed(sweep.error());
    if (const auto noted = m_queue.noteRunFolder(m_job.id, sweep->folder); !noted.ok()) return failed(noted.error());
    auto finished = runSweep(*sweep, hostOf(m_runner));
    m_runner.sayEnd("sweep_finished", finished);
    return finished;
  }

  // The run's folder is noted before anything is in it, so that the same run goes on after a kill at any moment.
  Finished runTrain(Train train) {
    auto folder = m_job.runFolder;
    if (folder.empty()) {
      auto made = firstFolder(train);
      if (!made.ok()) return failed(made.error());
      folder = std::move(made).value();
      if (const auto noted = m_queue.noteRunFolder(m_job.id, folder); !noted.ok()) return failed(noted.error());
    }
    train.runFolder = folder;
    train.resume = false;
    auto finished = m_runner.run(train);
    std::error_code ignored;
    if (finished.outcome == Outcome::Failed) fs::remove(folder, ignored);  // only when nothing came to be in it
    return finished;
  }

  static Result<fs::path> firstFolder(const Train& train) {
    LK_TRY(const auto project, Project::open(train.project));
    if (!train.resume) return createRunFolder(project.folder());
    const auto runs = listRuns(project.folder());
    if (!runs.empty()) return runs.back().folder;
    return Error{ErrorCode::NotFound, project.folder().string() + " has no run to go on with.", {},
                 project.folder().string()};
  }

  Runner& m_runner;
  JobQueue& m_queue;
  const QueuedJob& m_job;
};

Result<int> runJobs(Runner& runner, JobQueue& queue) {
  int done = 0, broken = 0;
  const auto start = fs::current_path();
  for (;;) {
    LK_TRY(const auto job, queue.begin());
    if (!job) break;
    const auto number = "Job " + std::to_string(job->id);
    runner.say({false, "queue",
                number + (job->state == QueuedState::Started ? " goes on: " : ": ") + joined(job->arguments)});
    const auto finished = QueuedRun(runner, queue, *job).run();
    std::error_code ignored;
    fs::current_path(start, ignored);
    if (finished.outcome == Outcome::Cancelled) {
      std::cerr << "Go on with: likeness-cli queue run" << std::endl;
      return exitCode(finished);
    }
    const bool good = finished.outcome == Outcome::Succeeded;
    const auto sentence = good ? finished.summary : finished.error.value().message;
    if (!good) runner.say({true, "job_failed", number + " failed: " + sentence});
    LK_CHECK(queue.finish(job->id, good ? QueuedState::Done : QueuedState::Failed, sentence));
    ++(good ? done : broken);
  }
  runner.say({false, "queue_finished", "The queue is through: " + std::to_string(done) + " done, " +
                                           std::to_string(broken) + " failed."});
  return broken > 0 ? 1 : 0;
}

}  // namespace

bool canBeQueued(const std::string& name) {
  static const std::vector<std::string> names = {"train", "priors", "sample", "export", "sweep"};
  return std::ranges::count(names, name) > 0;
}

void addQueueArguments(CLI::App& sub, QueueCommand& command) {
  sub.require_subcommand(1);
  sub.add_option("--file", command.file, "Where the queue is kept, instead of the user's data folder");
  const auto add = [&](const char* name, const char* what) {
    auto* one = sub.add_subcommand(name, what);
    one->fallthrough();
    one->callback([&command, name] { command.action = name; });
    return one;
  };
  add("add", "Add a job: queue add train PROJECT …; also priors, sample, export, sweep");
  add("list", "Show the jobs and how they ended");
  add("run", "Run the jobs, one after the other; what was interrupted goes on");
  add("remove", "Take a job out")->add_option("ID", command.id, "The job's number")->required();
  auto* move = add("move", "Give a waiting job another place");
  move->add_option("ID", command.id, "The job's number")->required();
  move->add_option("PLACE", command.place, "Among those that wait, from 1")->required()->check(CLI::PositiveNumber);
  add("clear", "Take out what is done or failed")->add_flag("--all", command.all, "Also what waits");
}

int editQueue(const Command& command) {
  const auto& asked = *command.queue;
  const auto file = queueFile(asked);
  if (!file.ok()) return tell(file.error());
  JobQueue queue(*file);
  const auto id = std::to_string(asked.id);
  if (asked.action == "add") return addJob(queue, asked);
  if (asked.action == "list") return listJobs(queue, command.json);
  if (asked.action == "remove") return told(queue.remove(asked.id), "Removed job " + id + ".");
  if (asked.action == "move") return told(queue.move(asked.id, asked.place), "Moved job " + id + ".");
  const auto removed = queue.clear(asked.all);
  if (!removed.ok()) return tell(removed.error());
  std::cout << "Removed " << *removed << (*removed == 1 ? " job." : " jobs.") << std::endl;
  return 0;
}

int runQueue(Runner& runner, const Command& command) {
  const auto file = queueFile(*command.queue);
  if (!file.ok()) return tell(file.error());
  JobQueue queue(fs::absolute(*file));
  const auto lock = queue.lockToRun();
  if (!lock.ok()) return tell(lock.error());
  if (!lock->has_value()) {
    return tell(
        {ErrorCode::InvalidArgument, "Another Likeness runs this queue. What is added to it will be run there."});
  }
  const auto code = runJobs(runner, queue);
  return code.ok() ? *code : tell(code.error());
}

}  // namespace likeness
