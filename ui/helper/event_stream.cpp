#include "ui/helper/event_stream.h"

namespace likeness {
namespace {

constexpr qsizetype kLongestEvent = 256 * 1024;

}  // namespace

QList<QByteArray> EventStream::feed(const QByteArray& bytes) {
  QList<QByteArray> events;
  for (const char byte : bytes) {
    if (m_tooLong) return events;
    if (byte == '\n') {
      if (m_line.endsWith('\r')) m_line.chop(1);
      takeLine(m_line, events);
      m_line.clear();
    } else {
      m_line += byte;
      m_tooLong = m_line.size() > kLongestEvent;
    }
  }
  return events;
}

QByteArray EventStream::rest() {
  QList<QByteArray> events;
  if (!m_line.isEmpty()) takeLine(m_line, events);
  m_line.clear();
  m_hasData = false;
  return std::exchange(m_data, {});
}

void EventStream::takeLine(const QByteArray& line, QList<QByteArray>& events) {
  if (line.isEmpty()) {
    if (m_hasData) events.append(m_data);
    m_data.clear();
    m_hasData = false;
    return;
  }
  if (!line.startsWith("data:")) return;
  if (m_hasData) m_data += '\n';
  m_data += line.mid(line.startsWith("data: ") ? 6 : 5);
  m_hasData = true;
  m_tooLong = m_data.size() > kLongestEvent;
}

}  // namespace likeness
