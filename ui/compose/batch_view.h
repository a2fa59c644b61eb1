#pragma once
#include <QWidget>

namespace likeness {

class PictureGrid;

/// The batch beside the big picture: a square of as many columns as rows, its tiles as large as fit, so that nothing
/// scrolls.
class BatchView : public QWidget {
  Q_OBJECT
 public:
  explicit BatchView(PictureGrid* grid, QWidget* parent = nullptr);

  void setCount(int count);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fit();

  PictureGrid* m_grid;
  int m_columns = 2;
};

}  // namespace likeness
