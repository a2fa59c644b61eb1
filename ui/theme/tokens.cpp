#include "ui/theme/tokens.h"

#include <array>

namespace likeness {
namespace {

struct Pair {
  QRgb light;
  QRgb dark;
};

// In the order of Role.
constexpr std::array<Pair, 19> kColours = {{
    {0xfff4f4f2, 0xff17191b},  // Window
    {0xffffffff, 0xff202325},  // Panel
    {0xffebebe8, 0xff121416},  // Sunk
    {0xffdcdcd8, 0xff33383b},  // Line
    {0xff1e2022, 0xffeceeef},  // Text
    {0xff5d6166, 0xffa3aab0},  // SoftText
    {0xff0b7a75, 0xff4cc4bc},  // Accent
    {0xffffffff, 0xff06201f},  // OnAccent
    {0xffd9f0ee, 0xff173634},  // AccentTint
    {0xff9a5b00, 0xfff2b457},  // Warning
    {0xfffff1d6, 0xff3a2c12},  // WarningGround
    {0xffb3261e, 0xffff8a80},  // Error
    {0xfffde7e5, 0xff43201e},  // ErrorGround
    {0xff2c6e3f, 0xff7ccf93},  // Good
    {0xff0b7a75, 0xff4cc4bc},  // CurveInstance
    {0xffb86e00, 0xfff2b457},  // CurvePrior
    {0xff6a4bbc, 0xffb79cff},  // CurveValidation
    {0xfff3f4f3, 0xff2a2e31},  // Hover
    {0xffe7e9e8, 0xff33383b},  // Pressed
}};

}  // namespace

QColor tokenColour(Role role, bool dark) {
  const Pair& pair = kColours.at(static_cast<std::size_t>(role));
  return QColor::fromRgb(dark ? pair.dark : pair.light);
}

}  // namespace likeness
