#pragma once
#include <QByteArray>
#include <QList>

namespace likeness {

/// Takes a stream of server-sent events apart as it arrives: what comes in pieces of any size goes out as whole `data`
/// fields. Source: WHATWG HTML, section 9.2.6. Differs: event names, ids and retry times are ignored.
class EventStream {
 public:
  /// The data of the events that these bytes complete. Nothing more after an event grew beyond the limit.
  [[nodiscard]] QList<QByteArray> feed(const QByteArray& bytes);
  /// The data of an event that the end of the stream left open.
  [[nodiscard]] QByteArray rest();
  /// True when a line or an event was longer than any server's should be.
  [[nodiscard]] bool isTooLong() const { return m_tooLong; }

 private:
  void takeLine(const QByteArray& line, QList<QByteArray>& events);

  QByteArray m_line;
  QByteArray m_data;
  bool m_hasData = false;
  bool m_tooLong = false;
};

}  // namespace likeness
