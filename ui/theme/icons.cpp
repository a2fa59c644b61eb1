#include "ui/theme/icons.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "ui/theme/theme.h"

namespace likeness {
namespace {

QPixmap renderSvg(const QString& name, const QColor& colour, QSize pixels) {
  const QString key = QStringLiteral("likeness-icon/%1/%2/%3x%4")
                          .arg(name, colour.name(QColor::HexArgb))
                          .arg(pixels.width())
                          .arg(pixels.height());
  QPixmap pixmap;
  if (QPixmapCache::find(key, &pixmap)) return pixmap;
  QFile file(QStringLiteral(":/likeness/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QSvgRenderer renderer(file.readAll().replace("currentColor", colour.name().toLatin1()));
  pixmap = QPixmap(pixels);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setOpacity(colour.alphaF());
  renderer.render(&painter);
  painter.end();
  QPixmapCache::insert(key, pixmap);
  return pixmap;
}

class ThemedIconEngine : public QIconEngine {
 public:
  ThemedIconEngine(QString name, Role role) : m_name(std::move(name)), m_role(role) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    const qreal ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(rect, pixmap(rect.size() * ratio, mode, state));
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
    QColor colour = Theme::colour(m_role);
    if (mode == QIcon::Disabled) colour.setAlphaF(0.4F);
    return renderSvg(m_name, colour, size);
  }
  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override {
    return pixmap(size, mode, state);
  }
  [[nodiscard]] QIconEngine* clone() const override { return new ThemedIconEngine(m_name, m_role); }

 private:
  QString m_name;
  Role m_role;
};

}  // namespace

QIcon themedIcon(const QString& name, Role role) { return QIcon(new ThemedIconEngine(name, role)); }

QPixmap themedPixmap(const QString& name, Role role, int size, qreal devicePixelRatio) {
  QPixmap pixmap = renderSvg(name, Theme::colour(role), QSize(size, size) * devicePixelRatio);
  pixmap.setDevicePixelRatio(devicePixelRatio);
  return pixmap;
}

}  // namespace likeness
