#include "ui/training/chart_export.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QTextStream>
#include <cmath>

#include "ui/training/loss_chart.h"
#include "ui/training/plot.h"

namespace likeness {
namespace {

constexpr int kWidth = 960;
constexpr int kHeight = 540;

QString number(double value) { return std::isfinite(value) ? QString::number(value, 'g', 9) : QString(); }

bool saveCsv(const LossChart& chart, const QString& path) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly | QIODevice::Text)) return false;
  QTextStream out(&file);
  out << "step,instance_loss,prior_loss,validation_loss,learning_rate,text_encoder_learning_rate,grad_norm\n";
  for (const auto& point : chart.history().points()) {
    out << point.step << ',' << number(point.instanceLoss) << ',' << number(point.priorLoss) << ','
        << number(point.validationLoss) << ',' << number(point.learningRate) << ','
        << number(point.textEncoderLearningRate) << ',' << number(point.gradNorm) << '\n';
  }
  out.flush();
  return file.commit();
}

// A legend belongs into the file; on the screen it stands above the chart.
void prepareLegend(QCustomPlot& plot, const ChartColours& colours) {
  plot.legend->setBrush(Qt::NoBrush);
  plot.legend->setBorderPen(Qt::NoPen);
  plot.legend->setTextColor(colours.text);
  plot.legend->clearItems();
  for (int i = 0; i < plot.graphCount(); ++i) {
    auto* graph = plot.graph(i);
    if (graph->visible() && !graph->data()->isEmpty() && graph->lineStyle() != QCPGraph::lsNone &&
        graph->pen().color().alpha() == 255) {
      graph->addToLegend();
    }
  }
}

bool saveDrawing(LossChart& chart, const ChartColours& onScreen, const ChartColours& colours, const QString& path) {
  auto& plot = *chart.plot();
  chart.setColours(colours);
  prepareLegend(plot, colours);
  plot.legend->setVisible(true);
  const bool saved = path.endsWith(".pdf", Qt::CaseInsensitive) ? plot.savePdf(path, kWidth, kHeight)
                                                                : plot.savePng(path, kWidth, kHeight, 2.0);
  plot.legend->setVisible(false);
  chart.setColours(onScreen);
  return saved;
}

}  // namespace

QString saveChart(LossChart& chart, const ChartColours& onScreen, const ChartColours& colours, const QString& path) {
  const bool saved = path.endsWith(".csv", Qt::CaseInsensitive) ? saveCsv(chart, path)
                                                                : saveDrawing(chart, onScreen, colours, path);
  if (saved) return {};
  return QCoreApplication::translate("likeness::LossChart", "The chart could not be written to %1. Choose another folder.")
      .arg(QFileInfo(path).absoluteFilePath());
}

}  // namespace likeness
