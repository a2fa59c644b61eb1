#pragma once
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace likeness {

/// The seed: a number, a die that throws a new one, and a lock. Unlocked, every batch begins with a new seed; locked,
/// the same number gives the same picture again.
class SeedField : public QWidget {
  Q_OBJECT
 public:
  explicit SeedField(QWidget* parent = nullptr);

  [[nodiscard]] quint64 seed() const;
  void setSeed(quint64 seed);
  [[nodiscard]] bool isLocked() const;
  void setLocked(bool locked);
  /// The seed for a new batch: throws first unless locked.
  quint64 seedForBatch();
  void throwDie();
  [[nodiscard]] QLineEdit* line() const { return m_line; }

 private:
  void showLock();

  QLineEdit* m_line;
  QToolButton* m_die;
  QToolButton* m_lock;
};

}  // namespace likeness
