#include "ui/theme/theme.h"

#include <QEvent>
#include <QPalette>
#include <QStyleFactory>
#include <QTimer>

#include "ui/theme/focus_ring.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/translations.h"

namespace likeness {
namespace {

QPalette makePalette(bool dark) {
  const auto colour = [dark](Role role) { return tokenColour(role, dark); };
  QPalette palette;
  palette.setColor(QPalette::Window, colour(Role::Window));
  palette.setColor(QPalette::WindowText, colour(Role::Text));
  palette.setColor(QPalette::Base, colour(Role::Panel));
  palette.setColor(QPalette::AlternateBase, colour(Role::Sunk));
  palette.setColor(QPalette::Text, colour(Role::Text));
  palette.setColor(QPalette::PlaceholderText, colour(Role::SoftText));
  palette.setColor(QPalette::Button, colour(Role::Panel));
  palette.setColor(QPalette::ButtonText, colour(Role::Text));
  palette.setColor(QPalette::BrightText, colour(Role::Error));
  palette.setColor(QPalette::Highlight, colour(Role::Accent));
  palette.setColor(QPalette::HighlightedText, colour(Role::OnAccent));
  palette.setColor(QPalette::Link, colour(Role::Accent));
  palette.setColor(QPalette::LinkVisited, colour(Role::Accent));
  palette.setColor(QPalette::ToolTipBase, colour(Role::Panel));
  palette.setColor(QPalette::ToolTipText, colour(Role::Text));
  palette.setColor(QPalette::Light, colour(Role::Panel));
  palette.setColor(QPalette::Midlight, colour(Role::Hover));
  palette.setColor(QPalette::Mid, colour(Role::Line));
  palette.setColor(QPalette::Dark, colour(Role::Line));
  palette.setColor(QPalette::Shadow, colour(Role::Sunk));
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, colour(Role::SoftText));
  }
  return palette;
}

}  // namespace

Theme& Theme::instance() {
  static Theme theme;
  return theme;
}

void Theme::apply(QApplication& application, Scheme scheme) {
  Theme& theme = instance();
  if (!theme.m_applied) {
    theme.m_applied = true;
    loadFonts();
    installTranslations();
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(textFont(TextStyle::Body));
    application.installEventFilter(&theme);
    installFocusRing(application);
  }
  theme.m_scheme = scheme;
  theme.restyle();
}

QColor Theme::colour(Role role) { return tokenColour(role, instance().m_dark); }

void Theme::toggle() {
  Theme& theme = instance();
  theme.m_scheme = theme.m_dark ? Scheme::Light : Scheme::Dark;
  theme.restyle();
}

bool Theme::eventFilter(QObject* watched, QEvent* event) {
  // Qt 6.4 has no signal for the desktop's colour scheme: a change comes as one of these events.
  const bool changedPalette = watched == qApp && event->type() == QEvent::ApplicationPaletteChange;
  if ((changedPalette || event->type() == QEvent::ThemeChange) && m_scheme == Scheme::System && !m_restyling) {
    QTimer::singleShot(0, this, [this] {
      if (m_scheme == Scheme::System && systemIsDark() != m_dark) restyle();
    });
  }
  return QObject::eventFilter(watched, event);
}

bool Theme::systemIsDark() {
  Theme& theme = instance();
  const bool before = theme.m_restyling;
  theme.m_restyling = true;
  // An application palette with nothing set shows what the desktop wants.
  const QPalette ours = QApplication::palette();
  QApplication::setPalette(QPalette());
  const QPalette system = QApplication::palette();
  const bool dark = system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness();
  if (theme.m_applied) QApplication::setPalette(ours);
  theme.m_restyling = before;
  return dark;
}

void Theme::restyle() {
  m_restyling = true;
  m_dark = m_scheme == Scheme::Dark || (m_scheme == Scheme::System && systemIsDark());
  QApplication::setPalette(makePalette(m_dark));
  qApp->setStyleSheet(makeStyleSheet(m_dark));
  m_restyling = false;
  Q_EMIT changed();
}

}  // namespace likeness
