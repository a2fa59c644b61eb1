#include "ui/subject/subject_page.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/api/photo_list.h"
#include "ui/helper/helper_panel.h"
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
  middle->addLayout(left, 2);
  auto* right = new QVBoxLayout;
  right->setContentsMargins(0, kRing, 0, 0);
  right->addWidget(m_panel);
  middle->addLayout(right, 1);
  column()->addLayout(middle, 1);
  column()->addWidget(makeFoot());
  connectParts();
  connectPanel();
  helperChanged();
}

QWidget* SubjectPage::makeFoot() {
  auto* whole = new QWidget;
  auto* foot = new QHBoxLayout(whole);
  foot->setContentsMargins(PictureDelegate::kRingRoom, 0, 0, 0);
  foot->setSpacing(kSpace16);
  m_advice = makeLabel({}, TextStyle::Body, Tone::Soft);
  m_advice->setObjectName(QStringLiteral("photoAdvice"));
  m_useCaptions = new QCheckBox(tr("Train with the captions"));
  m_useCaptions->setObjectName(QStringLiteral("useCaptions"));
  m_useCaptions->setAccessibleName(m_useCaptions->text());
  m_useCaptions->setToolTip(tr("Each photo is shown under its own words in place of \"a photo of\" and the subject"));
  foot->addWidget(m_useCaptions);
  foot->addWidget(m_advice);
  foot->addStretch();
  foot->addWidget(m_continue);
  return whole;
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
  m_askHelper = makeButton(tr("Ask the helper…"), QStringLiteral("askHelper"), ButtonKind::Secondary, ButtonSize::Small);
  m_askHelper->setToolTip(tr("Your own server describes photos, suggests words, answers questions"));
  m_centreAll = makeButton(tr("Centre all"), QStringLiteral("centreAll"), ButtonKind::Secondary, ButtonSize::Small);
  m_centreAll->setToolTip(tr("Moves each photo's square to what stands out in it"));
  row->addWidget(m_askHelper, 0, Qt::AlignTop);
  row->addWidget(m_centreAll, 0, Qt::AlignTop);
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
  connect(m_fields, &SubjectFields::edited, this, [this](const SubjectWords& before, const SubjectWords& after) {
    m_undo.push(new SubjectCommand(session(), before, after));
  });
  connect(m_centreAll, &QPushButton::clicked, this, [this] { centre({}); });
  connect(m_askHelper, &QPushButton::clicked, this, &SubjectPage::openHelper);
  connect(m_useCaptions, &QCheckBox::clicked, this, [this](bool on) {
    session()->submit(SetTrainOptions{project().folder, {{"caption_mode", on ? "files" : "prompt"}}});
  });
  connect(m_continue, &QPushButton::clicked, this, [this] {
    m_fields->commit();
    Q_EMIT pageRequested(QStringLiteral("priors"));
  });
  connect(session(), &Session::projectOpened, this, [this] {
    m_undo.clear();
    m_adding.clear();
    m_centring.clear();
  });
  connect(session(), &Session::finished, this, [this](JobId job) {
    photosAdded(job);
    photosCentred(job);
  });
}

void SubjectPage::connectPanel() {
  connect(m_panel, &PhotoPanel::cropCommitted, this,
          [this](const std::filesystem::path& photo, const CropRect& before, const CropRect& after) {
            m_undo.push(new CropCommand(session(), photo, before, after));
          });
  connect(m_panel, &PhotoPanel::removeRequested, this,
          [this](const std::filesystem::path& photo) { removePhotos({photo}); });
  connect(m_panel, &PhotoPanel::centreRequested, this, [this](const std::filesystem::path& photo) { centre({photo}); });
  connect(m_panel, &PhotoPanel::moreRequested, this, &SubjectPage::askForPhotos);
  connect(m_panel, &PhotoPanel::captionCommitted, this, &SubjectPage::setCaption);
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
  showTiles();
  const bool any = !project().photos.empty();
  m_panel->setVisible(any);
  m_centreAll->setEnabled(any);
  const auto& photos = project().photos;
  const bool captioned = std::any_of(photos.begin(), photos.end(), [](const PhotoInfo& photo) { return !photo.caption.empty(); });
  m_useCaptions->setVisible(captioned);
  m_useCaptions->setChecked(project().train.captionMode == CaptionMode::Files);
  m_fields->showProject(project());
  m_continue->setEnabled(isDone());
  const int usable = usablePhotos();
  m_advice->setText(usable == 0 ? QString()
                    : usable < kFew  ? tr("A few more photos would help: one pose is easily learnt by heart.")
                    : usable > kMany ? tr("Many photos are fine, but the best five usually teach as much.")
                                     : QString());
  m_advice->setVisible(!captioned);  // one thing at a time
  if (any) m_grid->setCurrentKey(m_model->rowOf(shown) >= 0 ? shown : toQString(project().photos.front().file));
  showCurrent();
}

