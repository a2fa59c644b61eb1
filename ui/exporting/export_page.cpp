#include "ui/exporting/export_page.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPoint>
#include <QPushButton>
#include <algorithm>

#include "ui/exporting/result_card.h"
#include "ui/theme/metrics.h"
#include "ui/training/choice_button.h"
#include "ui/training/training_stage.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/file_choice.h"
#include "ui/widgets/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/qimage.h"

namespace likeness {

ExportPage::ExportPage(Session* session, QWidget* parent)
    : Page(session, parent),
      m_filled(new QWidget),
      m_empty(new EmptyState("save", tr("Nothing to take along yet"), tr("Once your subject is learnt, it can be used in other programs too."))),
      m_targetGrid(new QGridLayout),
      m_step(new QComboBox),
      m_destinationLabel(nullptr),
      m_destination(new QLineEdit),
      m_what(makeParagraph({}, TextStyle::Body)),
      m_write(makeButton(tr("Write the model"), "writeModel", ButtonKind::Primary, ButtonSize::Big)),
      m_result(new ResultCard) {
  setObjectName(id());
  addTitle(tr("Where will you use it?"));
  auto* toTraining = makeButton(tr("Go to training"), "toTraining", ButtonKind::Primary);
  m_empty->addAction(toTraining);
  connect(toTraining, &QPushButton::clicked, this, [this] { Q_EMIT pageRequested("training"); });
  column()->addWidget(m_empty, 1);
  column()->addWidget(m_filled, 1);
  makeForm();
  connect(session, &Session::finished, this,
          [this](JobId job, const QString&, const Finished& finished) { finish(job, finished); });
  connect(session, &Session::jobsChanged, this, &ExportPage::showState);
  projectChanged();
}

void ExportPage::makeForm() {
  auto* form = new QVBoxLayout(m_filled);
  form->setContentsMargins(0, 0, 0, 0);
  form->setSpacing(kSpace16);
  m_targetGrid->setSpacing(kSpace16);
  form->addLayout(m_targetGrid);
  m_step->setObjectName("exportStep");
  m_step->setMinimumWidth(220);
  m_destination->setObjectName("exportDestination");
  m_destinationLabel = makeFieldLabel(tr("Into a new folder"), m_destination);
  auto* choose = makeButton(tr("Choose…"), "chooseDestination");
  connect(choose, &QPushButton::clicked, this, &ExportPage::chooseDestination);
  connect(m_destination, &QLineEdit::textChanged, this, &ExportPage::showState);
  connect(m_step, &QComboBox::currentIndexChanged, this, &ExportPage::showState);
  connect(m_write, &QPushButton::clicked, this, &ExportPage::write);
  auto* card = new Card;
  auto* grid = new QGridLayout;
  grid->setHorizontalSpacing(kSpace12);
  grid->setVerticalSpacing(kSpace4);
  grid->addWidget(makeFieldLabel(tr("As learnt at"), m_step), 0, 0);
  grid->addWidget(m_destinationLabel, 0, 1);
  grid->addWidget(m_step, 1, 0);
  grid->addWidget(m_destination, 1, 1);
  grid->addWidget(choose, 1, 2);
  grid->setColumnStretch(1, 1);
  card->column()->addLayout(grid);
  auto* row = new QHBoxLayout;
  row->addWidget(m_what, 1);
  row->addWidget(m_write);
  card->column()->addLayout(row);
  m_what->setObjectName("exportWhat");
  form->addWidget(card);
  form->addWidget(m_result);
  form->addStretch(1);
}

void ExportPage::projectChanged() {
  const bool other = project().folder != m_project;
  if (other) {
    m_project = project().folder;
    m_written.clear();
    m_job = 0;
    m_suggested.clear();
    m_destination->clear();
  }
  const auto* run = newestRun(project());
  const bool trained = run && !run->checkpoints.empty();
  m_filled->setVisible(trained);
  m_empty->setVisible(!trained);
  offerTargets();
  offerSteps();
  showState();
}

void ExportPage::offerTargets() {
  auto targets = exportTargets(project());
  const auto same = [](const ExportTarget& one, const ExportTarget& other) { return one.detail == other.detail; };
  if (std::ranges::equal(targets, m_targets, same)) return target() && m_suggested.isEmpty() ? chooseTarget() : void();
  qDeleteAll(m_choices);
  m_choices.clear();
  m_targets = std::move(targets);
  for (const auto& target : m_targets) {
    auto* choice = new ChoiceButton(target.title, QStringLiteral("target_") + target.id);
    choice->setRoomy();
    choice->setDetail(target.detail);
    connect(choice, &ChoiceButton::toggled, this, [this](bool checked) {
      if (checked) chooseTarget();
    });
    const int place = int(m_choices.size()), columns = m_targets.size() > 3 ? 3 : int(m_targets.size());
    m_targetGrid->addWidget(choice, place / columns, place % columns);
    m_targetGrid->setColumnStretch(place % columns, 1);
    m_choices.push_back(choice);
  }
  m_choices.front()->setChecked(true);
}

void ExportPage::chooseTarget() {
  m_written.clear();
  m_destinationLabel->setText(target()->isFile() ? tr("Into a new file") : tr("Into a new folder"));
  m_destination->setAccessibleName(m_destinationLabel->text());
  if (m_destination->text() == m_suggested) {
    m_suggested = QDir::toNativeSeparators(suggestedDestination(project(), target()->isFile()));
    m_destination->setText(m_suggested);
  }
  showState();
}

void ExportPage::offerSteps() {
  const auto chosen = m_step->currentData();
  const QSignalBlocker quiet(m_step);
  m_step->clear();
  const auto* run = newestRun(project());
  if (!run || run->checkpoints.empty()) return;
  const auto number = [](std::int64_t step) { return QLocale().toString(qlonglong(step)); };
  for (const auto& checkpoint : run->checkpoints) {
    if (checkpoint.best) m_step->addItem(tr("The best, step %1").arg(number(checkpoint.step)), QPoint(int(WhichWeights::Best), 0));
  }
  m_step->addItem(tr("The last, step %1").arg(number(run->checkpoints.back().step)), QPoint(int(WhichWeights::Last), 0));
  for (const auto& checkpoint : run->checkpoints) {
    m_step->addItem(tr("Step %1").arg(number(checkpoint.step)), QPoint(int(WhichWeights::Step), int(checkpoint.step)));
  }
  m_step->setCurrentIndex(std::max(0, m_step->findData(chosen)));
}

void ExportPage::chooseDestination() {
  const QFileInfo now(m_destination->text());
  const bool file = target() && target()->isFile();
  const auto title = file ? tr("Into which folder should the file go?") : tr("Where should the model's folder go?");
  chooseFolder(this, title, now.absolutePath(), [this, now, file](const QString& folder) {
    // An empty folder is taken as it is; into any other one a new folder goes.
    const bool asItIs = !file && QDir(folder).isEmpty();
    m_destination->setText(QDir::toNativeSeparators(asItIs ? folder : QDir(folder).filePath(now.fileName())));
  });
}

const ExportTarget* ExportPage::target() const {
  for (std::size_t i = 0; i < m_choices.size(); ++i) {
    if (m_choices[i]->isChecked()) return &m_targets[i];
  }
  return nullptr;
}

QString ExportPage::destination() const { return QDir::fromNativeSeparators(m_destination->text().trimmed()); }

bool ExportPage::isTaken() const {
  const QFileInfo info(destination());
  const bool emptyFolder = info.isDir() && !target()->isFile() && QDir(destination()).isEmpty();
  return info.exists() && !emptyFolder;
}

bool ExportPage::canWrite() const {
  return target() && !destination().isEmpty() && m_step->count() > 0 && !isTaken();
}

void ExportPage::write() {
  if (!canWrite() || m_job != 0) return;
  const auto which = m_step->currentData().toPoint();
  m_written.clear();
  Export spec;
  spec.project = project().folder;
  spec.weights = WhichWeights(which.x());
  spec.checkpointStep = which.y();
  spec.out = toPath(destination());
  spec.format = target()->format;
  spec.dtype = target()->dtype;
  spec.lora = target()->lora;
  spec.embedding = target()->embedding;
  m_job = session()->submit(spec);
  showState();
}

void ExportPage::finish(JobId job, const Finished& finished) {
  if (job == 0 || job != m_job) return;
  m_job = 0;
  if (finished.outcome == Outcome::Succeeded) {
    m_written = finished.made.empty() ? destination() : toQString(finished.made.front());
    Q_EMIT stateChanged();
  }
  showState();
}

void ExportPage::showState() {
  const auto* chosen = target();
  const bool busy = m_job != 0;
  const bool written = !m_written.isEmpty();
  // A disabled button would hand the focus on to something that nobody chose.
  if (busy && m_write->hasFocus()) m_destination->setFocus(Qt::OtherFocusReason);
  m_write->setText(busy ? tr("Writing…") : tr("Write the model"));
  m_write->setEnabled(!busy && canWrite());
  for (auto* choice : m_choices) choice->setEnabled(!busy);
  if (!chosen) return;
  const bool taken = !written && !destination().isEmpty() && isTaken();
  setTone(m_what, taken ? Tone::Warning : Tone::Soft);
  m_what->setText(!taken             ? describe()
                  : chosen->isFile() ? tr("There is such a file already. Choose another name; nothing is overwritten.")
                                     : tr("This folder already holds something. Choose a new one; nothing is overwritten."));
  const auto path = written ? m_written : m_destination->text();
  const auto name = QFileInfo(path).completeBaseName();
  const auto called = chosen->namesLora ? QStringLiteral(" <lora:%1:1>").arg(name) : QString();
  const auto word = chosen->word.isEmpty() ? QString() : chosen->word.arg(name);
  m_result->showTarget(*chosen, path, promptToTry(project(), word) + called, written);
}

QString ExportPage::describe() const {
  if (target()->lora) {
    return tr("One small file with what was learnt, to be used with the model that you began with. Your photos stay here.");
  }
  if (target()->embedding) {
    return tr("One small file with what the new word means, to be used with the model that you began with. Your photos "
              "stay here.");
  }
  if (target()->isFile()) {
    return tr("One file with the whole model in half precision, which that program computes in. Your photos stay here.");
  }
  const auto* run = newestRun(project());
  const auto bytes = run && !run->checkpoints.empty() ? leastSize(run->checkpoints.back()) : 0;
  const auto what = tr("A folder in the diffusers layout with everything that pictures need. Your photos stay here.");
  return bytes == 0 ? what : what + ' ' + tr("It takes a little over %1.").arg(formatBytes(bytes));
}

QString ExportPage::stateText() const { return m_written.isEmpty() ? QString() : tr("written"); }

}  // namespace likeness
