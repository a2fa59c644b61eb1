#include "ui/widgets/picture_grid.h"

#include <QMouseEvent>
#include <QScrollBar>
#include <algorithm>

#include "ui/theme/metrics.h"
#include "ui/widgets/picture_delegate.h"
#include "ui/widgets/picture_model.h"

namespace likeness {
namespace {

constexpr int kRoom = 2 * PictureDelegate::kRingRoom;

}  // namespace

PictureGrid::PictureGrid(PictureModel* model, QWidget* parent)
    : QListView(parent), m_pictures(model), m_delegate(new PictureDelegate(this)) {
  setProperty("bare", true);
  setFrameShape(QFrame::NoFrame);
  setViewMode(QListView::IconMode);
  setMovement(QListView::Static);
  setResizeMode(QListView::Adjust);
  setUniformItemSizes(true);
  setLayoutMode(QListView::SinglePass);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  verticalScrollBar()->setSingleStep(32);
  viewport()->setAutoFillBackground(false);
  setItemDelegate(m_delegate);
  setModel(model);
  setMouseTracking(true);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(model, &QAbstractItemModel::rowsInserted, this, &PictureGrid::arrange);
  connect(model, &QAbstractItemModel::rowsRemoved, this, &PictureGrid::arrange);
}

void PictureGrid::setMinimumTile(int side, int maxColumns) {
  m_minimumTile = side;
  m_maxColumns = maxColumns;
  m_singleRow = false;
  arrange();
}

void PictureGrid::setSingleRow(int side) {
  m_minimumTile = side;
  m_singleRow = true;
  setWrapping(false);
  setFlow(QListView::LeftToRight);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFixedHeight(side + kRoom + 14);
  arrange();
}

QString PictureGrid::currentKey() const { return m_pictures->keyOf(currentIndex().row()); }

void PictureGrid::setCurrentKey(const QString& key) {
  const int row = m_pictures->rowOf(key);
  if (row >= 0 && row != currentIndex().row()) setCurrentIndex(m_pictures->index(row));
}

QStringList PictureGrid::selectedKeys() const {
  QStringList keys;
  for (const QModelIndex& index : selectedIndexes()) keys.append(m_pictures->keyOf(index.row()));
  return keys;
}

int PictureGrid::heightForRows(int rows) const { return rows * gridSize().height() + 2; }

void PictureGrid::resizeEvent(QResizeEvent* event) {
  arrange();
  QListView::resizeEvent(event);
}

void PictureGrid::mousePressEvent(QMouseEvent* event) {
  const QModelIndex index = indexAt(event->pos());
  if (event->button() == Qt::LeftButton && !index.data(PictureModel::MarkRole).toString().isEmpty() &&
      m_delegate->markRect(visualRect(index)).contains(event->pos())) {
    Q_EMIT markClicked(m_pictures->keyOf(index.row()));
    return;
  }
  QListView::mousePressEvent(event);
}

void PictureGrid::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
  QListView::currentChanged(current, previous);
  Q_EMIT currentKeyChanged(m_pictures->keyOf(current.row()));
}

void PictureGrid::arrange() {
  const int gap = kSpace12 - kRoom;
  if (m_singleRow) {
    m_tile = m_minimumTile;
  } else {
    // Room for the scroll bar is kept also while there is none, or tiles and scroll bar would chase each other; and one
    // pixel more: QListView wraps a row that fills it exactly.
    const int room = width() - verticalScrollBar()->sizeHint().width() - 1;
    m_columns = std::max(1, (room + gap) / (m_minimumTile + kRoom + gap));
    if (m_maxColumns > 0) m_columns = std::min(m_columns, m_maxColumns);
    m_tile = std::max(1, room / m_columns - kRoom - gap);
  }
  m_delegate->setTile(m_tile);
  const QSize cell(m_tile + kRoom + gap, m_tile + kRoom + gap);
  if (!m_singleRow) {
    // Said outright, since QListView takes the bar's width away twice where it decides by itself.
    const int rows = (m_pictures->rowCount() + m_columns - 1) / m_columns;
    setVerticalScrollBarPolicy(rows * cell.height() > height() ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
  }
  if (gridSize() == cell) return;
  setGridSize(cell);
  Q_EMIT arranged();
}

}  // namespace likeness
