#include "ui/priors/priors_page.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/priors/prior_sheet.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/file_choice.h"
#include "ui/widgets/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

const QString kMakePriors = QStringLiteral("make_priors");
constexpr int kMostPriors = 2000;

}  // namespace

PriorsPage::PriorsPage(Session* session, QWidget* parent)
    : Page(session, parent),
      m_title(addTitle({})),
      m_lead(addLead({})),
      m_replace(makeButton({}, QStringLiteral("replaceRejected"))),
      m_own(makeButton({}, QStringLiteral("ownPriors"))),
      m_count(new QSpinBox),
      m_stack(new QStackedWidget),
      m_empty(new EmptyState(QStringLiteral("photo"), {}, {})),
      m_sheet(new PriorSheet(this)),
      m_state(makeLabel({}, TextStyle::Body, Tone::Soft)),
      m_make(makeButton({}, QStringLiteral("makePriors"), ButtonKind::Primary, ButtonSize::Big)),
      m_continue(makeButton(tr("Continue to training"), QStringLiteral("continueButton"), ButtonKind::Primary,
                            ButtonSize::Big)) {
  column()->addWidget(makeTools());
  auto* card = new Card;
  card->column()->setContentsMargins(kSpace8, kSpace8, kSpace4, kSpace8);
  card->column()->addWidget(m_stack);
  m_stack->addWidget(m_empty);
  m_stack->addWidget(m_sheet);
  column()->addWidget(card, 1);
  column()->addWidget(makeFoot());
  connectParts();
}

QWidget* PriorsPage::makeTools() {
  auto* tools = new QWidget;
  auto* row = new QHBoxLayout(tools);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace12);
  m_own->setToolTip(tr("Photos of other subjects of the same kind, from a folder of yours"));
  row->addWidget(m_replace);
  row->addWidget(m_own);
  row->addStretch();
  m_keys = makeLabel(tr("K keep · R reject · Enter look"), TextStyle::Body, Tone::Soft);
  row->addWidget(m_keys);
  return tools;
}

QWidget* PriorsPage::makeFoot() {
  auto* foot = new QWidget;
  auto* row = new QHBoxLayout(foot);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace12);
  m_state->setObjectName(QStringLiteral("priorState"));
  m_count->setObjectName(QStringLiteral("priorCount"));
  m_count->setRange(1, kMostPriors);
  m_count->setFixedWidth(72);
  m_count->setToolTip(tr("How many prior images there should be. One or two hundred is plenty."));
  m_countRow = new QWidget;
  auto* count = new QHBoxLayout(m_countRow);
  count->setContentsMargins(0, 0, 0, 0);
  count->setSpacing(kSpace8);
  count->addWidget(makeFieldLabel(tr("How many"), m_count));
  count->addWidget(m_count);
  row->addWidget(m_state);
  row->addStretch();
  row->addWidget(m_countRow);
  row->addWidget(m_make);
  row->addWidget(m_continue);
  return foot;
}

void PriorsPage::connectParts() {
  connect(session(), &Session::priorArrived, this, &PriorsPage::priorArrived);
  connect(session(), &Session::jobsChanged, this, &PriorsPage::jobsChanged);
  connect(session(), &Session::projectOpened, this, [this] {
    m_priors.clear();
    m_makingJob = 0;
    m_projectCount = -1;
  });
  connect(m_sheet, &PriorSheet::marked, this, &PriorsPage::mark);
  connect(m_replace, &QPushButton::clicked, this, [this] { make(true); });
  connect(m_make, &QPushButton::clicked, this, [this] { make(false); });
  connect(m_continue, &QPushButton::clicked, this, [this] { Q_EMIT pageRequested(QStringLiteral("training")); });
  connect(m_count, &QSpinBox::valueChanged, this, [this] { refreshButtons(); });
  connect(m_own, &QPushButton::clicked, this, [this] {
    if (usesOwn()) {
      session()->submit(SetOwnPriors{project().folder, {}});
      return;
    }
    chooseFolder(this, tr("A folder of other subjects of the same kind"), {}, [this](const QString& folder) {
      session()->submit(SetOwnPriors{project().folder, toPath(folder)});
    });
  });
}

int PriorsPage::kept() const {
  return static_cast<int>(std::count_if(m_priors.begin(), m_priors.end(), [](const PriorInfo& p) { return p.kept; }));
}

int PriorsPage::rejected() const { return static_cast<int>(m_priors.size()) - kept(); }

int PriorsPage::missing() const {
  return usesOwn() ? 0 : std::max(0, m_count->value() - static_cast<int>(m_priors.size()));
}

QString PriorsPage::stateText() const {
  if (m_makingJob != 0) return tr("%1 of %2").arg(m_priors.size()).arg(std::max<int>(m_total, m_priors.size()));
  if (m_priors.empty()) return {};
  return usesOwn() ? tr("%n of your own", nullptr, kept()) : tr("%n kept", nullptr, kept());
}

bool PriorsPage::isDone() const { return m_makingJob == 0 && kept() > 0 && missing() == 0; }

