#pragma once
#include <array>
#include <optional>

#include "core/api/job.h"
#include "ui/training/loss_chart.h"
#include "ui/widgets/card.h"

class QStackedWidget;

namespace likeness {

class CurveKey;
class EmptyState;
class PreviewStrip;

/// The card that shows how training goes: legend with live values, smoothing, scale and saving, the chart, and the
/// previews under it. Empty until the first point or preview comes.
class ChartCard : public Card {
  Q_OBJECT
 public:
  explicit ChartCard(QWidget* parent = nullptr);

  void clear();
  void addMetrics(const std::vector<MetricPoint>& points);
  void addPreview(const Preview& preview);
  void setCheckpoints(const std::vector<CheckpointInfo>& checkpoints);
  void setEmptyTexts(const QString& heading, const QString& sentence);
  /// Writes PNG, PDF or CSV by the ending. Returns a sentence when it fails.
  QString save(const QString& path);

  [[nodiscard]] LossChart* chart() const { return m_chart; }

 Q_SIGNALS:
  void previewOpened(const likeness::Preview& preview);
  void saveFailed(const QString& sentence);

 private:
  void makeHeader();
  void applyColours();
  void showValues();
  void showChart();
  void askWhereToSave();

  std::array<CurveKey*, kLossCurves> m_keys{};
  LossChart* m_chart;
  PreviewStrip* m_previews;
  EmptyState* m_empty;
  QStackedWidget* m_stack;
  QWidget* m_header;
};

}  // namespace likeness
