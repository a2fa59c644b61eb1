#pragma once
#include <QComboBox>
#include <QWidget>
#include <map>
#include <optional>

#include "core/api/job.h"

namespace likeness {

class LossChart;
class PreviewTile;

/// The previews of a run, each standing under its step of the chart above; where they would overlap some are left
/// out, never the best, the first or the newest. With several preview prompts a box chooses.
class PreviewStrip : public QWidget {
  Q_OBJECT
 public:
  PreviewStrip(const LossChart* chart, QWidget* parent = nullptr);

  void add(const Preview& preview);
  void clear();
  void setBestStep(std::optional<std::int64_t> step);
  void markStep(std::optional<std::int64_t> step);
  [[nodiscard]] int promptCount() const { return int(m_previews.size()); }

 Q_SIGNALS:
  void stepHovered(std::optional<std::int64_t> step);
  void opened(const likeness::Preview& preview);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void showPrompt(int index);
  void arrange();
  [[nodiscard]] std::vector<PreviewTile*> byImportance() const;
  void addTile(const Preview& preview);

  const LossChart* m_chart;
  QComboBox* m_prompts;
  std::map<int, std::map<std::int64_t, Preview>> m_previews;  ///< by prompt, then step
  std::map<std::int64_t, PreviewTile*> m_tiles;
  int m_shown = 0;
  std::optional<std::int64_t> m_best;
};

}  // namespace likeness
