#pragma once
#include <QWidget>

#include "core/api/job.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace likeness {

class GridTable;

/// Comparing settings in a table: what changes from column to column, and if wanted from row to row; the pictures
/// appear in the table as they are made.
class GridBuilder : public QWidget {
  Q_OBJECT
 public:
  explicit GridBuilder(QWidget* parent = nullptr);

  /// What the grid varies: the prompt and settings as they are now. Says what is wrong with the axes for it.
  void setSample(const Sample& sample);
  /// The axes, empty while something is wrong with them.
  [[nodiscard]] const std::vector<GridAxis>& axes() const { return m_axes; }
  [[nodiscard]] int cells() const { return m_cells; }
  [[nodiscard]] GridTable* table() const { return m_table; }
  /// The file that shows the whole table, once it is made.
  void setSheet(const QString& file);

 Q_SIGNALS:
  void axesChanged();
  void closeRequested();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Axis {
    QComboBox* setting = nullptr;
    QLineEdit* values = nullptr;
  };
  void makeAxis(Axis& axis, const QString& label, const QString& name, bool optional, QGridLayout* grid, int at);
  void suggest(Axis& axis);
  void read();
  [[nodiscard]] QString complaint(const QString& sentence) const;

  Axis m_columns, m_rows;
  QLabel* m_says;
  QPushButton* m_openSheet;
  GridTable* m_table;
  Sample m_sample;
  std::vector<GridAxis> m_axes;
  int m_cells = 0;
  QString m_sheet;
};

}  // namespace likeness
