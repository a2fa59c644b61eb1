#include "ui/widgets/picture_viewer.h"

#include <QKeyEvent>
#include <QPainter>

#include "ui/theme/theme.h"

namespace likeness {

PictureViewer::PictureViewer(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("pictureViewer"));
  setFocusPolicy(Qt::StrongFocus);
  parent->installEventFilter(this);
  hide();
}

void PictureViewer::showPicture(const QImage& image, const QString& caption) {
  m_image = image;
  m_caption = caption;
  setAccessibleName(caption);
  setGeometry(parentWidget()->rect());
  show();
  raise();
  setFocus();
  update();
}

void PictureViewer::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QColor ground = Theme::colour(Role::Window);
  ground.setAlphaF(0.96F);
  painter.fillRect(rect(), ground);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  const QRect room = rect().adjusted(kSpace24, kSpace24, -kSpace24, -kSpace24 - 32);
  const QSize size = m_image.size().scaled(room.size(), Qt::KeepAspectRatio);
  QRect place({}, size);
  place.moveCenter(room.center());
  painter.drawImage(place, m_image);
  painter.setPen(Theme::colour(Role::SoftText));
  painter.setFont(textFont(TextStyle::Body));
  painter.drawText(QRect(0, height() - 48, width(), 32), Qt::AlignCenter, m_caption);
}

void PictureViewer::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Escape:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: close(); return;
    case Qt::Key_Left:
    case Qt::Key_Up: Q_EMIT stepRequested(-1); return;
    case Qt::Key_Right:
    case Qt::Key_Down: Q_EMIT stepRequested(1); return;
    default: break;
  }
  if (event->modifiers() == Qt::NoModifier && event->key() >= Qt::Key_A && event->key() <= Qt::Key_Z) {
    Q_EMIT keyPressed(event->key());
    return;
  }
  QWidget::keyPressEvent(event);
}

void PictureViewer::mousePressEvent(QMouseEvent*) { close(); }

bool PictureViewer::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
  return QWidget::eventFilter(watched, event);
}

void PictureViewer::close() {
  hide();
  Q_EMIT closed();
}

}  // namespace likeness
