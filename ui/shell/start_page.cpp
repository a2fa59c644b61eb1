#include "ui/shell/start_page.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QShortcut>
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
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/picture_model.h"

namespace likeness {
namespace {

constexpr int kWidth = 720;
constexpr int kProjectTile = 132;

// What a project is known by: its newest picture, else its first photo that can be shown; empty without one.
QString projectPicture(const QString& folder) {
  const QStringList endings = {QStringLiteral("*.png"), QStringLiteral("*.jpg"), QStringLiteral("*.jpeg"), QStringLiteral("*.webp")};
  const QDir pictures(QDir(folder).filePath(QStringLiteral("pictures")));
  const QStringList made = pictures.entryList(endings, QDir::Files, QDir::Time);
  if (!made.isEmpty()) return pictures.filePath(made.front());
  const QDir photos(QDir(folder).filePath(QStringLiteral("photos")));
  for (const QString& name : photos.entryList(endings, QDir::Files, QDir::Name)) {
    if (!name.contains(QStringLiteral(".mask."))) return photos.filePath(name);
  }
  return {};
}

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
  auto* demo = makeButton(tr("See it happen with a demo dog"), QStringLiteral("startDemo"));
  demo->setToolTip(tr("Makes a project, trains it with the built-in model and makes pictures: a few minutes"));
  auto* tour = makeButton(tr("Show me around"), QStringLiteral("startTour"), ButtonKind::Quiet);
  auto* others = new QWidget;
  auto* row = new QHBoxLayout(others);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace8);
  row->addWidget(demo);
  row->addWidget(open);
  row->addWidget(tour);
  empty->addAction(choose);
  empty->addAction(others);
  connect(demo, &QPushButton::clicked, this, &StartPage::demoRequested);
  connect(tour, &QPushButton::clicked, this, &StartPage::tourRequested);
  dropColumn->addWidget(empty);
  column->addStretch(1);
  column->addWidget(m_drop);
  m_recent = makeRecent();
  column->addWidget(m_recent);
  column->addStretch(2);
  connect(choose, &QPushButton::clicked, this, [this] {
    choosePhotos(this, tr("Choose photos of one subject"), [this](const QStringList& files) { beginWith(files); });
  });
  connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
  return whole;
}

QWidget* StartPage::makeRecent() {
  auto* whole = new QWidget;
  whole->setObjectName(QStringLiteral("recentProjects"));
  auto* column = new QVBoxLayout(whole);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace8);
  column->addWidget(makeLabel(tr("Go on with"), TextStyle::Strong));
  m_projects = new PictureModel(this);
  m_projectGrid = new PictureGrid(m_projects);
  m_projectGrid->setObjectName(QStringLiteral("recentGrid"));
  m_projectGrid->setAccessibleName(tr("Recent projects"));
  m_projectGrid->setSingleRow(kProjectTile);
  column->addWidget(m_projectGrid);
  const auto open = [this](const QModelIndex& index) { Q_EMIT recentRequested(index.data(PictureModel::KeyRole).toString()); };
  connect(m_projectGrid, &PictureGrid::clicked, this, open);
  auto* enter = new QShortcut(QKeySequence(Qt::Key_Return), m_projectGrid, nullptr, nullptr, Qt::WidgetShortcut);
  connect(enter, &QShortcut::activated, this, [this, open] {
    if (m_projectGrid->currentIndex().isValid()) open(m_projectGrid->currentIndex());
  });
  return whole;
}

void StartPage::fillRecent() {
  std::vector<PictureItem> items;
  for (const QString& folder : recentProjects()) {
    PictureItem item;
    item.key = folder;
    item.file = projectPicture(folder);
    const QString name = QFileInfo(folder).fileName();
    if (item.file.isEmpty()) item.invitation = name;
    item.badge = {item.file.isEmpty() ? QString() : name, Tone::Plain, QString()};
    item.toolTip = folder;
    item.accessibleText = tr("Open %1").arg(name);
    items.push_back(std::move(item));
  }
  m_recent->setVisible(!items.empty());
  m_projects->setItems(std::move(items));
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
