#include "ui/compose/recipe.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "core/api/sampler.h"
#include "core/base/json.h"

namespace likeness {
namespace {

struct RecipeText {
  Q_DECLARE_TR_FUNCTIONS(likeness::Recipe)
};

// A recipe names the checkpoint by its folder, …/step-300; null for the base model.
void readWeights(const Json& recipe, Sample& sample) {
  if (!recipe.contains("checkpoint")) return;
  const auto folder = QString::fromStdString(jsonOr(recipe, "checkpoint", std::string()));
  bool isStep = false;
  const auto step = folder.section(QStringLiteral("step-"), -1).toLongLong(&isStep);
  sample.weights = isStep ? WhichWeights::Step : WhichWeights::Base;
  sample.checkpointStep = isStep ? step : 0;
}

}  // namespace

std::optional<Sample> sampleFromRecipe(const std::string& recipe) {
  const auto json = Json::parse(recipe, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  Sample sample;
  sample.prompt = jsonOr(json, "prompt", sample.prompt);
  sample.negative = jsonOr(json, "negative", sample.negative);
  sample.sampler = jsonOr(json, "sampler", sample.sampler);
  sample.schedule = jsonOr(json, "schedule", sample.schedule);
  sample.steps = jsonOr(json, "steps", sample.steps);
  sample.guidance = jsonOr(json, "guidance", sample.guidance);
  sample.seed = jsonOr(json, "seed", sample.seed);
  sample.width = jsonOr(json, "width", sample.width);
  sample.height = jsonOr(json, "height", sample.height);
  readWeights(json, sample);
  return sample;
}

QString samplerTitle(const QString& sampler) {
  const auto known = parseSampler(sampler.toStdString());
  return known.ok() ? QString::fromLatin1(samplerTitle(*known)) : sampler;
}

QString settingsInWords(const Sample& sample) {
  QStringList facts{RecipeText::tr("seed %1").arg(sample.seed), RecipeText::tr("%1 steps").arg(sample.steps),
                    RecipeText::tr("guidance %1").arg(QLocale().toString(sample.guidance, 'g', 3)),
                    samplerTitle(QString::fromStdString(sample.sampler))};
  if (sample.width > 0) facts << RecipeText::tr("%1 × %2").arg(sample.width).arg(sample.height);
  if (sample.weights == WhichWeights::Step) facts << RecipeText::tr("learnt for %1 steps").arg(sample.checkpointStep);
  if (sample.weights == WhichWeights::Base) facts << RecipeText::tr("base model");
  return facts.join(QStringLiteral(" · "));
}

QString recipeInWords(const Sample& sample) {
  auto words = QString::fromStdString(sample.prompt);
  if (!sample.negative.empty())
    words += '\n' + RecipeText::tr("Not wanted: %1").arg(QString::fromStdString(sample.negative));
  return words + '\n' + settingsInWords(sample);
}

}  // namespace likeness
