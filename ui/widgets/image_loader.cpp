#include "ui/widgets/image_loader.h"

#include <QImageReader>

namespace likeness {
namespace {

QImage readScaled(const QString& file, int maxEdge) {
  QImageReader reader(file);
  reader.setAutoTransform(true);
  const QSize size = reader.size();
  if (size.isValid() && std::max(size.width(), size.height()) > maxEdge) {
    reader.setScaledSize(size.scaled(maxEdge, maxEdge, Qt::KeepAspectRatio).expandedTo({1, 1}));
  }
  return reader.read();
}

}  // namespace

ImageLoader::ImageLoader(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(2); }

ImageLoader::~ImageLoader() {
  m_pool.clear();
  m_pool.waitForDone();
}

void ImageLoader::request(const QString& file, int maxEdge) {
  if (m_pending.contains(file)) return;
  m_pending.insert(file);
  m_pool.start([this, file, maxEdge] {
    const QImage image = readScaled(file, maxEdge);
    // The destructor waits for this task, so `this` lives; the event dies with the object if it is never delivered.
    QMetaObject::invokeMethod(
        this,
        [this, file, image] {
          m_pending.remove(file);
          Q_EMIT loaded(file, image);
        },
        Qt::QueuedConnection);
  });
}

}  // namespace likeness
