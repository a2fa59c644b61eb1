#include "ui/theme/style_sheet.h"

#include <array>
#include <utility>

#include "ui/theme/tokens.h"

namespace likeness {
namespace {

constexpr std::array<std::pair<const char*, Role>, 16> kNames = {{
    {"@window", Role::Window},
    {"@panel", Role::Panel},
    {"@sunk", Role::Sunk},
    {"@line", Role::Line},
    {"@text", Role::Text},
    {"@soft", Role::SoftText},
    {"@accentTint", Role::AccentTint},
    {"@accent", Role::Accent},
    {"@onAccent", Role::OnAccent},
    {"@warningGround", Role::WarningGround},
    {"@warning", Role::Warning},
    {"@errorGround", Role::ErrorGround},
    {"@error", Role::Error},
    {"@good", Role::Good},
    {"@hover", Role::Hover},
    {"@pressed", Role::Pressed},
}};

constexpr char kSurfaces[] = R"(
QFrame[surface="card"] { background: @panel; border: 1px solid @line; border-radius: 12px; }
QFrame[surface="sunk"] { background: @sunk; border: 1px solid @line; border-radius: 8px; }
QFrame[surface="header"] { background: @panel; border: none; border-bottom: 1px solid @line; }
QFrame[surface="footer"] { background: @panel; border: none; border-top: 1px solid @line; }
QFrame[surface="rail"] { background: @window; border: none; border-right: 1px solid @line; }
QFrame[surface="warning"] { background: @warningGround; border: none; border-radius: 12px; }
QFrame[surface="error"] { background: @errorGround; border: none; border-radius: 12px; }
QFrame[surface="info"] { background: @accentTint; border: none; border-radius: 12px; }
QFrame[surface="drop"] { background: transparent; border: 2px dashed @line; border-radius: 12px; }
QFrame[surface="drop"][active="true"] { background: @accentTint; border-color: @accent; }
QLabel { background: transparent; }
QLabel[tone="soft"] { color: @soft; }
QLabel[tone="accent"] { color: @accent; }
QLabel[tone="good"] { color: @good; }
QLabel[tone="warning"] { color: @warning; }
QLabel[tone="error"] { color: @error; }
QLabel[chip="token"] { color: @accent; background: @accentTint; border-radius: 6px; padding: 2px 8px; font-weight: 600; }
QLabel[chip="token"][extent="small"] { padding: 0px 6px; font-size: 12px; }
QLabel[chip="pill"] { color: @soft; background: @panel; border: 1px solid @line; border-radius: 13px; padding: 4px 12px;
  font-size: 13px; }
QToolTip { color: @text; background: @panel; border: 1px solid @line; padding: 4px 8px; }
QScrollArea, QScrollArea > QWidget > QWidget[scrolled="true"] { background: transparent; border: none; }
)";

constexpr char kButtons[] = R"(
QPushButton { background: @panel; color: @text; border: 1px solid @line; border-radius: 8px; padding: 7px 15px;
  font-weight: 500; min-height: 20px; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @pressed; }
QPushButton:disabled { color: @soft; background: @window; }
QPushButton[extent="small"] { padding: 3px 11px; font-size: 12px; min-height: 18px; }
QPushButton[extent="big"] { padding: 10px 24px; font-size: 15px; }
QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[kind="primary"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[kind="primary"]:pressed { background: @accentPressed; border-color: @accentPressed; }
QPushButton[kind="primary"]:disabled { background: @sunk; border-color: @line; color: @soft; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: @soft; }
QPushButton[kind="quiet"]:hover { background: @hover; color: @text; }
QPushButton[kind="chip"] { border-radius: 14px; padding: 3px 12px; font-size: 13px; color: @soft; font-weight: 400; }
QPushButton[kind="chip"]:hover { color: @text; }
QPushButton[kind="chip"]:checked { background: @accentTint; border-color: @accent; color: @text; }
QPushButton[kind="disclosure"] { background: transparent; border-color: transparent; color: @soft; padding: 4px 4px;
  text-align: left; font-weight: 400; }
QPushButton[kind="disclosure"]:hover { color: @text; }
QPushButton[kind="choice"] { text-align: left; padding: 10px 12px; }
QPushButton[kind="choice"]:checked { background: @accentTint; border-color: @accent; }
QPushButton:checked { background: @accentTint; border-color: @accent; }
QPushButton[keyboardFocus="true"] { border: 2px solid @accent; padding: 6px 14px; }
QPushButton[extent="small"][keyboardFocus="true"] { padding: 2px 10px; }
QPushButton[extent="big"][keyboardFocus="true"] { padding: 9px 23px; }
QPushButton[kind="primary"][keyboardFocus="true"] { border: 2px solid @text; }
QPushButton[kind="chip"][keyboardFocus="true"] { padding: 2px 11px; }
QPushButton[kind="disclosure"][keyboardFocus="true"] { padding: 3px 3px; }
QPushButton[kind="choice"][keyboardFocus="true"] { padding: 9px 11px; }
QPushButton::menu-indicator { width: 0px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 5px; color: @soft; }
QToolButton:checked { background: @accentTint; border-color: @accent; }
QToolButton:hover { background: @hover; color: @text; }
QToolButton:pressed { background: @pressed; }
QToolButton[keyboardFocus="true"] { border: 2px solid @accent; padding: 4px; }
QToolButton::menu-indicator { image: none; }
)";

constexpr char kFields[] = R"(
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: @panel; color: @text; border: 1px solid @line;
  border-radius: 8px; padding: 7px 11px; min-height: 22px; selection-background-color: @accent;
  selection-color: @onAccent; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border: 2px solid @accent; padding: 6px 10px; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { color: @soft; background: @window; }
QLineEdit[invalid="true"], QSpinBox[invalid="true"] { border-color: @error; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus { border: none; background: transparent; padding: 0; }
QPlainTextEdit, QTextEdit { background: @panel; color: @text; border: 1px solid @line; border-radius: 8px; padding: 6px 9px;
  selection-background-color: @accent; selection-color: @onAccent; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid @accent; padding: 5px 8px; }
QTextEdit[bare="true"], QTextEdit[bare="true"]:focus { border: none; background: transparent; padding: 0; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0px; border: none; }
QComboBox { padding-right: 4px; }
QComboBox:focus { padding-right: 3px; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/likeness/icons/chevron_@scheme.svg); width: 12px; height: 12px; }
QAbstractItemView { background: @panel; color: @text; border: 1px solid @line; selection-background-color: @accentTint;
  selection-color: @text; outline: none; }
QListView[bare="true"] { background: transparent; border: none; }
QComboBox QAbstractItemView { border-radius: 8px; padding: 4px; }
QComboBox QAbstractItemView::item, QListView#completion::item { min-height: 28px; padding: 0 8px; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @soft; border-radius: 4px; background: @panel; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/likeness/icons/check_@scheme.svg); }
QCheckBox[keyboardFocus="true"]::indicator { border: 2px solid @accent; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: @line; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: @accent; }
QSlider[keyboardFocus="true"]::handle:horizontal { border: 2px solid @text; width: 10px; height: 10px; }
QProgressBar { background: @sunk; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QMenu { background: @panel; color: @text; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: @accentTint; }
QMenu::item:disabled { color: @soft; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 2px; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 2px; }
QScrollBar::handle { background: @line; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: @soft; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QColor towards(const QColor& from, const QColor& to, double part) {
  const auto mix = [part](int a, int b) { return static_cast<int>(a + (b - a) * part + 0.5); };
  return QColor(mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue()));
}

}  // namespace

QString makeStyleSheet(bool dark) {
  QString sheet = QLatin1String(kSurfaces) + QLatin1String(kButtons) + QLatin1String(kFields);
  const QColor accent = tokenColour(Role::Accent, dark);
  const QColor text = tokenColour(Role::Text, dark);
  // Longer names first, so that @accent doesn't eat the beginning of @accentTint.
  sheet.replace(QLatin1String("@accentHover"), towards(accent, text, 0.12).name());
  sheet.replace(QLatin1String("@accentPressed"), towards(accent, text, 0.24).name());
  sheet.replace(QLatin1String("@scheme"), QLatin1String(dark ? "dark" : "light"));
  for (const auto& [name, role] : kNames) sheet.replace(QLatin1String(name), tokenColour(role, dark).name());
  return sheet;
}

}  // namespace likeness
