#include "app/cli/reporter.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "core/api/event_json.h"
#include "core/base/text.h"

namespace likeness {
namespace {

constexpr auto kBetweenLines = std::chrono::seconds(10);

std::string number(double value, const char* format = "%.4f") {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

int terminalWidth() {
  winsize size{};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

std::string describe(const Progress& progress) {
  std::string text = progress.stage;
  if (progress.total > 1) text += " " + std::to_string(progress.done) + "/" + std::to_string(progress.total);
  if (progress.perSecond > 0) {
    text += progress.perSecond >= 1 ? ", " + number(progress.perSecond, "%.1f") + " a second"
                                    : ", " + number(1 / progress.perSecond, "%.1f") + " s each";
  }
  if (progress.secondsLeft >= 0 && progress.done < progress.total)
    text += ", " + formatDuration(progress.secondsLeft) + " left";
  return text;
}

}  // namespace

Reporter::Reporter(bool json, std::string resumeHint)
    : m_json(json), m_resumeHint(std::move(resumeHint)), m_terminal(!json && ::isatty(STDERR_FILENO) == 1) {}

void Reporter::handle(const JobEvent& event) {
  if (m_json) {
    std::cout << toJson(event).dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
    if (const auto* finished = std::get_if<Finished>(&event.payload)) {
      m_finished = *finished;
      if (finished->error) errorLine("likeness-cli: " + finished->error->message);
    }
    return;
  }
  std::visit([this](const auto& payload) { tell(payload); }, event.payload);
}

void Reporter::tell(const Progress& progress) {
  if (m_terminal) return drawBar(progress);
  const auto now = Clock::now();
  const bool ends = progress.done >= progress.total && progress.total > 1;
  if (progress.stage == m_stage && now - m_lastLine < kBetweenLines && !ends) return;
  m_stage = progress.stage;
  m_lastLine = now;
  line(withLosses(progress));
}

// The newest losses belong to the stage that trains.
std::string Reporter::withLosses(const Progress& progress) const {
  return describe(progress) + (progress.stage.starts_with("Training") ? m_losses : std::string());
}

void Reporter::tell(const MetricBatch& batch) {
  for (const auto& point : batch.points) {
    if (std::isfinite(point.validationLoss)) {
      line("Step " + std::to_string(point.step) + ": validation loss " + number(point.validationLoss));
    }
    if (!std::isfinite(point.instanceLoss)) continue;
    m_losses = ", loss " + number(point.instanceLoss);
    if (std::isfinite(point.priorLoss)) m_losses += " + prior " + number(point.priorLoss);
  }
}

void Reporter::tell(const Preview& preview) {
  if (preview.scores.empty()) return;
  std::string text = "Preview of step " + std::to_string(preview.step) + ", \"" + preview.prompt + "\":";
  for (const auto& [name, score] : preview.scores) {
    text += (text.back() == ':' ? " " : ", ") + name + " " + number(score, "%.3f");
  }
  line(text);
}

void Reporter::tell(const Notice& notice) {
  if (notice.warning) {
    errorLine("Warning: " + notice.sentence);
  } else {
    line(notice.sentence);
  }
}

void Reporter::tell(const CheckpointSaved& saved) {
  line("Saved the checkpoint of step " + std::to_string(saved.checkpoint.step) + ".");
}

void Reporter::tell(const PictureReady& picture) { line(picture.picture.file.string()); }

void Reporter::tell(const Inspected& about) {
  clearBar();
  std::cout << about.text << std::flush;
}

void Reporter::tell(const Planned& planned) {
  clearBar();
  std::cout << describe(planned.plan) << std::flush;
}

void Reporter::tell(const Finished& finished) {
  m_finished = finished;
  m_losses.clear();
  clearBar();
  if (finished.error) return errorLine("likeness-cli: " + finished.error->message);
  if (!finished.summary.empty())
    (finished.outcome == Outcome::Cancelled) ? errorLine(finished.summary) : line(finished.summary);
  if (finished.outcome == Outcome::Cancelled && !m_resumeHint.empty()) errorLine("Go on with: " + m_resumeHint);
}

void Reporter::line(const std::string& text) {
  clearBar();
  std::cout << text << std::endl;
}

void Reporter::errorLine(const std::string& text) {
  clearBar();
  std::cerr << text << std::endl;
}

void Reporter::drawBar(const Progress& progress) {
  constexpr int kBar = 24;
  const double share =
      progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : 0;
  const int filled = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * kBar));
  std::string text = "[" + std::string(static_cast<std::size_t>(filled), '#') +
                     std::string(static_cast<std::size_t>(kBar - filled), '-') + "] ";
  text += withLosses(progress);
  text = text.substr(0, static_cast<std::size_t>(terminalWidth() - 1));
  std::cerr << '\r' << text << "\x1b[K" << std::flush;
  m_barShown = true;
}

void Reporter::clearBar() {
  if (!m_barShown) return;
  std::cerr << "\r\x1b[K" << std::flush;
  m_barShown = false;
}

}  // namespace likeness
