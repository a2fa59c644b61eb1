#pragma once
#include <QApplication>
#include <QObject>

#include "ui/theme/fonts.h"
#include "ui/theme/metrics.h"
#include "ui/theme/tokens.h"

namespace likeness {

enum class Scheme { System, Light, Dark };

/// The window's look: palette, style sheet and fonts built from the tokens. Threads: the window's.
class Theme : public QObject {
  Q_OBJECT
 public:
  static Theme& instance();

  /// Gives the application the look. Scheme::System follows the desktop, also when it changes later.
  static void apply(QApplication& application, Scheme scheme);
  /// The colour of a role in the scheme shown now.
  [[nodiscard]] static QColor colour(Role role);
  [[nodiscard]] static bool isDark() { return instance().m_dark; }
  [[nodiscard]] static Scheme scheme() { return instance().m_scheme; }
  /// Light becomes dark and the other way round; no longer follows the desktop.
  static void toggle();

 Q_SIGNALS:
  /// Custom-painted widgets repaint by themselves; only what stored a colour needs this.
  void changed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  Theme() = default;
  void restyle();
  [[nodiscard]] static bool systemIsDark();

  Scheme m_scheme = Scheme::System;
  bool m_dark = false;
  bool m_applied = false;
  bool m_restyling = false;
};

}  // namespace likeness
