#include "ui/training/preview_strip.h"

#include <algorithm>
#include <cstdlib>

#include "ui/theme/metrics.h"
#include "ui/training/loss_chart.h"
#include "ui/training/preview_tile.h"
#include "ui/widgets/qimage.h"

namespace likeness {

PreviewStrip::PreviewStrip(const LossChart* chart, QWidget* parent)
    : QWidget(parent), m_chart(chart), m_prompts(new QComboBox(this)) {
  setObjectName("previewStrip");
  setAccessibleName(tr("Previews by step"));
  m_prompts->setObjectName("previewPrompt");
  m_prompts->setAccessibleName(tr("Which preview prompt"));
  m_prompts->hide();
  connect(m_prompts, &QComboBox::currentIndexChanged, this, &PreviewStrip::showPrompt);
  connect(chart, &LossChart::viewChanged, this, &PreviewStrip::arrange);
  setFixedHeight(PreviewTile::kSide + PreviewTile::kCaption);
}

void PreviewStrip::add(const Preview& preview) {
  if (!preview.image) return;
  const bool newPrompt = !m_previews.contains(preview.index);
  m_previews[preview.index][preview.step] = preview;
  if (newPrompt) {
    const QSignalBlocker quiet(m_prompts);
    m_prompts->clear();
    for (const auto& [index, previews] : m_previews) {
      m_prompts->addItem(QString::fromStdString(previews.begin()->second.prompt), index);
    }
    m_prompts->setCurrentIndex(m_prompts->findData(m_shown));
    m_prompts->setVisible(m_previews.size() > 1);
    setFixedHeight(PreviewTile::kSide + PreviewTile::kCaption +
                   (m_previews.size() > 1 ? m_prompts->sizeHint().height() + kSpace8 : 0));
  }
  if (preview.index != m_shown) return;
  addTile(preview);
  arrange();
}

void PreviewStrip::clear() {
  for (const auto& [step, tile] : m_tiles) tile->deleteLater();
  m_tiles.clear();
  m_previews.clear();
  m_best.reset();
  m_shown = 0;
  m_prompts->clear();
  m_prompts->hide();
}

void PreviewStrip::addTile(const Preview& preview) {
  auto& tile = m_tiles[preview.step];
  if (!tile) {
    tile = new PreviewTile(preview.step, this);
    const auto step = preview.step;
    connect(tile, &PreviewTile::hovered, this, [this, step](bool inside) {
      Q_EMIT stepHovered(inside ? std::optional(step) : std::nullopt);
    });
    connect(tile, &PreviewTile::clicked, this, [this, step] { Q_EMIT opened(m_previews[m_shown][step]); });
  }
  tile->setPicture(toQImage(preview.image));
  tile->setToolTip(QString::fromStdString(preview.prompt));
  tile->setBest(m_best == preview.step);
}

void PreviewStrip::showPrompt(int index) {
  if (index < 0) return;
  m_shown = m_prompts->itemData(index).toInt();
  for (const auto& [step, tile] : m_tiles) tile->deleteLater();
  m_tiles.clear();
  for (const auto& [step, preview] : m_previews[m_shown]) addTile(preview);
  arrange();
}

void PreviewStrip::setBestStep(std::optional<std::int64_t> step) {
  m_best = step;
  for (const auto& [at, tile] : m_tiles) tile->setBest(step == at);
  arrange();
}

void PreviewStrip::markStep(std::optional<std::int64_t> step) {
  auto marked = m_tiles.end();
  if (step && !m_tiles.empty()) {
    marked = std::min_element(m_tiles.begin(), m_tiles.end(), [step](const auto& a, const auto& b) {
      return std::abs(a.first - *step) < std::abs(b.first - *step);
    });
  }
  for (auto it = m_tiles.begin(); it != m_tiles.end(); ++it) it->second->setMarked(it == marked);
}

std::vector<PreviewTile*> PreviewStrip::byImportance() const {
  std::vector<PreviewTile*> ordered;
  for (const auto& [step, tile] : m_tiles) ordered.push_back(tile);
  if (ordered.empty()) return ordered;
  auto* first = ordered.front();
  auto* last = ordered.back();
  std::stable_sort(ordered.begin(), ordered.end(), [&](PreviewTile* a, PreviewTile* b) {
    const auto rank = [&](PreviewTile* tile) { return tile->isBest() ? 0 : tile == last ? 1 : tile == first ? 2 : 3; };
    return rank(a) < rank(b);
  });
  return ordered;
}

void PreviewStrip::arrange() {
  const int top = m_prompts->isHidden() ? 0 : m_prompts->sizeHint().height() + kSpace8;
  m_prompts->setGeometry(0, 0, std::min(width(), 360), m_prompts->sizeHint().height());
  const auto [firstStep, lastStep] = m_chart->stepsInView();
  const int offset = m_chart->mapTo(window(), QPoint()).x() - mapTo(window(), QPoint()).x();
  std::vector<int> taken;
  for (auto* tile : byImportance()) {
    const int centre = int(m_chart->xOfStep(double(tile->step()))) + offset;
    const int left = std::clamp(centre - PreviewTile::kSide / 2, 0, std::max(0, width() - PreviewTile::kSide));
    const bool inView = double(tile->step()) >= firstStep && double(tile->step()) <= lastStep;
    const bool free = std::none_of(taken.begin(), taken.end(), [left](int other) {
      return std::abs(other - left) < PreviewTile::kSide + kSpace4;
    });
    tile->setVisible(inView && free);
    if (!inView || !free) continue;
    tile->move(left, top);
    taken.push_back(left);
  }
}

void PreviewStrip::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

}  // namespace likeness
