#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>

namespace likeness {

/// Lets one thread pause and stop work that runs on another, without queueing behind it.
/// Threads: every member may be called from any thread. The worker calls proceed() at every micro-batch, denoising
/// step, picture and tensor load.
class JobControl {
 public:
  void requestStop();
  void pause();
  void resume();
  [[nodiscard]] bool stopRequested() const;
  [[nodiscard]] bool paused() const;

  /// Returns true when work may go on, at once or after a pause; false when a stop was asked for (also in a pause).
  [[nodiscard]] bool proceed();

  /// proceed(), or throws ErrorException with ErrorCode::Cancelled.
  void proceedOrThrow();

 private:
  mutable std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_stop = false;
  bool m_paused = false;
};

}  // namespace likeness