void SubjectPage::showTiles() {
  PhotoFiles coming;
  for (const auto& [job, adding] : m_adding) coming.insert(coming.end(), adding.coming.begin(), adding.coming.end());
  m_model->setItems(m_tiles.tilesOf(project().photos, coming));
  m_photos->setCurrentIndex(project().photos.empty() && coming.empty() ? 1 : 0);
  fitGrid();
}

void SubjectPage::fitGrid() {
  const int rows = (m_model->rowCount() + m_grid->columns() - 1) / std::max(1, m_grid->columns());
  // As high as its rows where there is room, so that the words follow the pictures; else it scrolls.
  m_photos->setMaximumHeight(m_photos->currentIndex() == 1 ? QWIDGETSIZE_MAX : m_grid->heightForRows(rows));
}

void SubjectPage::showCurrent() {
  const auto row = static_cast<std::size_t>(std::max(0, m_grid->currentIndex().row()));
  if (row < project().photos.size()) m_panel->showPhoto(project().photos[row], static_cast<int>(row) + 1);
}

void SubjectPage::addPhotos(const QStringList& paths) {
  PhotoFiles sources;
  for (const QString& path : paths) sources.push_back(toPath(path));
  const auto listed = listPhotoFiles(sources);
  const PhotoFiles coming = listed.ok() ? listed.value() : PhotoFiles();
  m_undo.push(new AddPhotosCommand(session(), std::move(sources), std::make_shared<PhotoFiles>(),
                                   [this, coming](JobId job, std::shared_ptr<PhotoFiles> files) {
                                     m_adding[job] = {std::move(files), filesOf(project()), coming};
                                   }));
  showTiles();
}

void SubjectPage::photosAdded(JobId job) {
  const auto found = m_adding.find(job);
  if (found == m_adding.end()) return;
  for (const auto& file : filesOf(project())) {
    const PhotoFiles& before = found->second.before;
    if (std::find(before.begin(), before.end(), file) == before.end()) found->second.files->push_back(file);
  }
  const PhotoFiles added = *found->second.files;
  m_adding.erase(found);
  showTiles();
  if (!added.empty()) m_grid->setCurrentKey(toQString(added.front()));
}

void SubjectPage::centre(const PhotoFiles& files) {
  m_undo.push(new CentreCommand(session(), files, std::make_shared<CentreCommand::Crops>(),
                                [this](JobId job, std::shared_ptr<CentreCommand::Crops> after) {
                                  for (const PhotoInfo& photo : project().photos) (*after)[photo.file] = photo.crop;
                                  m_centring[job] = std::move(after);
                                }));
}

// What the squares were stands in the map until then: those that stayed are taken out, and the others are kept as they are.
void SubjectPage::photosCentred(JobId job) {
  const auto found = m_centring.find(job);
  if (found == m_centring.end()) return;
  CentreCommand::Crops& crops = *found->second;
  CentreCommand::Crops moved;
  for (const PhotoInfo& photo : project().photos) {
    const auto before = crops.find(photo.file);
    if (before != crops.end() && !(before->second == photo.crop)) moved[photo.file] = photo.crop;
  }
  if (moved.empty()) Q_EMIT noticeRequested(NoticeKind::Info, tr("Nothing stands out more than where the square is already."));
  crops = std::move(moved);
  m_centring.erase(found);
}

void SubjectPage::setCaption(const std::filesystem::path& photo, const QString& before, const QString& after) {
  m_undo.push(new CaptionCommand(session(), photo, before.toStdString(), after.toStdString()));
}

void SubjectPage::helperChanged() { m_askHelper->setVisible(HelperSettings::load().isReady()); }

HelperPanel* SubjectPage::openHelper() {
  if (!HelperSettings::load().isReady()) {
    Q_EMIT noticeRequested(NoticeKind::Info, tr("The helper is off. Give the address of a server of your own in the settings."));
    return nullptr;
  }
  if (m_helper == nullptr) {
    m_helper = new HelperPanel(session(), this);
    connect(m_helper, &HelperPanel::captionChosen, this, [this](const std::filesystem::path& file, const QString& caption) {
      for (const PhotoInfo& photo : project().photos) {
        if (photo.file == file) setCaption(file, QString::fromStdString(photo.caption), caption);
      }
    });
    connect(m_helper, &HelperPanel::nounChosen, this, [this](const QString& noun) {
      const SubjectWords before{project().classNoun, project().identifierToken};
      m_undo.push(new SubjectCommand(session(), before, {noun.toStdString(), before.token}));
    });
  }
  m_helper->show();
  m_helper->raise();
  if (const QString key = m_grid->currentKey(); !key.isEmpty()) m_helper->choosePicture(toPath(key));
  return m_helper;
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
