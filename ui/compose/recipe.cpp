#include "ui/compose/recipe.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "core/api/sampler.h"

namespace likeness {
namespace {

struct RecipeText {
  Q_DECLARE_TR_FUNCTIONS(likeness::Recipe)
};

}  // namespace

QString samplerTitle(const QString& sampler) {
  const auto known = parseSampler(sampler.toStdString());
  return known.ok() ? QString::fromUtf8(samplerTitle(*known)) : sampler;
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
