#pragma once
#include <QImage>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>

#include "ui/helper/event_stream.h"
#include "ui/helper/helper_settings.h"

class QNetworkReply;

namespace likeness {

/// What the helper is asked: words, and a picture or none.
struct HelperQuestion {
  QString words;
  QImage picture;
};

/// Asks a server that speaks OpenAI's chat completions, one question at a time, and gives its answer on as it comes.
/// Connects to nothing but the address in the settings: no proxy, no redirect is followed, no cookie kept. What comes
/// back is plain text, at most a few thousand words. Threads: the window's; nothing blocks.
class HelperClient : public QObject {
  Q_OBJECT
 public:
  explicit HelperClient(QObject* parent = nullptr);
  ~HelperClient() override;

  /// Breaks off what is being asked, and asks this. One of succeeded, failed follows, unless it is cancelled.
  void ask(const HelperSettings& settings, const HelperQuestion& question);
  /// At once; nothing is heard of the question any more.
  void cancel();
  [[nodiscard]] bool isBusy() const { return m_reply != nullptr; }

  /// The server may be silent this long (a large model on a CPU takes its time with a picture), and talk this long.
  void setPatience(int silenceMs, int wholeMs);

  /// The picture as it is sent: its longer side at most `side`.
  [[nodiscard]] static QImage asSent(const QImage& picture, int side);

 Q_SIGNALS:
  void textArrived(const QString& all);  ///< the answer so far
  void succeeded(const QString& text);
  void failed(const QString& sentence);  ///< what happened, and what to do next

 private:
  [[nodiscard]] QByteArray bodyOf(const HelperSettings& settings, const HelperQuestion& question) const;
  void read();
  void takeEvent(const QByteArray& data);
  void finish();
  void fail(const QString& sentence);
  void drop();
  [[nodiscard]] QString statusSentence(int status) const;
  [[nodiscard]] QString networkSentence() const;

  QNetworkAccessManager m_network;
  QNetworkReply* m_reply = nullptr;
  EventStream m_stream;
  QByteArray m_plain;  ///< an answer that isn't a stream: JSON, or an error's text
  QString m_text;
  QString m_place;
  QString m_complaint;  ///< an error that came within the stream
  qint64 m_received = 0;
  bool m_done = false;
  QTimer m_silence;
  QTimer m_whole;
};

}  // namespace likeness
