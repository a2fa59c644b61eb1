#pragma once
#include <QPushButton>

class QLabel;

namespace likeness {

/// A checkable card with a name and a soft line or two below: one of a few ways, chosen by click, Space or arrows.
class ChoiceButton : public QPushButton {
  Q_OBJECT
 public:
  ChoiceButton(const QString& title, const QString& name, QWidget* parent = nullptr);

  void setTitle(const QString& title);
  void setDetail(const QString& detail);
  [[nodiscard]] QString detail() const;
  /// For a row of large cards: heading type and more room.
  void setRoomy();
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;

 private:
  void tell();

  QLabel* m_title;
  QLabel* m_detail;
};

}  // namespace likeness
