#include "ui/compose/picture_recipe_file.h"

#include <QImageReader>

#include "core/api/parameters_text.h"
#include "core/api/recipe_json.h"
#include "core/api/sample_options.h"

namespace likeness {

std::optional<Sample> recipeOfFile(const QString& file) {
  QImageReader reader(file);
  if (const auto own = reader.text(QStringLiteral("likeness")); !own.isEmpty()) {
    if (auto sample = sampleFromRecipe(own.toStdString())) return sample;
  }
  if (!reader.textKeys().contains(QStringLiteral("parameters"))) return std::nullopt;
  // The reader joins lines, which say where the negative prompt begins; the picture doesn't.
  const auto parsed = parseParameters(reader.read().text(QStringLiteral("parameters")).toStdString());
  if (!isParameters(parsed)) return std::nullopt;
  Sample sample;
  for (const auto& setting : recipeFromParameters(parsed).settings) {
    const auto applied = applySampleOptions(sample, {setting});  // what doesn't fit keeps its default
    static_cast<void>(applied);
  }
  return sample;
}

}  // namespace likeness
