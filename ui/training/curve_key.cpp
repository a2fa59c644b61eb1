#include "ui/training/curve_key.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace likeness {
namespace {

constexpr int kMark = 12;
constexpr int kHeight = 28;

}  // namespace

CurveKey::CurveKey(const QString& name, Role role, bool dashed, QWidget* parent)
    : QAbstractButton(parent), m_name(name), m_role(role), m_dashed(dashed) {
  setCheckable(true);
  setChecked(true);
  setCursor(Qt::PointingHandCursor);
  setFocusPolicy(Qt::TabFocus);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setToolTip(tr("Show or hide this curve"));
  setValue({});
}

void CurveKey::setValue(const QString& value) {
  const auto before = sizeHint();
  m_value = value;
  setAccessibleName(value.isEmpty() ? m_name : m_name + ' ' + value);
  if (sizeHint() != before) updateGeometry();
  update();
}

QSize CurveKey::sizeHint() const {
  const QFontMetrics metrics(textFont(TextStyle::Body));
  const QFontMetrics strong(textFont(TextStyle::Strong));
  const int value = m_value.isEmpty() ? 0 : strong.horizontalAdvance(m_value) + 6;
  return {kMark + 8 + metrics.horizontalAdvance(m_name) + value, kHeight};
}

void CurveKey::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  auto colour = Theme::colour(m_role);
  if (!isChecked()) colour.setAlphaF(0.45F);
  const double middle = height() / 2.0;
  painter.setPen(QPen(colour, 3, m_dashed ? Qt::DotLine : Qt::SolidLine, m_dashed ? Qt::FlatCap : Qt::RoundCap));
  painter.drawLine(QPointF(2, middle), QPointF(kMark, middle));
  painter.setPen(colour);
  painter.setFont(textFont(TextStyle::Body));
  const int start = kMark + 8;
  painter.drawText(QRect(start, 0, width(), height()), Qt::AlignVCenter, m_name);
  const int nameWidth = painter.fontMetrics().horizontalAdvance(m_name);
  painter.setFont(textFont(TextStyle::Strong));
  if (isChecked()) painter.drawText(QRect(start + nameWidth + 6, 0, width(), height()), Qt::AlignVCenter, m_value);
  if (property("keyboardFocus").toBool()) {
    painter.setPen(QPen(Theme::colour(Role::Accent), 2));
    painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), 6, 6);
  }
}

}  // namespace likeness
