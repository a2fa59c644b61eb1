#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "core/base/job_control.h"
#include "core/engine/job_events.h"

namespace likeness {

/// What a running job is given: what it is asked for, and where it reports. Threads: the job's; control's are any.
struct JobContext {
  JobControl& control;
  JobEvents& events;

  void notice(const std::string& code, const std::string& sentence) const {
    events.send(Notice{false, code, sentence});
  }
  void warn(const std::string& code, const std::string& sentence) const { events.send(Notice{true, code, sentence}); }
};

/// How a job ended.
[[nodiscard]] Finished succeeded(std::string summary, std::vector<std::filesystem::path> made = {});
[[nodiscard]] Finished cancelled(std::string summary, std::vector<std::filesystem::path> made = {});
[[nodiscard]] Finished failed(Error error);

/// Counts a stage's items and reports Progress with rate and time left, from the items of this session only.
class ProgressMeter {
 public:
  /// `done` items were there before, for example when a run is resumed.
  ProgressMeter(JobEvents& events, std::string stage, std::int64_t total, std::int64_t done = 0);
  void report(std::int64_t done);

 private:
  JobEvents& m_events;
  std::string m_stage;
  std::int64_t m_total, m_before;
  std::chrono::steady_clock::time_point m_start;
};

}  // namespace likeness
