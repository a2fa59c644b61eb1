#include "ui/shell/job_bar.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>

#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stage_title.h"

namespace likeness {
namespace {

const QString kTrain = QStringLiteral("train");

QString jobTitle(const QString& job) {
  if (job == kTrain) return JobBar::tr("Training");
  if (job == QStringLiteral("make_priors")) return JobBar::tr("Making prior images");
  if (job == QStringLiteral("sample")) return JobBar::tr("Making pictures");
  if (job == QStringLiteral("export")) return JobBar::tr("Writing the model");
  return JobBar::tr("Reading");
}

}  // namespace

JobBar::JobBar(Session* session, QWidget* parent)
    : QFrame(parent),
      m_session(session),
      m_title(makeLabel({}, TextStyle::Strong)),
      m_bar(new QProgressBar),
      m_text(new ElidedLabel),
      m_queue(makeButton({}, QStringLiteral("queueButton"), ButtonKind::Quiet)),
      m_pause(makeButton(tr("Pause"), QStringLiteral("pauseButton"))),
      m_sample(makeButton(tr("Sample now"), QStringLiteral("sampleNowButton"))),
      m_save(makeButton(tr("Save now"), QStringLiteral("saveNowButton"))),
      m_stop(makeButton(tr("Cancel"), QStringLiteral("stopButton"))),
      m_queueMenu(new QMenu(this)) {
  setObjectName(QStringLiteral("jobBar"));
  setProperty("surface", QStringLiteral("footer"));
  setFixedHeight(kJobBarHeight);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kSpace16, 0, kSpace16, 0);
  row->setSpacing(kSpace16);
  m_title->setObjectName(QStringLiteral("jobTitle"));
  m_bar->setObjectName(QStringLiteral("jobProgress"));
  m_bar->setAccessibleName(tr("Progress"));
  m_bar->setTextVisible(false);
  m_bar->setFixedSize(240, 6);
  m_text->setObjectName(QStringLiteral("jobText"));
  setTone(m_text, Tone::Soft);
  m_pause->setToolTip(tr("Pause or go on (Ctrl+Shift+P)"));
  m_sample->setToolTip(tr("Make a picture with what is learnt so far"));
  m_save->setToolTip(tr("Save a checkpoint now"));
  m_queue->setMenu(m_queueMenu);
  row->addWidget(m_title);
  row->addWidget(m_bar);
  row->addWidget(m_text, 1);
  for (QPushButton* button : {m_queue, m_pause, m_sample, m_save, m_stop}) row->addWidget(button);

  connect(session, &Session::jobsChanged, this, &JobBar::updateJob);
  connect(session, &Session::progressed, this, &JobBar::showProgress);
  connect(m_pause, &QPushButton::clicked, this, [this] {
    m_session->runningState() == JobState::Paused ? m_session->resume() : m_session->pause();
  });
  connect(m_sample, &QPushButton::clicked, this, [this] { m_session->ask(JobRequest::Preview); });
  connect(m_save, &QPushButton::clicked, this, [this] { m_session->ask(JobRequest::Checkpoint); });
  connect(m_stop, &QPushButton::clicked, this, [this] { m_session->cancel(); });
  connect(m_queueMenu, &QMenu::aboutToShow, this, &JobBar::fillQueue);
  updateJob();
}

void JobBar::setRestText(const QString& text) {
  m_rest = text;
  updateText();
}

void JobBar::setRemark(const QString& text) {
  m_remark = text;
  if (m_remark.endsWith(u'.')) m_remark.chop(1);  // it stands among other facts
  updateText();
}

void JobBar::updateJob() {
  const JobId job = m_session->runningJob();
  if (job != m_job) {
    m_job = job;
    m_progress = {};
    m_remark.clear();
    if (job != 0) m_rest.clear();
  }
  const bool running = job != 0;
  const bool training = m_session->runningJobName() == kTrain;
  const JobState state = m_session->runningState();
  const bool stopping = running && state == JobState::Stopping;
  m_pause->setVisible(training);
  m_sample->setVisible(training);
  m_save->setVisible(training);
  m_stop->setVisible(running);
  m_bar->setVisible(running);
  m_pause->setText(state == JobState::Paused ? tr("Resume") : tr("Pause"));
  m_stop->setText(training ? tr("Stop and keep") : tr("Cancel"));
  m_stop->setToolTip(training ? tr("End here and keep what is learnt; it can go on later") : QString());
  for (QPushButton* button : {m_pause, m_sample, m_save, m_stop}) button->setEnabled(!stopping);
  const int waiting = m_session->queuedJobs();
  m_queue->setVisible(waiting > 0);
  m_queue->setText(tr("%n waiting", nullptr, waiting));
  updateText();
}

void JobBar::showProgress(const Progress& progress) {
  m_progress = progress;
  updateText();
}

void JobBar::updateText() {
  setTone(m_title, m_job == 0 ? Tone::Soft : Tone::Plain);
  if (m_job == 0) {
    m_title->setText(tr("Ready"));
    m_text->setFullText(m_rest);
    return;
  }
  const Progress& p = m_progress;
  const bool training = p.stage == "Training";  // a training also reads photos and makes priors
  m_title->setText(p.stage.empty() ? jobTitle(m_session->runningJobName()) : stageTitle(p.stage));
  m_bar->setRange(0, p.total > 0 ? 1000 : 0);
  if (p.total > 0) m_bar->setValue(static_cast<int>(1000 * p.done / p.total));
  QStringList parts;
  const JobState state = m_session->runningState();
  if (state == JobState::Paused) parts << tr("Paused");
  if (state == JobState::Stopping) parts << tr("Stopping …");
  if (p.total > 0) parts << (training ? tr("step %1 of %2") : tr("%1 of %2")).arg(p.done).arg(p.total);
  if (state == JobState::Running) {
    if (training && p.perSecond > 0) parts << tr("%1 steps/s").arg(QLocale().toString(p.perSecond, 'f', 1));
    if (p.secondsLeft >= 0) parts << tr("%1 left").arg(formatDuration(p.secondsLeft));
  }
  if (p.memoryBytes > 0) parts << formatBytes(p.memoryBytes);
  if (!m_remark.isEmpty()) parts << m_remark;  // last, as what doesn't fit is left out from the end
  m_text->setFullText(parts.join(QStringLiteral(" · ")));
}

void JobBar::fillQueue() {
  m_queueMenu->clear();
  for (const OpenJob& job : m_session->queue()) {
    m_queueMenu->addAction(tr("Cancel “%1”").arg(jobTitle(job.name)), this,
                           [this, id = job.id] { m_session->cancelQueued(id); });
  }
}

}  // namespace likeness
