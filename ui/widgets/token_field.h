#pragma once
#include <QLineEdit>

namespace likeness {

/// A line edit for the identifier token: while it isn't edited, the token stands in it as a chip.
class TokenField : public QLineEdit {
  Q_OBJECT
 public:
  explicit TokenField(QWidget* parent = nullptr);

  /// What is wrong or unwise about a token in one sentence, empty when it is good: one short word of letters and digits.
  [[nodiscard]] static QString problemWith(const QString& token);
  /// Whether it can be used at all: one word of letters and digits, however long.
  [[nodiscard]] static bool isUsable(const QString& token);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace likeness
