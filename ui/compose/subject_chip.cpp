#include "ui/compose/subject_chip.h"

#include <QPainter>
#include <QTextDocument>

#include "ui/theme/theme.h"

namespace likeness {
namespace {

constexpr int kPadding = 8;
constexpr int kNumber = QTextFormat::UserProperty + 1;
constexpr int kGap = 2;  ///< around the chip, so that it does not touch its neighbours

QFont chipFont(const QTextFormat& format, const QTextDocument& document) {
  auto font = format.isCharFormat() && format.hasProperty(QTextFormat::FontFamilies) ? format.toCharFormat().font()
                                                                                     : document.defaultFont();
  font.setWeight(QFont::DemiBold);
  return font;
}

}  // namespace

SubjectChip::SubjectChip(QObject* parent) : QObject(parent) {}

QString SubjectChip::text(int subject) {
  return subject <= 1 ? QStringLiteral("[V]") : QStringLiteral("[V%1]").arg(subject);
}

const QRegularExpression& SubjectChip::pattern() {
  static const QRegularExpression kPattern(QStringLiteral("\\[[vV]([1-9]\\d?)?\\]"));
  return kPattern;
}

void SubjectChip::insert(QTextCursor& cursor, const QTextCharFormat& textFormat, int subject) {
  QTextCharFormat chip = textFormat;
  chip.setObjectType(kType);
  chip.setProperty(kNumber, subject);
  cursor.insertText(QString(QChar::ObjectReplacementCharacter), chip);
  cursor.setCharFormat(textFormat);
}

QString SubjectChip::plainText(const QTextDocument& document, int from, int to) {
  QString out;
  QTextCursor cursor(const_cast<QTextDocument*>(&document));  // only read through
  bool afterChip = false;
  for (int at = from; at < to; ++at) {
    const QChar letter = document.characterAt(at);
    if (letter != QChar::ObjectReplacementCharacter) {
      if (afterChip && letter.isLetterOrNumber()) out += ' ';
      afterChip = false;
      out += letter == QChar::ParagraphSeparator ? QChar(' ') : letter;
      continue;
    }
    // A word may stand right beside a chip on the screen; for the tokenizer they are two words.
    if (afterChip || (!out.isEmpty() && out.back().isLetterOrNumber())) out += ' ';
    cursor.setPosition(at + 1);
    out += text(cursor.charFormat().intProperty(kNumber));
    afterChip = true;
  }
  return out;
}

QSizeF SubjectChip::intrinsicSize(QTextDocument* document, int, const QTextFormat& format) {
  const QFontMetricsF metrics(chipFont(format, *document));
  return {metrics.horizontalAdvance(text(format.intProperty(kNumber))) + 2 * (kPadding + kGap),
          metrics.ascent() + metrics.descent() + 2};
}

void SubjectChip::drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int,
                             const QTextFormat& format) {
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  // Inline objects stand on the baseline; the chip's own letters should, so it moves down by what hangs below.
  const auto font = chipFont(format, *document);
  const auto chip = rect.adjusted(kGap, 0, -kGap, 0).translated(0, QFontMetricsF(font).descent());
  painter->setPen(Qt::NoPen);
  const int number = format.intProperty(kNumber);
  const bool known = number <= m_subjects;
  painter->setBrush(Theme::colour(known ? Role::AccentTint : Role::WarningGround));
  painter->drawRoundedRect(chip, 6, 6);
  painter->setPen(Theme::colour(known ? Role::Accent : Role::Warning));
  painter->setFont(font);
  painter->drawText(chip, Qt::AlignCenter, text(number));
  painter->restore();
}

}  // namespace likeness