void PriorsPage::projectChanged() {
  const std::vector<PriorInfo> before = std::move(m_priors);
  m_priors = project().priors;
  m_rows.clear();
  for (std::size_t k = 0; k < m_priors.size(); ++k) m_rows.insert(toQString(m_priors[k].file), k);
  if (m_makingJob != 0) {  // those that arrived after the snapshot was taken
    for (const PriorInfo& prior : before) {
      if (m_rows.contains(toQString(prior.file)) || !prior.kept) continue;
      m_rows.insert(toQString(prior.file), m_priors.size());
      m_priors.push_back(prior);
    }
  }
  // Only when the project's own count changed: one that was typed here and not used yet must stay.
  if (m_projectCount != project().train.priorCount) {
    m_projectCount = project().train.priorCount;
    m_count->setValue(static_cast<int>(m_projectCount));
  }
  refresh();
}

void PriorsPage::priorArrived(const PriorReady& ready) {
  const QString file = toQString(ready.prior.file);
  if (ready.image) m_sheet->putImage(file, toQImage(ready.image));
  m_makingJob = session()->runningJob();
  m_total = ready.total;
  if (ready.reused) ++m_reused;
  if (const auto found = m_rows.find(file); found != m_rows.end()) {
    m_priors[*found] = ready.prior;
  } else {
    m_rows.insert(file, m_priors.size());
    m_priors.push_back(ready.prior);
  }
  refresh();
  Q_EMIT stateChanged();
}

void PriorsPage::jobsChanged() {
  const bool making = session()->runningJobName() == kMakePriors;
  if (making && m_makingJob != session()->runningJob()) {
    m_makingJob = session()->runningJob();
    m_reused = 0;
    m_total = m_count->value();
  } else if (m_makingJob != 0 && m_makingJob != session()->runningJob()) {
    m_makingJob = 0;
  } else {
    refreshButtons();
    return;
  }
  refresh();
  Q_EMIT stateChanged();
}

void PriorsPage::mark(const QStringList& files, bool kept) {
  MarkPriors spec{project().folder, {}, kept};
  for (const QString& file : files) spec.priors.push_back(toPath(file));
  session()->submit(std::move(spec));
}

void PriorsPage::make(bool replaceRejected) {
  MakePriors spec;
  spec.project = project().folder;
  spec.count = m_count->value();
  spec.replaceRejected = replaceRejected;
  session()->submit(std::move(spec));
}

void PriorsPage::refresh() {
  const int coming = m_makingJob == 0 ? 0 : std::max(0, m_total - static_cast<int>(m_priors.size()));
  m_sheet->showPriors(m_priors, coming);
  m_stack->setCurrentIndex(m_priors.empty() && coming == 0 ? 0 : 1);
  refreshWords();
  refreshButtons();
}

void PriorsPage::refreshWords() {
  const QString noun = project().classNoun.empty() ? tr("subject") : QString::fromStdString(project().classNoun);
  m_title->setText(tr("What other %1 look like").arg(plural(noun)));
  m_lead->setText(usesOwn() ? tr("From your folder %1. Without them every %2 becomes your %2.")
                                  .arg(QFileInfo(toQString(project().ownPriors)).fileName(), noun)
                            : tr("Made by the base model from “a photo of %1”. Without them every %2 becomes your %2.")
                                  .arg(withArticle(noun), noun));
  m_empty->setTexts(tr("No prior images yet"),
                    tr("The base model paints other %1, so that training keeps them in mind. Look through them and "
                       "reject the bad ones.")
                        .arg(plural(noun)));
  if (m_makingJob != 0) {
    const int making = std::max(0, m_total - m_reused);
    m_state->setText(m_reused > 0 ? tr("Reused %1, making %2").arg(m_reused).arg(making) : tr("Making %1").arg(making));
  } else if (m_priors.empty()) {
    m_state->clear();
  } else {
    m_state->setText(rejected() == 0 ? tr("%n kept", nullptr, kept())
                                     : tr("%1 kept, %2 rejected").arg(kept()).arg(rejected()));
  }
}

void PriorsPage::refreshButtons() {
  const bool busy = m_makingJob != 0;
  const bool wantsMore = missing() > 0 && !busy;
  m_replace->setText(tr("Replace the %n rejected", nullptr, rejected()));
  m_replace->setVisible(rejected() > 0 && !usesOwn());
  m_replace->setEnabled(!busy);
  m_own->setText(usesOwn() ? tr("Make them instead") : tr("Use a folder of mine…"));
  m_own->setEnabled(!busy);
  m_keys->setVisible(!m_priors.empty());
  m_countRow->setVisible(!usesOwn());
  m_count->setEnabled(!busy);
  const int more = missing();
  m_make->setText(m_priors.empty() ? tr("Make %n image(s)", nullptr, more) : tr("Make %n more", nullptr, more));
  m_make->setVisible(wantsMore);
  // One main button: first make them, then go on. Going on without is allowed: training makes what is missing.
  setButtonKind(m_continue, wantsMore ? ButtonKind::Secondary : ButtonKind::Primary);
}

}  // namespace likeness
