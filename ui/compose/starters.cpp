#include "ui/compose/starters.h"

#include <QCoreApplication>

namespace likeness {
namespace {

QString name(const char* text) { return QCoreApplication::translate("likeness::Starter", text); }

}  // namespace

std::vector<Starter> starters(const QString& classNoun) {
  const auto noun = classNoun.isEmpty() ? QStringLiteral("subject") : classNoun;
  const auto with = [&noun](const QStringList& templates) {
    QStringList prompts;
    for (auto text : templates) prompts << text.replace("{}", "[V] " + noun);
    return prompts;
  };
  return {
      {name(QT_TRANSLATE_NOOP("likeness::Starter", "Portrait")), QStringLiteral("portrait"),
       with({"a photo of a {} on a blue background", "a photo of a {} at sunset", "a close-up photo of a {}"})},
      {name(QT_TRANSLATE_NOOP("likeness::Starter", "Product")), QStringLiteral("product"),
       with({"a photo of a {} on a wooden table", "a photo of a {} on a white background", "a photo of a red {}"})},
      {name(QT_TRANSLATE_NOOP("likeness::Starter", "Pet")), QStringLiteral("pet"),
       with({"a photo of a {} in the grass", "a photo of a {} in the snow", "a photo of a {} in a meadow of flowers"})},
      {name(QT_TRANSLATE_NOOP("likeness::Starter", "Place")), QStringLiteral("place"),
       with({"a photo of a {} on the beach", "a photo of a {} in the desert", "a photo of a {} on the moon",
             "a photo of a {} in the city at night"})},
      {name(QT_TRANSLATE_NOOP("likeness::Starter", "Style")), QStringLiteral("style"),
       with({"a watercolour painting of a {}", "an oil painting of a {}", "a pencil drawing of a {}"})},
  };
}

}  // namespace likeness
