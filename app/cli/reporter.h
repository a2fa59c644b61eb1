#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/api/job.h"

namespace likeness {

/// Tells people, or with --json programs, what happens. Threads: one at a time.
class Reporter {
 public:
  /// `resumeHint`: what to type to go on after a Ctrl-C, or empty.
  Reporter(bool json, std::string resumeHint);
  void handle(const JobEvent& event);
  [[nodiscard]] const std::optional<Finished>& finished() const { return m_finished; }

 private:
  using Clock = std::chrono::steady_clock;
  void tell(const Progress& progress);
  void tell(const MetricBatch& batch);
  void tell(const Preview& preview);
  void tell(const Notice& notice);
  void tell(const Finished& finished);
  void tell(const Inspected& about);
  void tell(const Planned& planned);
  void tell(const PictureReady& picture);
  void tell(const CheckpointSaved& saved);
  template <typename Other>
  void tell(const Other&) {}

  void line(const std::string& text);       // on standard output, above the bar
  void errorLine(const std::string& text);  // on standard error
  [[nodiscard]] std::string withLosses(const Progress& progress) const;
  void drawBar(const Progress& progress);
  void clearBar();

  bool m_json;
  std::string m_resumeHint;
  bool m_terminal;
  bool m_barShown = false;
  std::string m_stage, m_losses;
  Clock::time_point m_lastLine{};
  std::optional<Finished> m_finished;
};

}  // namespace likeness
