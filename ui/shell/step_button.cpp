#include "ui/shell/step_button.h"

#include <QKeyEvent>
#include <QPainter>

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

namespace likeness {
namespace {

constexpr int kCircle = 24;

}  // namespace

StepButton::StepButton(int number, const QString& title, QWidget* parent)
    : QAbstractButton(parent), m_number(number) {
  setText(title);
  setCheckable(true);
  setAutoExclusive(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setState({}, false);
}

void StepButton::setState(const QString& state, bool done) {
  m_state = state;
  m_done = done;
  QString name = tr("Step %1: %2").arg(m_number).arg(text());
  if (!state.isEmpty()) name += QStringLiteral(", ") + state;
  if (done) name += QStringLiteral(", ") + tr("done");
  setAccessibleName(name);
  setToolTip(tr("%1 (Ctrl+%2)").arg(text()).arg(m_number));
  updateGeometry();
  update();
}

QSize StepButton::sizeHint() const { return {kRailWidth - 2 * kSpace8, m_state.isEmpty() ? 44 : 56}; }

void StepButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool hovered = underMouse() && isEnabled();
  if (isChecked() || hovered) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::colour(isChecked() ? Role::AccentTint : Role::Sunk));
    painter.drawRoundedRect(rect(), kRadiusControl, kRadiusControl);
  }
  if (property("keyboardFocus").toBool()) {
    painter.setPen(QPen(Theme::colour(Role::Accent), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), kRadiusControl, kRadiusControl);
  }
  painter.setOpacity(isEnabled() ? 1.0 : 0.5);
  paintMark(painter, {kSpace12, (height() - kCircle) / 2, kCircle, kCircle});
  const int left = kSpace12 + kCircle + kSpace12;
  const QRect words(left, 0, width() - left - kSpace8, height());
  painter.setFont(textFont(TextStyle::Strong));
  painter.setPen(Theme::colour(isChecked() ? Role::Text : Role::SoftText));
  if (m_state.isEmpty()) {
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, text());
    return;
  }
  painter.drawText(QRect(left, 10, words.width(), 20), Qt::AlignVCenter | Qt::AlignLeft, text());
  const QFont small = textFont(TextStyle::Small);
  painter.setFont(small);
  painter.setPen(Theme::colour(Role::SoftText));
  painter.drawText(QRect(left, 30, words.width(), 16), Qt::AlignVCenter | Qt::AlignLeft,
                   QFontMetrics(small).elidedText(m_state, Qt::ElideRight, words.width()));
}

void StepButton::paintMark(QPainter& painter, const QRect& circle) const {
  const bool check = m_done && !isChecked();
  const Role ink = isChecked() ? Role::OnAccent : check ? Role::Good : Role::SoftText;
  painter.setPen(isChecked() ? Qt::NoPen : QPen(Theme::colour(ink), 1.5));
  painter.setBrush(isChecked() ? QBrush(Theme::colour(Role::Accent)) : Qt::NoBrush);
  painter.drawEllipse(isChecked() ? QRectF(circle) : QRectF(circle).adjusted(0.75, 0.75, -0.75, -0.75));
  if (check) {
    const qreal ratio = devicePixelRatioF();
    painter.drawPixmap(circle.center() - QPoint(6, 6), themedPixmap(QStringLiteral("check"), ink, 13, ratio));
    return;
  }
  QFont font = textFont(TextStyle::Small);
  font.setWeight(QFont::DemiBold);
  painter.setFont(font);
  painter.setPen(Theme::colour(ink));
  painter.drawText(circle, Qt::AlignCenter, QString::number(m_number));
}

void StepButton::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    click();
    return;
  }
  QAbstractButton::keyPressEvent(event);
}

}  // namespace likeness
