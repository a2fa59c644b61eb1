#include "ui/helper/helper_client.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>

namespace likeness {
namespace {

constexpr int kSilenceMs = 120'000;
constexpr int kWholeMs = 600'000;
constexpr qint64 kMostBytes = 4 << 20;
constexpr qsizetype kMostText = 32'000;
constexpr int kMostWords = 600;  // tokens that the server may write
constexpr int kMostComplaint = 200;
constexpr int kJpegQuality = 90;

// Plain text only: no control characters, nothing that turns the direction of what follows.
QString plain(const QString& text) {
  QString out;
  for (const QChar c : text) {
    const bool line = c == u'\n' || c == u'\t';
    if (line || (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format)) out += c;
  }
  return out;
}

QString complaintIn(const QByteArray& json) {
  const QJsonValue error = QJsonDocument::fromJson(json).object().value(QStringLiteral("error"));
  const QString text = error.isString() ? error.toString() : error.toObject().value(QStringLiteral("message")).toString();
  return plain(text).simplified().left(kMostComplaint);
}

// What a whole answer, or a piece of a stream, says.
QString wordsIn(const QJsonObject& answer) {
  const QJsonObject choice = answer.value(QStringLiteral("choices")).toArray().first().toObject();
  const QJsonObject said = choice.contains(QStringLiteral("delta")) ? choice.value(QStringLiteral("delta")).toObject()
                                                                   : choice.value(QStringLiteral("message")).toObject();
  return said.value(QStringLiteral("content")).toString();
}

}  // namespace

HelperClient::HelperClient(QObject* parent) : QObject(parent) {
  // The system's proxy would see the pictures; only the given server may.
  m_network.setProxy(QNetworkProxy::NoProxy);
  m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
  m_silence.setSingleShot(true);
  m_whole.setSingleShot(true);
  setPatience(kSilenceMs, kWholeMs);
  connect(&m_silence, &QTimer::timeout, this, [this] {
    fail(tr("%1 has said nothing for %n second(s). Look whether the server is busy, then ask again.", nullptr,
            m_silence.interval() / 1000)
             .arg(m_place));
  });
  connect(&m_whole, &QTimer::timeout, this, [this] {
    fail(tr("%1 did not come to an end. Ask for something shorter, or use a quicker model.").arg(m_place));
  });
}

HelperClient::~HelperClient() { drop(); }

void HelperClient::setPatience(int silenceMs, int wholeMs) {
  m_silence.setInterval(silenceMs);
  m_whole.setInterval(wholeMs);
}

QImage HelperClient::asSent(const QImage& picture, int side) {
  if (picture.isNull() || std::max(picture.width(), picture.height()) <= side) return picture;
  return picture.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

QByteArray HelperClient::bodyOf(const HelperSettings& settings, const HelperQuestion& question) const {
  QJsonArray parts;
  parts.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("text"), question.words}});
  const QImage picture = asSent(question.picture, settings.pictureSide);
  if (!picture.isNull()) {
    // A bare copy: no text, colour profile or place of the photo goes along.
    QByteArray jpeg;
    QBuffer buffer(&jpeg);
    QImage bare = picture.convertToFormat(QImage::Format_RGB888);
    for (const QString& key : bare.textKeys()) bare.setText(key, {});
    bare.save(&buffer, "JPEG", kJpegQuality);
    const QString url = QStringLiteral("data:image/jpeg;base64,") + QString::fromLatin1(jpeg.toBase64());
    parts.append(QJsonObject{{QStringLiteral("type"), QStringLiteral("image_url")},
                             {QStringLiteral("image_url"), QJsonObject{{QStringLiteral("url"), url}}}});
  }
  QJsonObject body{{QStringLiteral("stream"), true},
                   {QStringLiteral("temperature"), 0.2},
                   {QStringLiteral("max_tokens"), kMostWords},
                   {QStringLiteral("messages"),
                    QJsonArray{QJsonObject{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), parts}}}}};
  if (!settings.model.trimmed().isEmpty()) body.insert(QStringLiteral("model"), settings.model.trimmed());
  return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

void HelperClient::ask(const HelperSettings& settings, const HelperQuestion& question) {
  drop();
  m_place = settings.place();
  m_stream = {};
  m_plain.clear();
  m_text.clear();
  m_complaint.clear();
  m_received = 0;
  m_done = false;
  if (const QString problem = HelperSettings::problemWith(settings.address); !problem.isEmpty()) {
    Q_EMIT failed(problem);
    return;
  }
  QNetworkRequest request(settings.endpoint());
  request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
  request.setRawHeader("Accept", "text/event-stream, application/json");
  request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
  request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
  request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
  request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
  m_reply = m_network.post(request, bodyOf(settings, question));
  connect(m_reply, &QNetworkReply::readyRead, this, &HelperClient::read);
  connect(m_reply, &QNetworkReply::finished, this, &HelperClient::finish);
  m_silence.start();
  m_whole.start();
}

