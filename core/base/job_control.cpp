#include "core/base/job_control.h"

#include <utility>

#include "core/base/error.h"

namespace likeness {

void JobControl::requestStop() {
  {
    const std::lock_guard lock(m_mutex);
    m_stop = true;
  }
  m_changed.notify_all();
}

void JobControl::pause() {
  const std::lock_guard lock(m_mutex);
  m_paused = true;
}

void JobControl::resume() {
  {
    const std::lock_guard lock(m_mutex);
    m_paused = false;
  }
  m_changed.notify_all();
}

void JobControl::ask(JobRequest request) {
  const std::lock_guard lock(m_mutex);
  m_asked[static_cast<std::size_t>(request)] = true;
}

bool JobControl::take(JobRequest request) {
  const std::lock_guard lock(m_mutex);
  return std::exchange(m_asked[static_cast<std::size_t>(request)], false);
}

bool JobControl::stopRequested() const {
  const std::lock_guard lock(m_mutex);
  return m_stop;
}

bool JobControl::paused() const {
  const std::lock_guard lock(m_mutex);
  return m_paused;
}

bool JobControl::proceed() {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [this] { return m_stop || !m_paused; });
  return !m_stop;
}

void JobControl::proceedOrThrow() {
  if (!proceed()) throw ErrorException({ErrorCode::Cancelled, "Stopped as asked."});
}

}  // namespace likeness
