#include "ui/training/stage_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace likeness {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("likeness::StageWords", text); }

QString number(std::int64_t value) { return QLocale().toString(qlonglong(value)); }

QString priorsSentence(const ProjectSnapshot& project) {
  if (project.train.priorWeight <= 0 || project.train.priorCount <= 0) return tr("Without class images.");
  if (!project.ownPriors.empty()) return tr("With class images from your own folder.");
  const auto kept = std::count_if(project.priors.begin(), project.priors.end(),
                                  [](const PriorInfo& prior) { return prior.kept; });
  const auto missing = project.train.priorCount - kept;
  if (missing > 0) return tr("%1 class images are made first.").arg(number(missing));
  return tr("With %1 class images.").arg(number(kept));
}

// The job bar has the buttons of a running job; here nothing should draw the eye from the curves.
StageWords running(const QString& doing) {
  return {{},
          tr("Getting ready"),
          doing.isEmpty() ? tr("The first values come in a moment.") : doing + QStringLiteral("…"),
          {},
          {},
          {}};
}

}  // namespace

StageWords stageWords(TrainingStage stage, const Session& session, std::int64_t step, const QString& doing) {
  const auto& project = session.project();
  const auto* run = newestRun(project);
  const auto empty = tr("Nothing learnt yet");
  const auto curves = tr("Once it learns, this shows how well: falling curves, and small pictures of your subject on the way.");
  switch (stage) {
    case TrainingStage::NeedsPhotos:
      return {{}, empty, tr("It needs photos of your subject first."), {}, tr("Add photos"), {}};
    case TrainingStage::Ready:
      return {{}, empty, curves, priorsSentence(project), tr("Start learning"), {}};
    case TrainingStage::Waiting:
      return {{}, tr("Waiting"), tr("It starts when the job before it is done."),
              tr("Starts when the job before it is done."), {}, tr("Don't start")};
    case TrainingStage::Running: return running(doing);
    case TrainingStage::Paused:
      return {{}, tr("Paused"), tr("Go on whenever you like."),
              tr("Paused at step %1. Nothing is lost.").arg(number(step)), tr("Go on"), {}};
    case TrainingStage::Stopping:
      return {{}, tr("Stopping"), tr("It saves what was learnt."), {}, {}, {}};
    case TrainingStage::CanGoOn:
      return {{}, empty, curves,
              tr("It stopped before the end, and can go on exactly as if it had not."),
              tr("Go on from step %1").arg(number(resumeStep(*run).value_or(0))), tr("Start over")};
    case TrainingStage::Done:
      return {{}, empty, curves, tr("Learnt. See what it can do, or learn once more."), tr("Make pictures"), tr("Learn again")};
    case TrainingStage::Failed:
      return {{}, empty, tr("The last run ended before it could be saved."),
              tr("The last run ended before it could be saved."), tr("Start learning"), {}};
  }
  return {};
}

}  // namespace likeness
