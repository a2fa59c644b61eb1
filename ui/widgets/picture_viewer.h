#pragma once
#include <QImage>
#include <QWidget>

namespace likeness {

/// Shows one picture large over its parent, not modal: Escape, Enter or a click closes it, arrows ask for another.
class PictureViewer : public QWidget {
  Q_OBJECT
 public:
  explicit PictureViewer(QWidget* parent);

  void showPicture(const QImage& image, const QString& caption);

 Q_SIGNALS:
  void stepRequested(int by);
  void keyPressed(int key);  ///< a letter that the page may use
  void closed();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void close();

  QImage m_image;
  QString m_caption;
};

}  // namespace likeness
