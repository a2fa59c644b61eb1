#include "tests/support/chat_server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QTcpSocket>

namespace likeness {
namespace {

QByteArray head(const char* status, const char* type, const QByteArray& more = {}) {
  return QByteArrayLiteral("HTTP/1.1 ") + status + "\r\nContent-Type: " + type + "\r\nConnection: close\r\n" + more + "\r\n";
}

QByteArray choice(const char* part, const QByteArray& words) {
  const QJsonObject said{{QStringLiteral("content"), QString::fromUtf8(words)}};
  const QJsonObject one{{QString::fromLatin1(part), said}};
  return QJsonDocument(QJsonObject{{QStringLiteral("choices"), QJsonArray{one}}}).toJson(QJsonDocument::Compact);
}

}  // namespace

ChatServer::ChatServer(QObject* parent) : QTcpServer(parent) {
  setScript(Script::Stream);
  listen(QHostAddress::LocalHost);
  connect(this, &QTcpServer::newConnection, this, [this] {
    while (QTcpSocket* socket = nextPendingConnection()) take(socket);
  });
}

void ChatServer::setScript(Script script, const QByteArrayList& words) {
  m_script = script;
  m_words = words;
}

void ChatServer::take(QTcpSocket* socket) {
  ++m_open;
  auto received = std::make_shared<QByteArray>();
  connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
    --m_open;
    socket->deleteLater();
  });
  connect(socket, &QTcpSocket::readyRead, this, [this, socket, received] {
    *received += socket->readAll();
    const qsizetype end = received->indexOf("\r\n\r\n");
    if (end < 0) return;
    const QByteArray lower = received->left(end).toLower();
    const qsizetype at = lower.indexOf("content-length: ");
    const qsizetype length = at < 0 ? 0 : lower.mid(at + 16, lower.indexOf('\r', at) - at - 16).trimmed().toLongLong();
    if (received->size() < end + 4 + length) return;
    m_heads.push_back(received->left(end));
    m_bodies.push_back(received->mid(end + 4));
    received->clear();
    answer(socket);
  });
}

void ChatServer::answer(QTcpSocket* socket) {
  switch (m_script) {
    case Script::Stream:
    case Script::Slow:
    case Script::Breaks: return stream(socket);
    case Script::Json: socket->write(head("200 OK", "application/json") + choice("message", m_words.join())); break;
    case Script::Silent: return;
    case Script::Error500:
      socket->write(head("500 Internal Server Error", "application/json") + R"({"error":{"message":"the <b>model</b> is not loaded"}})");
      break;
    case Script::Garbage: socket->write(head("200 OK", "text/event-stream") + QByteArray("\x01\x02 no chat \xff\n\ndata: {oops\n\n")); break;
    case Script::Endless: socket->write(head("200 OK", "text/event-stream") + "data: " + QByteArray(600'000, 'x')); return;
    case Script::Redirect: socket->write(head("302 Found", "text/html", "Location: " + m_redirectTo + "\r\n")); break;
  }
  socket->disconnectFromHost();
}

void ChatServer::stream(QTcpSocket* socket) {
  socket->write(head("200 OK", "text/event-stream"));
  QByteArray all;
  for (const QByteArray& word : m_words) {
    all += "data: " + choice("delta", word) + "\n\n";
    if (m_script != Script::Stream) break;
  }
  if (m_script == Script::Breaks) all.chop(9);
  if (m_script == Script::Stream) all += "data: [DONE]\n\n";
  // In pieces that cut events, and characters of several bytes, apart.
  auto at = std::make_shared<qsizetype>(0);
  auto* timer = new QTimer(socket);
  connect(timer, &QTimer::timeout, socket, [this, socket, timer, all, at] {
    constexpr qsizetype kPiece = 23;
    socket->write(all.mid(*at, kPiece));
    socket->flush();
    *at += kPiece;
    if (*at < all.size()) return;
    timer->stop();
    if (m_script == Script::Stream) socket->disconnectFromHost();
    if (m_script == Script::Breaks) socket->abort();
  });
  timer->start(1);
}

}  // namespace likeness
