#include "ui/widgets/labels.h"

#include <QStyle>
#include <QVariant>

namespace likeness {

const char* toneName(Tone tone) {
  switch (tone) {
    case Tone::Plain: return "plain";
    case Tone::Soft: return "soft";
    case Tone::Accent: return "accent";
    case Tone::Good: return "good";
    case Tone::Warning: return "warning";
    case Tone::Error: return "error";
  }
  return "plain";
}

void setStyleProperty(QWidget* widget, const char* name, const QVariant& value) {
  if (widget->property(name) == value) return;
  widget->setProperty(name, value);
  widget->style()->unpolish(widget);
  widget->style()->polish(widget);
  widget->update();
}

void setTone(QWidget* widget, Tone tone) { setStyleProperty(widget, "tone", QString::fromLatin1(toneName(tone))); }

QLabel* makeLabel(const QString& text, TextStyle style, Tone tone, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setTextFormat(Qt::PlainText);
  label->setFont(textFont(style));
  setTone(label, tone);
  return label;
}

QLabel* makeParagraph(const QString& text, TextStyle style, Tone tone, QWidget* parent) {
  QLabel* label = makeLabel(text, style, tone, parent);
  label->setWordWrap(true);
  return label;
}

QLabel* makeFieldLabel(const QString& text, QWidget* input) {
  QLabel* label = makeLabel(text, TextStyle::Body, Tone::Soft);
  label->setBuddy(input);
  if (input->accessibleName().isEmpty()) input->setAccessibleName(text);
  return label;
}

QLabel* makeTokenChip(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setTextFormat(Qt::PlainText);
  label->setProperty("chip", QStringLiteral("token"));
  label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  return label;
}

QLabel* makePill(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  label->setTextFormat(Qt::PlainText);
  label->setProperty("chip", QStringLiteral("pill"));
  label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  return label;
}

}  // namespace likeness
