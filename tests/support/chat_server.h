#pragma once
#include <QByteArray>
#include <QTcpServer>
#include <QTimer>
#include <vector>

class QTcpSocket;

namespace likeness {

/// A real HTTP server on this computer that answers chat completions as a script says. Threads: the window's.
class ChatServer : public QTcpServer {
  Q_OBJECT
 public:
  enum class Script {
    Stream,    ///< the words one by one as server-sent events
    Json,      ///< in one piece, as servers do that can't stream
    Silent,    ///< takes the question and says nothing
    Slow,      ///< one word, then nothing more
    Error500,  ///< with a message in OpenAI's form
    Garbage,   ///< bytes that are neither events nor JSON
    Endless,   ///< one line without an end
    Redirect,  ///< to `redirectTo`
    Breaks,    ///< closes in the midst of a word
  };

  explicit ChatServer(QObject* parent = nullptr);

  [[nodiscard]] QString address() const { return QStringLiteral("http://127.0.0.1:%1").arg(serverPort()); }
  void setScript(Script script, const QByteArrayList& words = {"A dog", " on a", " rug."});
  void setRedirect(const QByteArray& to) { m_redirectTo = to; }

  [[nodiscard]] int questions() const { return static_cast<int>(m_bodies.size()); }
  [[nodiscard]] QByteArray lastHead() const { return m_heads.empty() ? QByteArray() : m_heads.back(); }
  [[nodiscard]] QByteArray lastBody() const { return m_bodies.empty() ? QByteArray() : m_bodies.back(); }
  /// Connections that are still open.
  [[nodiscard]] int openConnections() const { return m_open; }

 private:
  void take(QTcpSocket* socket);
  void answer(QTcpSocket* socket);
  void stream(QTcpSocket* socket);

  Script m_script = Script::Stream;
  QByteArrayList m_words;
  QByteArray m_redirectTo;
  std::vector<QByteArray> m_heads;
  std::vector<QByteArray> m_bodies;
  int m_open = 0;
};

}  // namespace likeness
