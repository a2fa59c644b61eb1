#pragma once
#include <QLineEdit>

namespace likeness {

/// A line edit for the identifier token: while it isn't edited, the token stands in it as a chip.
class TokenField : public QLineEdit {
  Q_OBJECT
 public:
  explicit TokenField(QWidget* parent = nullptr);

  /// What is wrong with a token in one sentence, empty when it can be used: one word of letters and digits that does
  /// not already mean something.
  [[nodiscard]] static QString problemWith(const QString& token);

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace likeness
