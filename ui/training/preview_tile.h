#pragma once
#include <QAbstractButton>
#include <QImage>

namespace likeness {

/// One preview under the chart: the picture with round corners, its step below, a star on the best checkpoint's.
class PreviewTile : public QAbstractButton {
  Q_OBJECT
 public:
  static constexpr int kSide = 80;
  static constexpr int kCaption = 20;

  explicit PreviewTile(std::int64_t step, QWidget* parent);

  [[nodiscard]] std::int64_t step() const { return m_step; }
  void setPicture(const QImage& picture);
  void setBest(bool best);
  [[nodiscard]] bool isBest() const { return m_best; }
  void setMarked(bool marked);
  [[nodiscard]] QSize sizeHint() const override { return {kSide, kSide + kCaption}; }

 Q_SIGNALS:
  void hovered(bool inside);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  [[nodiscard]] QString caption() const;
  void tell();

  std::int64_t m_step;
  QImage m_picture;
  bool m_best = false;
  bool m_marked = false;
};

}  // namespace likeness
