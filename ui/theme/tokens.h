#pragma once
#include <QColor>

namespace likeness {

/// What a colour is for. Widgets name roles, never colours, so that light and dark stay one design.
enum class Role {
  Window,
  Panel,
  Sunk,
  Line,
  Text,
  SoftText,
  Accent,
  OnAccent,
  AccentTint,
  Warning,
  WarningGround,
  Error,
  ErrorGround,
  Good,
  CurveInstance,
  CurvePrior,
  CurveValidation,
  Hover,    ///< a control under the pointer
  Pressed,  ///< a control held down
};

/// The colour of a role in the light or the dark scheme.
[[nodiscard]] QColor tokenColour(Role role, bool dark);

}  // namespace likeness
