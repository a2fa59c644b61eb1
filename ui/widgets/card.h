#pragma once
#include <QFrame>
#include <QVBoxLayout>

namespace likeness {

/// A panel with a line around it, 16 pixels of room inside and a column of contents.
class Card : public QFrame {
  Q_OBJECT
 public:
  explicit Card(QWidget* parent = nullptr);
  /// With a heading as first row.
  explicit Card(const QString& heading, QWidget* parent = nullptr);

  [[nodiscard]] QVBoxLayout* column() const { return m_column; }

 private:
  QVBoxLayout* m_column;
};

}  // namespace likeness
