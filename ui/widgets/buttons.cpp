#include "ui/widgets/buttons.h"

#include "ui/theme/icons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

QString kindName(ButtonKind kind) {
  switch (kind) {
    case ButtonKind::Secondary: return QStringLiteral("secondary");
    case ButtonKind::Primary: return QStringLiteral("primary");
    case ButtonKind::Quiet: return QStringLiteral("quiet");
    case ButtonKind::Chip: return QStringLiteral("chip");
    case ButtonKind::Choice: return QStringLiteral("choice");
    case ButtonKind::Disclosure: return QStringLiteral("disclosure");
  }
  return {};
}

}  // namespace

QPushButton* makeButton(const QString& text, const QString& name, ButtonKind kind, ButtonSize size, QWidget* parent) {
  auto* button = new QPushButton(text, parent);
  button->setObjectName(name);
  button->setAutoDefault(false);
  button->setProperty("kind", kindName(kind));
  if (size == ButtonSize::Small) button->setProperty("extent", QStringLiteral("small"));
  if (size == ButtonSize::Big) button->setProperty("extent", QStringLiteral("big"));
  if (kind == ButtonKind::Primary || kind == ButtonKind::Chip) button->setCursor(Qt::PointingHandCursor);
  return button;
}

void setButtonKind(QPushButton* button, ButtonKind kind) { setStyleProperty(button, "kind", kindName(kind)); }

QToolButton* makeIconButton(const QString& icon, const QString& label, const QString& name, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setObjectName(name);
  button->setIcon(themedIcon(icon, Role::SoftText));
  button->setIconSize({16, 16});
  button->setToolTip(label);
  button->setAccessibleName(label);
  button->setFocusPolicy(Qt::StrongFocus);
  return button;
}

}  // namespace likeness
