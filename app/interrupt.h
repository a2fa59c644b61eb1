#pragma once
#include <functional>
#include <thread>

namespace likeness {

/// Catches Ctrl-C and a request to terminate: the first calls `stop` on a thread of its own, the second ends the
/// program at once with exit code 130. Make it before any other thread, so that none of them gets the signals.
class InterruptWatch {
 public:
  explicit InterruptWatch(std::function<void()> stop);
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

 private:
  std::jthread m_thread;
};

}  // namespace likeness
