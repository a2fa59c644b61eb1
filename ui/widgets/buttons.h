#pragma once
#include <QPushButton>
#include <QToolButton>

namespace likeness {

enum class ButtonKind {
  Secondary,
  Primary,     ///< one a page
  Quiet,       ///< no outline
  Chip,        ///< small and round, may be checkable
  Choice,      ///< a checkable card-like choice
  Disclosure,  ///< "All settings", opens something below
};
enum class ButtonSize { Normal, Small, Big };

/// A push button with the look of its kind. `name` is the object name; the accessible name is the text.
[[nodiscard]] QPushButton* makeButton(const QString& text, const QString& name, ButtonKind kind = ButtonKind::Secondary,
                                      ButtonSize size = ButtonSize::Normal, QWidget* parent = nullptr);
void setButtonKind(QPushButton* button, ButtonKind kind);

/// A button with only an icon (of resources/icons); `label` is its tool tip and accessible name.
[[nodiscard]] QToolButton* makeIconButton(const QString& icon, const QString& label, const QString& name,
                                          QWidget* parent = nullptr);

}  // namespace likeness
