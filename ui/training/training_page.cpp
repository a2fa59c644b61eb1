#include "ui/training/training_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <algorithm>

#include "core/api/overfitting.h"
#include "ui/theme/metrics.h"
#include "ui/training/chart_card.h"
#include "ui/training/estimate.h"
#include "ui/training/learning_card.h"
#include "ui/training/stage_words.h"
#include "ui/training/warning_card.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picture_viewer.h"
#include "ui/widgets/qimage.h"
#include "ui/widgets/stage_title.h"

namespace likeness {
namespace {

constexpr int kSideWidth = 320;

}  // namespace

TrainingPage::TrainingPage(Session* session, QWidget* parent)
    : Page(session, parent),
      m_title(addTitle(tr("Learning your subject"))),
      m_lead(addLead({})),
      m_chart(new ChartCard),
      m_learning(new LearningCard),
      m_warning(new WarningCard),
      m_sentence(makeParagraph({}, TextStyle::Body)),
      m_main(makeButton({}, "trainMain", ButtonKind::Primary, ButtonSize::Big)),
      m_second(makeButton({}, "trainSecond", ButtonKind::Secondary)),
      m_viewer(nullptr) {
  setObjectName(id());
  makeColumns();
  makeButtons();
  m_viewer = new PictureViewer(this);
  hear();
  showState();
}

void TrainingPage::makeColumns() {
  auto* side = new QWidget;
  side->setProperty("scrolled", true);
  auto* sideColumn = new QVBoxLayout(side);
  sideColumn->setContentsMargins(0, 0, 0, 0);
  sideColumn->setSpacing(kSpace12);
  sideColumn->addWidget(m_warning);
  sideColumn->addWidget(m_learning);
  sideColumn->addStretch(1);
  auto* scroll = new QScrollArea;
  scroll->setObjectName("trainingSide");
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(side);
  scroll->setFixedWidth(kSideWidth);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace16);
  row->addWidget(m_chart, 1);
  row->addWidget(scroll);
  column()->addLayout(row, 1);
}

void TrainingPage::makeButtons() {
  m_sentence->setObjectName("trainingSentence");
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace12);
  row->addWidget(m_sentence, 1);
  row->addWidget(m_second);
  row->addWidget(m_main);
  column()->addLayout(row);
  connect(m_main, &QPushButton::clicked, this, &TrainingPage::pressMain);
  connect(m_second, &QPushButton::clicked, this, &TrainingPage::pressSecond);
}

void TrainingPage::hear() {
  connect(session(), &Session::metricsArrived, this, &TrainingPage::takeMetrics);
  connect(session(), &Session::previewArrived, this, &TrainingPage::takePreview);
  connect(session(), &Session::checkpointSaved, this, &TrainingPage::takeCheckpoint);
  connect(session(), &Session::noticeArrived, this, &TrainingPage::takeNotice);
  connect(session(), &Session::progressed, this, &TrainingPage::takeProgress);
  connect(session(), &Session::jobsChanged, this, &TrainingPage::showState);
  connect(m_learning, &LearningCard::edited, this, &TrainingPage::setOption);
  connect(m_chart, &ChartCard::previewOpened, this, [this](const Preview& preview) {
    m_viewer->showPicture(toQImage(preview.image), tr("Step %1 · %2").arg(QLocale().toString(qlonglong(preview.step)),
                                                                          QString::fromStdString(preview.prompt)));
  });
  connect(m_viewer, &PictureViewer::closed, m_chart, qOverload<>(&QWidget::setFocus));
  connect(m_chart, &ChartCard::saveFailed, this,
          [this](const QString& sentence) { Q_EMIT noticeRequested(NoticeKind::Error, sentence); });
}

void TrainingPage::projectChanged() {
  if (project().folder != m_folder) {
    m_folder = project().folder;
    showRun({});
    m_warning->clear();
    loadNewestRun();
  }
  takeCheckpointsOfProject();
  showState();
}

void TrainingPage::loadNewestRun() {
  const auto* run = newestRun(project());
  if (!run) return;
  showRun(run->id);
  m_step = run->step;
  session()->submit(LoadRun{project().folder, run->id});
}

void TrainingPage::showRun(const std::string& run) {
  m_run = run;
  m_step = 0;
  m_checkpoints.clear();
  m_chart->clear();
}

void TrainingPage::takeMetrics(const MetricBatch& batch) {
  if (batch.points.empty()) return;
  if (batch.run != m_run) showRun(batch.run);
  m_step = batch.points.back().step;
  m_chart->chart()->setTotalSteps(stepsWanted());
  m_chart->addMetrics(batch.points);
  showOverfitting();
  showState();
}

// From the losses, not from the notice: a run that is opened again has no notices.
void TrainingPage::showOverfitting() {
  const auto& validation = m_chart->chart()->history().curve(LossCurve::Validation);
  const auto since = overfittingSince({validation.raw.data(), std::size_t(validation.raw.size())});
  if (!since) return;
  m_warning->showOverfitting(
      tr("Since step %1 it learns the photos by heart. The best checkpoint is kept; you may stop here.")
          .arg(QLocale().toString(validation.steps[qsizetype(*since)], 'f', 0)));
}

void TrainingPage::takePreview(const Preview& preview) {
  if (preview.run != m_run) showRun(preview.run);
  m_chart->chart()->setTotalSteps(stepsWanted());
  m_chart->addPreview(preview);
}

