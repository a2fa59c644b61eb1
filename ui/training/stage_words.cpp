#include "ui/training/stage_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace likeness {
namespace {

struct StageText {
  Q_DECLARE_TR_FUNCTIONS(likeness::StageWords)
};

QString number(std::int64_t value) { return QLocale().toString(qlonglong(value)); }

QString priorsSentence(const ProjectSnapshot& project) {
  if (project.train.priorWeight <= 0 || project.train.priorCount <= 0) return StageText::tr("Without class images.");
  if (!project.ownPriors.empty()) return StageText::tr("With class images from your own folder.");
  const auto kept = std::count_if(project.priors.begin(), project.priors.end(),
                                  [](const PriorInfo& prior) { return prior.kept; });
  const auto missing = project.train.priorCount - kept;
  if (missing > 0) return missing == 1 ? StageText::tr("One class image is made first.")
                                        : StageText::tr("%1 class images are made first.").arg(number(missing));
  return StageText::tr("With %1 class images.").arg(number(kept));
}

// The job bar has the buttons of a running job; here nothing should draw the eye from the curves.
StageWords running(const QString& doing) {
  return {{},
          StageText::tr("Getting ready"),
          doing.isEmpty() ? StageText::tr("The first values come in a moment.") : doing + QStringLiteral("…"),
          {},
          {},
          {}};
}

}  // namespace

StageWords stageWords(TrainingStage stage, const Session& session, std::int64_t step, const QString& doing) {
  const auto& project = session.project();
  const auto* run = newestRun(project);
  const auto empty = StageText::tr("Nothing learnt yet");
  const auto curves = StageText::tr(
      "Once it learns, this shows how well: falling curves, and small pictures of your subject on the way.");
  switch (stage) {
    case TrainingStage::NeedsPhotos:
      return {{}, empty, StageText::tr("It needs photos of your subject first."), {}, StageText::tr("Add photos"), {}};
    case TrainingStage::Ready:
      return {{}, empty, curves, priorsSentence(project), StageText::tr("Start learning"), {}};
    case TrainingStage::Waiting:
      return {{},
              StageText::tr("Waiting"),
              StageText::tr("It starts when the job before it is done."),
              StageText::tr("Starts when the job before it is done."),
              {},
              StageText::tr("Don't start")};
    case TrainingStage::Running: return running(doing);
    case TrainingStage::Paused:
      return {{},
              StageText::tr("Paused"),
              StageText::tr("Go on whenever you like."),
              StageText::tr("Paused at step %1. Nothing is lost.").arg(number(step)),
              StageText::tr("Go on"),
              {}};
    case TrainingStage::Stopping:
      return {{}, StageText::tr("Stopping"), StageText::tr("It saves what was learnt."), {}, {}, {}};
    case TrainingStage::CanGoOn:
      return {{},
              empty,
              curves,
              StageText::tr("It stopped before the end, and can go on exactly as if it had not."),
              StageText::tr("Go on from step %1").arg(number(resumeStep(*run).value_or(0))),
              StageText::tr("Start over")};
    case TrainingStage::Done:
      return {{},
              empty,
              curves,
              StageText::tr("Learnt. See what it can do, or learn once more."),
              StageText::tr("Make pictures"),
              StageText::tr("Learn again")};
    case TrainingStage::Failed:
      return {{},
              empty,
              StageText::tr("The last run ended before it could be saved."),
              StageText::tr("The last run ended before it could be saved."),
              StageText::tr("Start learning"),
              {}};
  }
  return {};
}

}  // namespace likeness
