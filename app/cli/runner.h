#pragma once
#include <condition_variable>
#include <mutex>
#include <string>

#include "app/cli/command_line.h"
#include "app/interrupt.h"
#include "core/engine/jobs.h"

namespace likeness {

/// One engine, whose lanes both run on the calling thread, and a reporter for each job; Ctrl-C asks it to stop.
class Runner {
 public:
  explicit Runner(const Command& command);

  /// Runs a job to its end. `resumeHint`: what to type to go on after a Ctrl-C, or empty.
  Finished run(const JobSpec& job, const std::string& resumeHint = {}, const EventSink& alsoTell = {});

  /// Tells people, or with --json programs, something that belongs to no job.
  void say(const Notice& notice) const;
  /// The same for the end of several jobs.
  void sayEnd(const std::string& event, const Finished& finished) const;

 private:
  void hear(const JobEvent& event);

  const Command& m_command;
  std::mutex m_mutex;
  std::condition_variable m_heard;
  EventSink m_hear;
  Engine m_engine;
  InterruptWatch m_watch;  // computing threads come later and inherit the blocked signals
};

/// The exit code for how a job ended: 0, 1 or 130.
[[nodiscard]] int exitCode(const Finished& finished);

}  // namespace likeness
