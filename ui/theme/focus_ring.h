#pragma once
#include <QApplication>

namespace likeness {

/// Sets the dynamic property `keyboardFocus` on the widget that the keyboard moved the focus to, so that the style
/// sheet draws a ring there and clicks leave none.
void installFocusRing(QApplication& application);

}  // namespace likeness
