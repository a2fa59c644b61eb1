#include "ui/widgets/image_loader.h"

#include <QImageReader>

namespace likeness {
namespace {

constexpr int kReaders = 2;
constexpr std::size_t kMostWaiting = 1024;

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

ImageLoader::ImageLoader(QObject* parent) : QObject(parent) { m_pool.setMaxThreadCount(kReaders); }

ImageLoader::~ImageLoader() {
  m_pool.clear();
  m_pool.waitForDone();
}

void ImageLoader::request(const QString& file, int maxEdge) {
  if (m_pending.contains(file)) return;
  m_pending.insert(file);
  m_waiting.push_back({file, maxEdge});
  if (m_waiting.size() > kMostWaiting) {
    m_pending.remove(m_waiting.front().file);
    m_waiting.pop_front();
  }
  startNext();
}

void ImageLoader::startNext() {
  if (m_running >= kReaders || m_waiting.empty()) return;
  const Request next = m_waiting.back();
  m_waiting.pop_back();
  ++m_running;
  m_pool.start([this, next] {
    const QImage image = readScaled(next.file, next.maxEdge);
    // The destructor waits for this task, so `this` lives; the event dies with the object if it is never delivered.
    QMetaObject::invokeMethod(
        this,
        [this, file = next.file, image] {
          --m_running;
          m_pending.remove(file);
          startNext();
          Q_EMIT loaded(file, image);
        },
        Qt::QueuedConnection);
  });
}

}  // namespace likeness
