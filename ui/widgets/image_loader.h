#pragma once
#include <QImage>
#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <deque>

namespace likeness {

/// Reads pictures from files beside the window's thread, scaled down while reading where the format can.
/// Threads: used and heard in the window's thread. The destructor waits for the few reads under way.
class ImageLoader : public QObject {
  Q_OBJECT
 public:
  explicit ImageLoader(QObject* parent = nullptr);
  ~ImageLoader() override;

  /// Asks for a picture whose longer side is at most maxEdge; a file already asked for is not read twice. What was
  /// asked for last is read first; where very much waits, the oldest is forgotten and may be asked for again.
  void request(const QString& file, int maxEdge);

 Q_SIGNALS:
  /// `image` is null when the file can't be read.
  void loaded(const QString& file, const QImage& image);

 private:
  void startNext();

  QThreadPool m_pool;
  QSet<QString> m_pending;
  struct Request {
    QString file;
    int maxEdge = 0;
  };
  std::deque<Request> m_waiting;  ///< the newest is read first: it is what is in sight
  int m_running = 0;
};

}  // namespace likeness
