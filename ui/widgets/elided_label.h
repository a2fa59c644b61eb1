#pragma once
#include <QLabel>

namespace likeness {

/// One line that ends in "…" where there is no room; the whole text is the tool tip then.
class ElidedLabel : public QLabel {
  Q_OBJECT
 public:
  explicit ElidedLabel(QWidget* parent = nullptr);

  void setFullText(const QString& text);
  [[nodiscard]] QString fullText() const { return m_full; }
  void setElideMode(Qt::TextElideMode mode);

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void elide();

  QString m_full;
  Qt::TextElideMode m_mode = Qt::ElideRight;
};

}  // namespace likeness
