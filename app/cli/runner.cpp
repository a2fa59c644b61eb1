#include "app/cli/runner.h"

#include <iostream>

#include "app/cli/reporter.h"
#include "core/api/event_json.h"

namespace likeness {
namespace {

void printJson(const Json& json) {
  std::cout << json.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

}  // namespace

int exitCode(const Finished& finished) {
  constexpr int kDone = 0, kFailed = 1, kCancelled = 130;
  if (finished.outcome == Outcome::Failed) return kFailed;
  return finished.outcome == Outcome::Cancelled ? kCancelled : kDone;
}

Runner::Runner(const Command& command)
    : m_command(command),
      m_engine(makeJobs({command.threads}), [this](const JobEvent& event) { hear(event); }),
      m_watch([this] { m_engine.shutdown(); }) {}

Finished Runner::run(const JobSpec& job, const std::string& resumeHint, const EventSink& alsoTell) {
  Reporter reporter(m_command.json, resumeHint);
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

void Runner::hear(const JobEvent& event) {
  const std::lock_guard lock(m_mutex);
  if (m_hear) m_hear(event);
  m_heard.notify_all();
}

void Runner::say(const Notice& notice) const {
  if (m_command.json) {
    printJson({{"event", "notice"}, {"warning", notice.warning}, {"code", notice.code}, {"sentence", notice.sentence}});
  } else if (notice.warning) {
    std::cerr << "Warning: " << notice.sentence << std::endl;
  } else {
    std::cout << notice.sentence << std::endl;
  }
}

void Runner::sayEnd(const std::string& event, const Finished& finished) const {
  if (m_command.json) {
    auto json = toJson(JobEvent{0, 0, 0, finished});
    for (const char* ofJobs : {"job", "seq", "time"}) json.erase(ofJobs);
    json["event"] = event;
    printJson(json);
  }
  if (finished.error) {
    std::cerr << "likeness-cli: " << finished.error->message << std::endl;
  } else if (!m_command.json && !finished.summary.empty()) {
    (finished.outcome == Outcome::Cancelled ? std::cerr : std::cout) << finished.summary << std::endl;
  }
}

}  // namespace likeness
