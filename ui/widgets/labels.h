#pragma once
#include <QLabel>

#include "ui/theme/fonts.h"

namespace likeness {

/// What a text says about itself: colours come from the style sheet.
enum class Tone { Plain, Soft, Accent, Good, Warning, Error };

[[nodiscard]] const char* toneName(Tone tone);

/// A label in a style of the type scale. Plain text, so file names and prompts can't become markup.
[[nodiscard]] QLabel* makeLabel(const QString& text, TextStyle style, Tone tone = Tone::Plain,
                                QWidget* parent = nullptr);
/// The same, with word wrap.
[[nodiscard]] QLabel* makeParagraph(const QString& text, TextStyle style, Tone tone = Tone::Soft,
                                    QWidget* parent = nullptr);
void setTone(QWidget* widget, Tone tone);

/// A label for an input: sets the buddy, and the input's accessible name to the label's text.
[[nodiscard]] QLabel* makeFieldLabel(const QString& text, QWidget* input);

/// The token's little coloured box, as in `[V]`.
[[nodiscard]] QLabel* makeTokenChip(const QString& text, QWidget* parent = nullptr);
/// A fact in a rounded outline, as in the header.
[[nodiscard]] QLabel* makePill(const QString& text, QWidget* parent = nullptr);

/// Sets a dynamic property and lets the style sheet see it.
void setStyleProperty(QWidget* widget, const char* name, const QVariant& value);

}  // namespace likeness
