#pragma once
#include <QWidget>

#include "core/api/options.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace likeness {

struct OptionWords;

/// One training option: its name, a field, why one would change it, its default, and a way back to that.
class OptionRow : public QWidget {
  Q_OBJECT
 public:
  explicit OptionRow(const TrainOption& option, QWidget* parent = nullptr);

  void showConfig(const TrainConfig& config);
  [[nodiscard]] bool isChanged() const { return m_value != m_default; }

 Q_SIGNALS:
  /// A value that the option accepts was given.
  void edited(const QString& name, const QString& value);

 private:
  void makeField(const OptionWords& words);
  void offer(const QString& value);
  void showState();

  const TrainOption& m_option;
  QString m_name;  ///< for people
  QString m_default;
  QString m_value;
  QLabel* m_title = nullptr;
  QWidget* m_field = nullptr;
  QLineEdit* m_line = nullptr;   ///< either a line …
  QComboBox* m_words = nullptr;  ///< … or one of a few words
  QLabel* m_problem;
  QPushButton* m_reset;
};

}  // namespace likeness
