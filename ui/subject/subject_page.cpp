#include "ui/subject/subject_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/subject/photo_panel.h"
#include "ui/subject/subject_fields.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/file_choice.h"
#include "ui/widgets/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picture_delegate.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kTile = 168;
constexpr int kFew = 3;
constexpr int kMany = 8;

PhotoFiles filesOf(const ProjectSnapshot& project) {
  PhotoFiles files;
  for (const PhotoInfo& photo : project.photos) files.push_back(photo.file);
  return files;
}

}  // namespace

SubjectPage::SubjectPage(Session* session, QWidget* parent)
    : Page(session, parent),
      m_model(new PictureModel(this)),
      m_grid(new PictureGrid(m_model)),
      m_panel(new PhotoPanel(session)),
      m_fields(new SubjectFields(session)),
      m_continue(makeButton(tr("Continue to prior images"), QStringLiteral("continueButton"), ButtonKind::Primary,
                            ButtonSize::Big)) {
  // Tiles have room for their ring around them; the page's left edge is moved so that tiles align with the words.
  constexpr int kRing = PictureDelegate::kRingRoom;
  column()->setContentsMargins(kSpace24 - kRing, kSpace24, kSpace24, kSpace16);
  column()->addWidget(makeHead());
  auto* middle = new QHBoxLayout;
  middle->setSpacing(kSpace24);
  auto* left = new QVBoxLayout;
  left->setSpacing(kSpace16);
  left->addWidget(makePhotos(), 1);
  m_fields->setContentsMargins(kRing, 0, 0, 0);
  left->addWidget(m_fields);
  left->addStretch();
  middle->addLayout(left, 1);
  auto* right = new QVBoxLayout;
  right->setContentsMargins(0, kRing, 0, 0);
  right->addWidget(m_panel);
  middle->addLayout(right);
  column()->addLayout(middle, 1);
  auto* foot = new QHBoxLayout;
  foot->setContentsMargins(kRing, 0, 0, 0);
  m_advice = makeLabel({}, TextStyle::Body, Tone::Soft);
  m_advice->setObjectName(QStringLiteral("photoAdvice"));
  foot->addWidget(m_advice);
  foot->addStretch();
  foot->addWidget(m_continue);
  column()->addLayout(foot);
  connectParts();
}

QWidget* SubjectPage::makeHead() {
  auto* head = new QWidget;
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(PictureDelegate::kRingRoom, 0, 0, 0);
  row->setSpacing(kSpace4);
  auto* words = new QVBoxLayout;
  words->setSpacing(kSpace12);
  QLabel* title = makeLabel(tr("Who or what should be learnt?"), TextStyle::Title);
  title->setObjectName(QStringLiteral("pageTitle"));
  words->addWidget(title);
  words->addWidget(makeParagraph(tr("Three to five photos from different sides, in different light. Originals stay untouched."),
                                 TextStyle::Body));
  row->addLayout(words, 1);
  const auto addAction = [&](QAction* action, const QString& icon, const QString& name, const QKeySequence& keys) {
    auto* button = makeIconButton(icon, action->text(), name);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    this->addAction(action);
    button->setEnabled(action->isEnabled());
    connect(action, &QAction::changed, button, [action, button] {
      button->setEnabled(action->isEnabled());
      button->setToolTip(action->text());
      button->setAccessibleName(action->text());
    });
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    row->addWidget(button, 0, Qt::AlignTop);
  };
  addAction(m_undo.createUndoAction(this, tr("Undo")), QStringLiteral("undo"), QStringLiteral("undoButton"),
            QKeySequence::Undo);
  addAction(m_undo.createRedoAction(this, tr("Redo")), QStringLiteral("redo"), QStringLiteral("redoButton"),
            QKeySequence::Redo);
  return head;
}

QWidget* SubjectPage::makePhotos() {
  m_photos = new QStackedWidget;
  m_grid->setObjectName(QStringLiteral("photoGrid"));
  m_grid->setAccessibleName(tr("Photos of the subject"));
  m_grid->setSelectionMode(QAbstractItemView::ExtendedSelection);
  m_grid->setMinimumTile(kTile);
  auto* empty = new EmptyState(QStringLiteral("photo"), tr("No photos yet"),
                               tr("Drop photos or a folder anywhere on this window."));
  auto* choose = makeButton(tr("Choose photos…"), QStringLiteral("choosePhotos"));
  empty->addAction(choose);
  connect(choose, &QPushButton::clicked, this, &SubjectPage::askForPhotos);
  m_photos->addWidget(m_grid);
  m_photos->addWidget(empty);
  return m_photos;
}

