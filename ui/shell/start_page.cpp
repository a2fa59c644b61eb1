#include "ui/shell/start_page.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/shell/new_project_form.h"
#include "ui/shell/recent_projects.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/file_choice.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kWidth = 640;
constexpr int kRecentShown = 4;

QWidget* centred(QWidget* inside, Qt::Alignment alignment) {
  auto* outside = new QWidget;
  auto* row = new QHBoxLayout(outside);
  row->setContentsMargins(kSpace24, kSpace24, kSpace24, kSpace24);
  row->addStretch(1);
  inside->setFixedWidth(kWidth);
  row->addWidget(inside, 0, alignment);
  row->addStretch(1);
  return outside;
}

}  // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent), m_stack(new QStackedWidget), m_form(new NewProjectForm) {
  setObjectName(QStringLiteral("startPage"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_stack);
  m_stack->addWidget(centred(makeInvitation(), {}));
  m_stack->addWidget(centred(m_form, Qt::AlignVCenter));
  connect(m_form, &NewProjectForm::created, this, &StartPage::createRequested);
  connect(m_form, &NewProjectForm::abandoned, this, &StartPage::reset);
  fillRecent();
}

QWidget* StartPage::makeInvitation() {
  auto* whole = new QWidget;
  auto* column = new QVBoxLayout(whole);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace24);
  m_drop = new QFrame;
  m_drop->setProperty("surface", QStringLiteral("drop"));
  m_drop->setMinimumHeight(340);
  auto* dropColumn = new QVBoxLayout(m_drop);
  auto* empty = new EmptyState(
      QStringLiteral("photo"), tr("Drop three to five photos of one subject"),
      tr("A pet, a person, a thing you made. Likeness learns what it looks like and then makes new pictures of it. "
         "Your photos stay on this computer, untouched."));
  auto* choose = makeButton(tr("Choose photos…"), QStringLiteral("choosePhotos"), ButtonKind::Primary, ButtonSize::Big);
  auto* open = makeButton(tr("Open a project…"), QStringLiteral("openProject"), ButtonKind::Quiet);
  empty->addAction(choose);
  empty->addAction(open);
  dropColumn->addWidget(empty);
  column->addStretch(1);
  column->addWidget(m_drop);
  m_recent = new QWidget;
  m_recent->setObjectName(QStringLiteral("recentProjects"));
  m_recentColumn = new QVBoxLayout(m_recent);
  m_recentColumn->setContentsMargins(0, 0, 0, 0);
  m_recentColumn->setSpacing(kSpace8);
  column->addWidget(m_recent);
  column->addStretch(2);
  connect(choose, &QPushButton::clicked, this, [this] {
    choosePhotos(this, tr("Choose photos of one subject"), [this](const QStringList& files) { beginWith(files); });
  });
  connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
  return whole;
}

void StartPage::fillRecent() {
  while (QLayoutItem* item = m_recentColumn->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  const QStringList folders = recentProjects().mid(0, kRecentShown);
  m_recent->setVisible(!folders.isEmpty());
  if (folders.isEmpty()) return;
  m_recentColumn->addWidget(makeLabel(tr("Recent projects"), TextStyle::Strong));
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace8);
  for (const QString& folder : folders) {
    const QString name = QFileInfo(folder).fileName();
    auto* button = makeButton(fontMetrics().elidedText(name, Qt::ElideMiddle, 120).replace(u'&', QStringLiteral("&&")),
                              QStringLiteral("recent-") + name);
    button->setToolTip(folder);
    button->setAccessibleName(tr("Open %1").arg(name));
    connect(button, &QPushButton::clicked, this, [this, folder] { Q_EMIT recentRequested(folder); });
    row->addWidget(button);
  }
  row->addStretch();
  auto* holder = new QWidget;
  row->setContentsMargins(0, 0, 0, 0);
  holder->setLayout(row);
  m_recentColumn->addWidget(holder);
}

void StartPage::beginWith(const QStringList& photos) {
  m_form->addPhotos(photos);
  m_stack->setCurrentIndex(1);
  m_form->begin();
}

void StartPage::reset() {
  m_form->clear();
  fillRecent();
  m_stack->setCurrentIndex(0);
}

void StartPage::setDropActive(bool active) { setStyleProperty(m_drop, "active", active); }

}  // namespace likeness