void TrainingPage::takeCheckpoint(const CheckpointSaved& saved) {
  if (saved.run != m_run) return;
  if (saved.checkpoint.best) {
    for (auto& [step, checkpoint] : m_checkpoints) checkpoint.best = false;
  }
  m_checkpoints[saved.checkpoint.step] = saved.checkpoint;
  std::vector<CheckpointInfo> all;
  for (const auto& [step, checkpoint] : m_checkpoints) all.push_back(checkpoint);
  m_chart->setCheckpoints(all);
}

void TrainingPage::takeCheckpointsOfProject() {
  const auto* run = newestRun(project());
  if (!run || run->id != m_run || run->checkpoints.empty()) return;
  m_checkpoints.clear();
  for (const auto& checkpoint : run->checkpoints) m_checkpoints[checkpoint.step] = checkpoint;
  m_chart->setCheckpoints(run->checkpoints);
}

void TrainingPage::takeNotice(const Notice& notice) {
  if (!notice.warning || session()->runningJobName() != "train") return;
  const auto sentence = QString::fromStdString(notice.sentence);
  if (notice.code != "overfitting") m_warning->addRemark(sentence);
}

void TrainingPage::takeProgress(const Progress& progress) {
  if (session()->runningJobName() != "train") return;
  const auto stage = stageTitle(progress.stage);
  if (stage == m_stage) return;
  m_stage = stage;
  showState();
}

void TrainingPage::setOption(const QString& name, const QString& value) {
  if (!session()->hasProject()) return;
  session()->submit(SetTrainOptions{project().folder, {{name.toStdString(), value.toStdString()}}});
}

void TrainingPage::train(bool resume) {
  Train spec;
  spec.project = project().folder;
  spec.resume = resume;
  m_warning->clear();
  m_stage.clear();
  if (!resume) m_step = 0;
  session()->submit(std::move(spec));
}

void TrainingPage::pressMain() {
  switch (trainingStage(*session())) {
    case TrainingStage::NeedsPhotos: Q_EMIT pageRequested("subject"); break;
    case TrainingStage::Ready:
    case TrainingStage::Failed: train(false); break;
    case TrainingStage::CanGoOn: train(true); break;
    case TrainingStage::Paused: session()->resume(); break;
    case TrainingStage::Done: Q_EMIT pageRequested("compose"); break;
    default: break;
  }
}

void TrainingPage::pressSecond() {
  switch (trainingStage(*session())) {
    case TrainingStage::CanGoOn:
    case TrainingStage::Done: train(false); break;
    case TrainingStage::Waiting:
      for (const auto& job : session()->queue()) {
        if (job.name == "train") session()->cancelQueued(job.id);
      }
      break;
    default: break;
  }
}

std::int64_t TrainingPage::stepsWanted() const {
  const auto* run = newestRun(project());
  return run && run->id == m_run && run->steps > 0 ? run->steps : project().train.steps;
}

void TrainingPage::showState() {
  const auto stage = trainingStage(*session());
  const auto name = QString::fromStdString(project().name);
  m_title->setText(name.isEmpty() ? tr("Learning your subject") : tr("Learning %1").arg(name));
  const auto words = stageWords(stage, *session(), m_step, m_stage);
  m_lead->setText(words.lead);
  m_lead->setVisible(!words.lead.isEmpty());
  m_sentence->setText(words.sentence);
  m_chart->setEmptyTexts(words.emptyHeading, words.emptySentence);
  m_chart->chart()->setTotalSteps(stepsWanted());
  m_learning->showConfig(project().train, measuredSpeed(m_chart->chart()->history().points()));
  m_learning->setRunning(stage == TrainingStage::Running || stage == TrainingStage::Paused ||
                         stage == TrainingStage::Stopping);
  m_learning->setEnabled(session()->hasProject());
  m_main->setText(words.main);
  m_second->setText(words.second);
  showButtons();
  Q_EMIT stateChanged();
}

void TrainingPage::showButtons() {
  m_main->setVisible(!m_main->text().isEmpty());
  m_main->setEnabled(session()->hasProject());
  m_second->setVisible(!m_second->text().isEmpty());
  m_sentence->setVisible(!m_sentence->text().isEmpty());
}

QString TrainingPage::stateText() const {
  const auto* run = newestRun(project());
  switch (trainingStage(*session())) {
    case TrainingStage::Waiting: return tr("waits for its turn");
    case TrainingStage::Running: return m_step > 0 ? stepOf(m_step, stepsWanted()) : tr("starting");
    case TrainingStage::Paused: return tr("paused at step %1").arg(QLocale().toString(qlonglong(m_step)));
    case TrainingStage::Stopping: return tr("stopping");
    case TrainingStage::CanGoOn: return tr("stopped at step %1").arg(QLocale().toString(qlonglong(*resumeStep(*run))));
    case TrainingStage::Done: return run ? tr("%1 steps learnt").arg(QLocale().toString(qlonglong(run->step))) : QString();
    default: return {};
  }
}

bool TrainingPage::isDone() const {
  const auto& runs = project().runs;
  return std::any_of(runs.begin(), runs.end(), [](const RunInfo& run) { return !run.checkpoints.empty(); });
}

}  // namespace likeness
