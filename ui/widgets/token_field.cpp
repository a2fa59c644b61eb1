#include "ui/widgets/token_field.h"

#include <QPainter>
#include <QRegularExpression>
#include <QStyle>
#include <QStyleOptionFrame>

#include "ui/theme/theme.h"

namespace likeness {

TokenField::TokenField(QWidget* parent) : QLineEdit(parent) {
  setAcceptDrops(false);
  setMaxLength(24);
}

bool TokenField::isUsable(const QString& token) {
  static const QRegularExpression kOneWord(QStringLiteral("^[A-Za-z0-9]+$"));
  return kOneWord.match(token).hasMatch();
}

QString TokenField::problemWith(const QString& token) {
  if (token.isEmpty()) return tr("It needs a name, for example sks.");
  if (!isUsable(token)) return tr("Use one word of letters and digits, for example sks.");
  if (token.size() > 6) return tr("Shorter is better: long words fall apart into pieces that already mean something.");
  return {};
}

void TokenField::paintEvent(QPaintEvent* event) {
  if (hasFocus() || text().isEmpty()) {
    QLineEdit::paintEvent(event);
    return;
  }
  QPainter painter(this);
  QStyleOptionFrame option;
  initStyleOption(&option);
  style()->drawPrimitive(QStyle::PE_PanelLineEdit, &option, &painter, this);
  QFont font = textFont(TextStyle::Body);
  font.setWeight(QFont::DemiBold);
  const QFontMetrics metrics(font);
  const int textWidth = std::min(metrics.horizontalAdvance(text()) + 2, width() - 2 * kSpace12 - 2 * kSpace8);
  const QRect chip(kSpace12, (height() - 22) / 2, textWidth + 2 * kSpace8, 22);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(Theme::colour(Role::AccentTint));
  painter.drawRoundedRect(chip, 6, 6);
  painter.setFont(font);
  painter.setPen(Theme::colour(Role::Accent));
  painter.drawText(chip, Qt::AlignCenter, metrics.elidedText(text(), Qt::ElideRight, textWidth));
}

}  // namespace likeness
