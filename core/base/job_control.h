#pragma once
#include <array>
#include <condition_variable>
#include <mutex>

namespace likeness {

/// What a running training can be asked for in passing.
enum class JobRequest { Preview, Checkpoint };

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

  /// Asks the worker for something at its next step; take() answers true once for each asking (several count as one).
  void ask(JobRequest request);
  [[nodiscard]] bool take(JobRequest request);

  /// Returns true when work may go on, at once or after a pause; false when a stop was asked for (also in a pause).
  [[nodiscard]] bool proceed();

  /// proceed(), or throws ErrorException with ErrorCode::Cancelled.
  void proceedOrThrow();

 private:
  mutable std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_stop = false;
  bool m_paused = false;
  std::array<bool, 2> m_asked{};
};

}  // namespace likeness