void HelperClient::cancel() { drop(); }

void HelperClient::drop() {
  m_silence.stop();
  m_whole.stop();
  if (m_reply == nullptr) return;
  QNetworkReply* reply = m_reply;
  m_reply = nullptr;
  reply->disconnect(this);
  reply->abort();
  reply->deleteLater();
}

void HelperClient::read() {
  if (m_reply == nullptr) return;
  const QByteArray bytes = m_reply->readAll();
  m_received += bytes.size();
  m_silence.start();
  const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  const QString kind = m_reply->header(QNetworkRequest::ContentTypeHeader).toString();
  const bool streams = status == 200 && kind.startsWith(QStringLiteral("text/event-stream"));
  const qsizetype before = m_text.size();
  if (!streams) m_plain += bytes;
  for (const QByteArray& data : streams ? m_stream.feed(bytes) : QList<QByteArray>()) takeEvent(data);
  if (m_received > kMostBytes || m_stream.isTooLong()) {
    fail(tr("%1 sends more than an answer can be. Is it the right server?").arg(m_place));
    return;
  }
  if (m_reply != nullptr && m_text.size() != before) Q_EMIT textArrived(m_text);
}

void HelperClient::takeEvent(const QByteArray& data) {
  if (m_done) return;
  if (data.trimmed() == "[DONE]") {
    m_done = true;
    return;
  }
  const QJsonDocument json = QJsonDocument::fromJson(data);
  if (const QString complaint = complaintIn(data); !complaint.isEmpty()) m_complaint = complaint;
  m_text += plain(wordsIn(json.object()));
  if (m_text.size() > kMostText) {
    m_text.truncate(kMostText);
    m_done = true;
  }
}

void HelperClient::finish() {
  if (m_reply == nullptr) return;
  read();
  if (m_reply == nullptr) return;
  const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
  if (status >= 300 || (status != 0 && status != 200)) return fail(statusSentence(status));
  // A server that closes after [DONE], or in the midst of nothing more to say, has answered.
  if (m_reply->error() != QNetworkReply::NoError && !m_done) return fail(networkSentence());
  if (const QByteArray rest = m_stream.rest(); !rest.isEmpty() && !m_done) {
    // Cut within an event: some servers' breakdowns look like an orderly end.
    if (rest.trimmed() != "[DONE]" && QJsonDocument::fromJson(rest).isNull()) return fail(networkSentence());
    takeEvent(rest);
  }
  if (m_text.isEmpty() && !m_plain.isEmpty()) {
    m_text = plain(wordsIn(QJsonDocument::fromJson(m_plain).object())).left(kMostText);
    if (m_complaint.isEmpty()) m_complaint = complaintIn(m_plain);
  }
  if (!m_complaint.isEmpty()) return fail(tr("%1 says: %2").arg(m_place, m_complaint));
  if (m_text.trimmed().isEmpty()) {
    return fail(tr("%1 answered, but not as a chat server does. Look whether the address is right.").arg(m_place));
  }
  const QString text = m_text.trimmed();
  drop();
  Q_EMIT succeeded(text);
}

QString HelperClient::statusSentence(int status) const {
  if (status < 400) {
    return tr("%1 wants to send Likeness on to another address, where it doesn't go. Give the right address in the settings.")
        .arg(m_place);
  }
  const QString complaint = complaintIn(m_plain);
  if (!complaint.isEmpty()) return tr("%1 answered with error %2: %3").arg(m_place).arg(status).arg(complaint);
  return status == 404
             ? tr("%1 knows no chat completions. Look whether the address is right.").arg(m_place)
             : tr("%1 answered with error %2. Look into the server's own messages, then ask again.").arg(m_place).arg(status);
}

QString HelperClient::networkSentence() const {
  switch (m_reply->error()) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
      return tr("Nothing answers at %1. Start the server, or correct the address in the settings.").arg(m_place);
    case QNetworkReply::SslHandshakeFailedError:
      return tr("%1 can't show that it is what it says (its certificate). Use http:// for a server on this computer.")
          .arg(m_place);
    default: return tr("The connection to %1 broke off. Look whether the server still runs, then ask again.").arg(m_place);
  }
}

void HelperClient::fail(const QString& sentence) {
  drop();
  Q_EMIT failed(sentence);
}

}  // namespace likeness
