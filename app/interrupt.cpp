#include "app/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <ctime>
#include <stop_token>

namespace likeness {
namespace {

constexpr int kCancelled = 130;

sigset_t stopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

InterruptWatch::InterruptWatch(std::function<void()> stop) {
  const auto signals = stopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  m_thread = std::jthread([signals, stop = std::move(stop)](const std::stop_token& done) {
    constexpr timespec kWait{0, 100'000'000};
    bool asked = false;
    while (!done.stop_requested()) {
      if (sigtimedwait(&signals, nullptr, &kWait) < 0) continue;
      if (asked) ::_exit(kCancelled);
      asked = true;
      stop();
    }
  });
}

InterruptWatch::~InterruptWatch() {
  m_thread.request_stop();
  m_thread.join();
}

}  // namespace likeness
