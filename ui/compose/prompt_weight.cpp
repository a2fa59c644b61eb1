#include "ui/compose/prompt_weight.h"

#include <QRegularExpression>
#include <QTextDocument>
#include <algorithm>
#include <cmath>

namespace likeness {
namespace {

constexpr int kMostTenths = 20;

// What is weighed: [start, end), and where a weight stands around it its number [numberStart, numberEnd).
struct Weighed {
  int start = 0, end = 0;
  bool bracketed = false;
  int numberStart = 0, numberEnd = 0;
};

bool isWord(QChar letter) {
  return letter.isLetterOrNumber() || letter == '-' || letter == '\'' || letter == QChar::ObjectReplacementCharacter;
}

QString textOf(const QTextDocument& document) {
  QString text;
  for (int at = 0; at + 1 < document.characterCount(); ++at) text += document.characterAt(at);
  return text;
}

Weighed find(const QString& text, int start, int end) {
  if (start == end) {
    while (start > 0 && isWord(text[start - 1])) --start;
    while (end < text.size() && isWord(text[end])) ++end;
  }
  while (start < end && text[start].isSpace()) ++start;
  while (end > start && text[end - 1].isSpace()) --end;
  // The whole group may be selected, or what is in it.
  static const QRegularExpression kWhole(QStringLiteral("^\\((.+):(\\d*\\.?\\d+)\\)$"));
  static const QRegularExpression kBehind(QStringLiteral("^:(\\d*\\.?\\d+)\\)"));
  if (const auto whole = kWhole.match(text.mid(start, end - start)); whole.hasMatch()) {
    return {start + 1, start + 1 + int(whole.capturedLength(1)), true, start + int(whole.capturedStart(2)),
            start + int(whole.capturedEnd(2))};
  }
  const auto behind = kBehind.match(text.mid(end));
  if (start > 0 && text[start - 1] == '(' && behind.hasMatch()) {
    return {start, end, true, end + 1, end + int(behind.capturedEnd(1))};
  }
  return {start, end, false, 0, 0};
}

void replace(QTextCursor& cursor, int from, int to, const QString& text) {
  cursor.setPosition(from);
  cursor.setPosition(to, QTextCursor::KeepAnchor);
  cursor.insertText(text, QTextCharFormat());
}

}  // namespace

QTextCursor changeWeight(QTextCursor cursor, int tenths) {
  const QString text = textOf(*cursor.document());
  Weighed part = find(text, cursor.selectionStart(), cursor.selectionEnd());
  if (part.start == part.end) return cursor;
  const double now = part.bracketed ? text.mid(part.numberStart, part.numberEnd - part.numberStart).toDouble() : 1;
  const int next = std::clamp(int(std::lround(now * 10)) + tenths, 1, kMostTenths);
  const QString number = QString::number(next / 10.0, 'f', 1);
  QTextCursor edit(cursor.document());
  edit.beginEditBlock();
  if (part.bracketed && next == 10) {
    replace(edit, part.end, part.numberEnd + 1, {});
    replace(edit, part.start - 1, part.start, {});
    --part.start, --part.end;
  } else if (part.bracketed) {
    replace(edit, part.numberStart, part.numberEnd, number);
  } else if (next != 10) {
    replace(edit, part.end, part.end, QStringLiteral(":%1)").arg(number));
    replace(edit, part.start, part.start, QStringLiteral("("));
    ++part.start, ++part.end;
  }
  edit.endEditBlock();
  edit.setPosition(part.start);
  edit.setPosition(part.end, QTextCursor::KeepAnchor);
  return edit;
}

}  // namespace likeness
