#pragma once
#include <QFont>

namespace likeness {

/// The type scale: 12/16, 14/20, 16 and 22/28 pixels.
enum class TextStyle {
  Small,    ///< 12: hints, badges, second lines
  Body,     ///< 14
  Strong,   ///< 14, weight 550
  Heading,  ///< 16, weight 650: a card's title
  Title,    ///< 22, weight 650: a page's question
};

/// Registers the bundled Inter, once. A system without it (or a failed read) keeps its own sans serif.
void loadFonts();

/// The font of a style. Inter's static files have weights 400, 500, 600 and 700, so 550 and 650 show as a neighbour.
[[nodiscard]] QFont textFont(TextStyle style);

}  // namespace likeness
