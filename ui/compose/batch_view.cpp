#include "ui/compose/batch_view.h"

#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/theme/metrics.h"
#include "ui/widgets/picture_grid.h"

namespace likeness {
namespace {

constexpr int kSmallestTile = 48;

}  // namespace

BatchView::BatchView(PictureGrid* grid, QWidget* parent) : QWidget(parent), m_grid(grid) {
  grid->setParent(this);
  // A bar that may come and go would change how many tiles fit into a row.
  grid->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void BatchView::setCount(int count) {
  m_columns = std::max(1, int(std::ceil(std::sqrt(count))));
  fit();
}

void BatchView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fit();
}

void BatchView::fit() {
  const int tile = std::max(kSmallestTile, (std::min(width(), height()) - 2) / m_columns - kSpace12);
  // The grid keeps room for a scroll bar and a pixel more; with any smallest tile it then comes to this one.
  const int bar = m_grid->verticalScrollBar()->sizeHint().width();
  m_grid->setGeometry(0, 0, m_columns * (tile + kSpace12) + bar + 2, height());
  m_grid->setMinimumTile(kSmallestTile, m_columns);
}

}  // namespace likeness
