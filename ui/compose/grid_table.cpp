#include "ui/compose/grid_table.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/theme/theme.h"

namespace likeness {
namespace {

constexpr int kColumnHeader = 28;
constexpr int kMostRowHeader = 120;
constexpr int kGap = 8;
constexpr int kLineRoom = 3;  // for the lines around the outer cells
constexpr double kLargest = 200;
constexpr double kSmallest = 16;

}  // namespace

GridTable::GridTable(QWidget* parent) : QWidget(parent) {
  setObjectName("gridTable");
  setAccessibleName(tr("Grid of pictures"));
  setFocusPolicy(Qt::StrongFocus);
  setMinimumSize(200, 160);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void GridTable::setAxes(const QStringList& columns, const QStringList& rows) {
  if (columns == m_columns && rows == m_rows) return;
  m_columns = columns;
  m_rows = rows;
  clearPictures();
}

void GridTable::setPicture(int cell, const QImage& image) {
  m_pictures[cell] = QPixmap::fromImage(image);
  update();
}

void GridTable::clearPictures() {
  m_pictures.clear();
  m_current = -1;
  update();
}

int GridTable::rowHeader() const {
  if (m_rows.isEmpty()) return 0;
  const QFontMetrics metrics(textFont(TextStyle::Small));
  int widest = 0;
  for (const auto& row : m_rows) widest = std::max(widest, metrics.horizontalAdvance(row));
  return std::min(widest, kMostRowHeader) + kSpace12;
}

double GridTable::side() const {
  const double across = (width() - kLineRoom - rowHeader() - kGap * (columns() - 1)) / double(std::max(1, columns()));
  const double down = (height() - kLineRoom - kColumnHeader - kGap * (rows() - 1)) / double(rows());
  return std::clamp(std::min(across, down), kSmallest, kLargest);
}

QRectF GridTable::cellRect(int cell) const {
  const int column = cell % std::max(1, columns()), row = cell / std::max(1, columns());
  return {1 + rowHeader() + column * (side() + kGap), kColumnHeader + row * (side() + kGap), side(), side()};
}

void GridTable::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  painter.setFont(textFont(TextStyle::Small));
  painter.setPen(Theme::colour(Role::SoftText));
  const QFontMetrics metrics(painter.font());
  for (int column = 0; column < columns(); ++column) {
    const QRectF cell = cellRect(column);
    const QRectF place(cell.left(), 0, cell.width(), kColumnHeader - kSpace4);
    painter.drawText(place, Qt::AlignHCenter | Qt::AlignBottom,
                     metrics.elidedText(m_columns[column], Qt::ElideMiddle, int(cell.width())));
  }
  for (int row = 0; row < m_rows.size(); ++row) {
    const QRectF cell = cellRect(row * columns());
    const QRectF place(0, cell.top(), rowHeader() - kSpace8, cell.height());
    painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(m_rows[row], Qt::ElideMiddle, int(place.width())));
  }
  const double radius = std::min<double>(kRadiusThumbnail, side() / 6);
  for (int cell = 0; cell < columns() * rows(); ++cell) {
    const QRectF place = cellRect(cell);
    QPainterPath shape;
    shape.addRoundedRect(place, radius, radius);
    painter.fillPath(shape, Theme::colour(Role::Sunk));
    if (const auto picture = m_pictures.find(cell); picture != m_pictures.end()) {
      painter.save();
      painter.setClipPath(shape);
      const QSizeF size = QSizeF(picture->second.size()).scaled(place.size(), Qt::KeepAspectRatioByExpanding);
      QRectF whole({}, size);
      whole.moveCenter(place.center());
      painter.drawPixmap(whole, picture->second, picture->second.rect());
      painter.restore();
    }
    const bool current = cell == m_current && hasFocus();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::colour(current ? Role::Accent : Role::Line), current ? 2.5 : 1));
    painter.drawPath(shape);
    painter.setPen(Theme::colour(Role::SoftText));
  }
}

void GridTable::choose(int cell) {
  m_current = std::clamp(cell, 0, columns() * rows() - 1);
  update();
  if (m_pictures.contains(m_current)) Q_EMIT cellChosen(m_current);
}

void GridTable::mousePressEvent(QMouseEvent* event) {
  for (int cell = 0; cell < columns() * rows(); ++cell) {
    if (cellRect(cell).contains(event->position())) return choose(cell);
  }
}

void GridTable::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
      return choose(m_current - 1);
    case Qt::Key_Right:
      return choose(m_current + 1);
    case Qt::Key_Up:
      return choose(m_current < columns() ? m_current : m_current - columns());
    case Qt::Key_Down:
      return choose(m_current + columns() < columns() * rows() ? m_current + columns() : m_current);
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace likeness
