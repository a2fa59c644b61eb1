#include "ui/compose/subject_chip.h"

#include <QPainter>
#include <QTextDocument>

#include "ui/theme/theme.h"

namespace likeness {
namespace {

constexpr int kPadding = 8;
constexpr int kGap = 2;  ///< around the chip, so that it does not touch its neighbours

QFont chipFont(const QTextFormat& format, const QTextDocument& document) {
  auto font = format.isCharFormat() && format.hasProperty(QTextFormat::FontFamilies) ? format.toCharFormat().font()
                                                                                     : document.defaultFont();
  font.setWeight(QFont::DemiBold);
  return font;
}

}  // namespace

SubjectChip::SubjectChip(QObject* parent) : QObject(parent) {}

void SubjectChip::insert(QTextCursor& cursor, const QTextCharFormat& textFormat) {
  QTextCharFormat chip = textFormat;
  chip.setObjectType(kType);
  cursor.insertText(QString(QChar::ObjectReplacementCharacter), chip);
  cursor.setCharFormat(textFormat);
}

QSizeF SubjectChip::intrinsicSize(QTextDocument* document, int, const QTextFormat& format) {
  const QFontMetricsF metrics(chipFont(format, *document));
  return {metrics.horizontalAdvance(text()) + 2 * (kPadding + kGap), metrics.ascent() + metrics.descent() + 2};
}

void SubjectChip::drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int,
                             const QTextFormat& format) {
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  // Inline objects stand on the baseline; the chip's own letters should, so it moves down by what hangs below.
  const auto font = chipFont(format, *document);
  const auto chip = rect.adjusted(kGap, 0, -kGap, 0).translated(0, QFontMetricsF(font).descent());
  painter->setPen(Qt::NoPen);
  painter->setBrush(Theme::colour(Role::AccentTint));
  painter->drawRoundedRect(chip, 6, 6);
  painter->setPen(Theme::colour(Role::Accent));
  painter->setFont(font);
  painter->drawText(chip, Qt::AlignCenter, text());
  painter->restore();
}

}  // namespace likeness
