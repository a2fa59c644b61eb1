#include "ui/compose/recipe.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "core/api/sampler.h"

namespace likeness {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("likeness::Recipe", text); }

}  // namespace

QString samplerTitle(const QString& sampler) {
  const auto known = parseSampler(sampler.toStdString());
  return known.ok() ? QString::fromUtf8(samplerTitle(*known)) : sampler;
}

QString settingsInWords(const Sample& sample) {
  QStringList facts{tr("seed %1").arg(sample.seed), tr("%1 steps").arg(sample.steps),
                    tr("guidance %1").arg(QLocale().toString(sample.guidance, 'g', 3)),
                    samplerTitle(QString::fromStdString(sample.sampler))};
  if (sample.width > 0) facts << tr("%1 × %2").arg(sample.width).arg(sample.height);
  if (sample.weights == WhichWeights::Step) facts << tr("learnt for %1 steps").arg(sample.checkpointStep);
  if (sample.weights == WhichWeights::Base) facts << tr("base model");
  return facts.join(QStringLiteral(" · "));
}

QString recipeInWords(const Sample& sample) {
  auto words = QString::fromStdString(sample.prompt);
  if (!sample.negative.empty()) words += '\n' + tr("Not wanted: %1").arg(QString::fromStdString(sample.negative));
  return words + '\n' + settingsInWords(sample);
}

}  // namespace likeness