void SubjectPage::connectParts() {
  connect(m_grid, &PictureGrid::currentKeyChanged, this, &SubjectPage::showCurrent);
  connect(m_grid, &PictureGrid::arranged, this, &SubjectPage::fitGrid);
  const auto openTile = [this](const QModelIndex& index) {
    if (!index.data(PictureModel::InvitationRole).toString().isEmpty()) askForPhotos();
  };
  connect(m_grid, &PictureGrid::clicked, this, openTile);
  auto* enter = new QShortcut(QKeySequence(Qt::Key_Return), m_grid, nullptr, nullptr, Qt::WidgetShortcut);
  connect(enter, &QShortcut::activated, this, [this, openTile] { openTile(m_grid->currentIndex()); });
  auto* remove = new QShortcut(QKeySequence::Delete, m_grid, nullptr, nullptr, Qt::WidgetShortcut);
  connect(remove, &QShortcut::activated, this, &SubjectPage::removeSelected);
  connect(m_panel, &PhotoPanel::cropCommitted, this,
          [this](const std::filesystem::path& photo, const CropRect& before, const CropRect& after) {
            m_undo.push(new CropCommand(session(), photo, before, after));
          });
  connect(m_panel, &PhotoPanel::removeRequested, this,
          [this](const std::filesystem::path& photo) { removePhotos({photo}); });
  connect(m_continue, &QPushButton::clicked, this, [this] {
    m_fields->commit();
    Q_EMIT pageRequested(QStringLiteral("priors"));
  });
  connect(session(), &Session::projectOpened, this, [this] {
    m_undo.clear();
    m_adding.clear();
  });
  connect(session(), &Session::finished, this, [this](JobId job) { photosAdded(job); });
}

QString SubjectPage::stateText() const {
  const int count = static_cast<int>(project().photos.size());
  if (count == 0) return tr("No photos yet");
  const QString noun = QString::fromStdString(project().classNoun);
  return noun.isEmpty() ? tr("%n photo(s)", nullptr, count)
                        : tr("%n photo(s) of %1", nullptr, count).arg(withArticle(noun));
}

int SubjectPage::usablePhotos() const {
  const auto& photos = project().photos;
  return static_cast<int>(std::count_if(photos.begin(), photos.end(), [](const PhotoInfo& photo) {
    return photo.finding.level != FindingLevel::Wont;
  }));
}

bool SubjectPage::isDone() const { return usablePhotos() > 0 && !project().classNoun.empty(); }

void SubjectPage::projectChanged() {
  const QString shown = m_grid->currentKey();
  m_model->setItems(m_tiles.tilesOf(project().photos));
  const bool any = !project().photos.empty();
  m_photos->setCurrentIndex(any ? 0 : 1);
  m_panel->setVisible(any);
  m_fields->showProject(project());
  m_continue->setEnabled(isDone());
  const int usable = usablePhotos();
  m_advice->setText(usable == 0 ? QString()
                    : usable < kFew  ? tr("A few more photos would help: one pose is easily learnt by heart.")
                    : usable > kMany ? tr("Many photos are fine, but the best five usually teach as much.")
                                     : QString());
  fitGrid();
  if (any) m_grid->setCurrentKey(m_model->rowOf(shown) >= 0 ? shown : toQString(project().photos.front().file));
  showCurrent();
}

void SubjectPage::fitGrid() {
  const int rows = (m_model->rowCount() + m_grid->columns() - 1) / std::max(1, m_grid->columns());
  // As high as its rows where there is room, so that the words follow the pictures; else it scrolls.
  m_photos->setMaximumHeight(project().photos.empty() ? QWIDGETSIZE_MAX : m_grid->heightForRows(rows));
}

void SubjectPage::showCurrent() {
  const auto row = static_cast<std::size_t>(std::max(0, m_grid->currentIndex().row()));
  if (row < project().photos.size()) m_panel->showPhoto(project().photos[row], static_cast<int>(row) + 1);
}

void SubjectPage::addPhotos(const QStringList& paths) {
  PhotoFiles sources;
  for (const QString& path : paths) sources.push_back(toPath(path));
  m_undo.push(new AddPhotosCommand(session(), std::move(sources), std::make_shared<PhotoFiles>(),
                                   [this](JobId job, std::shared_ptr<PhotoFiles> files) {
                                     m_adding[job] = {std::move(files), filesOf(project())};
                                   }));
}

void SubjectPage::photosAdded(JobId job) {
  const auto found = m_adding.find(job);
  if (found == m_adding.end()) return;
  for (const auto& file : filesOf(project())) {
    const PhotoFiles& before = found->second.before;
    if (std::find(before.begin(), before.end(), file) == before.end()) found->second.files->push_back(file);
  }
  if (!found->second.files->empty()) m_grid->setCurrentKey(toQString(found->second.files->front()));
  m_adding.erase(found);
}

void SubjectPage::removePhotos(const PhotoFiles& files) {
  if (!files.empty()) m_undo.push(new RemovePhotosCommand(session(), files));
}

void SubjectPage::removeSelected() {
  PhotoFiles files;
  for (const QString& key : m_grid->selectedKeys()) files.push_back(toPath(key));
  removePhotos(files);
}

void SubjectPage::askForPhotos() {
  choosePhotos(this, tr("Choose photos of one subject"), [this](const QStringList& files) { addPhotos(files); });
}

}  // namespace likeness
