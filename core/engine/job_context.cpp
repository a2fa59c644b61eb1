#include "core/engine/job_context.h"

#include "core/tensor/memory.h"

namespace likeness {

Finished succeeded(std::string summary, std::vector<std::filesystem::path> made) {
  return {Outcome::Succeeded, {}, std::move(summary), std::move(made)};
}

Finished cancelled(std::string summary, std::vector<std::filesystem::path> made) {
  return {Outcome::Cancelled, {}, std::move(summary), std::move(made)};
}

Finished failed(Error error) { return {Outcome::Failed, std::move(error), {}, {}}; }

ProgressMeter::ProgressMeter(JobEvents& events, std::string stage, std::int64_t total, std::int64_t done)
    : m_events(events),
      m_stage(std::move(stage)),
      m_total(total),
      m_before(done),
      m_start(std::chrono::steady_clock::now()) {
  report(done);
}

void ProgressMeter::report(std::int64_t done) {
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
  const auto made = static_cast<double>(done - m_before);
  Progress progress{m_stage, done, m_total};
  if (made > 0 && seconds > 0) {
    progress.perSecond = made / seconds;
    progress.secondsLeft = static_cast<double>(m_total - done) / progress.perSecond;
  }
  progress.memoryBytes = residentBytes();
  m_events.progress(progress);
}

}  // namespace likeness
