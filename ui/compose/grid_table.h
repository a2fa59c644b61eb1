#pragma once
#include <QPixmap>
#include <QWidget>
#include <map>

namespace likeness {

/// The table of a grid: what its columns and rows are called, and in each cell its picture once that is there.
class GridTable : public QWidget {
  Q_OBJECT
 public:
  explicit GridTable(QWidget* parent = nullptr);

  /// `rows` may be empty: then there is one row without a name.
  void setAxes(const QStringList& columns, const QStringList& rows);
  void setPicture(int cell, const QImage& image);
  void clearPictures();
  [[nodiscard]] int columns() const { return int(m_columns.size()); }
  [[nodiscard]] int rows() const { return std::max(1, int(m_rows.size())); }
  [[nodiscard]] int pictures() const { return int(m_pictures.size()); }
  /// Where a cell's picture is drawn.
  [[nodiscard]] QRectF cellRect(int cell) const;

 Q_SIGNALS:
  void cellChosen(int cell);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] int rowHeader() const;
  [[nodiscard]] double side() const;
  void choose(int cell);

  QStringList m_columns, m_rows;
  std::map<int, QPixmap> m_pictures;
  int m_current = -1;
};

}  // namespace likeness
