// What was made: the stage, the strip of earlier ones, the library, menus and drops.
#include <QClipboard>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>
#include <QUrl>

#include "ui/compose/before_after.h"
#include "ui/compose/compose_page.h"
#include "ui/compose/grid_builder.h"
#include "ui/compose/made_pictures.h"
#include "ui/compose/picture_library.h"
#include "ui/compose/picture_recipe_file.h"
#include "ui/compose/picture_stage.h"
#include "ui/compose/prompt_bar.h"
#include "ui/compose/recipe.h"
#include "ui/compose/sample_settings.h"
#include "ui/compose/source_strip.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dropped_files.h"
#include "ui/widgets/image_loader.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr std::size_t kMostEarlier = 60;  // the library has all of them
constexpr int kStageEdge = 4096;

// The one picture file of a drop, of those made here, too; empty for anything else.
QString droppedPicture(const QMimeData* data) {
  if (!data || data->urls().size() != 1 || !data->urls().front().isLocalFile()) return {};
  const auto file = data->urls().front().toLocalFile();
  return QFileInfo(file).isFile() ? file : QString();
}

}  // namespace

void ComposePage::showLibrary(bool shown) {
  m_views->setCurrentIndex(shown ? 1 : 0);
  showHead();
  if (shown) m_library->focusGrid();
}

void ComposePage::showGrid(bool shown) {
  m_settings->setGridOpen(shown);
  if (shown) showLibrary(false);
  if (shown == (m_left->currentWidget() == m_grid)) return;
  m_prompt->source()->setPainting(false);
  m_left->setCurrentIndex(shown ? 2 : 0);
  showCount();
}

void ComposePage::showEarlier() {
  std::vector<PictureItem> items;
  for (const auto& entry : m_index.entries()) {
    if (items.size() >= kMostEarlier) break;
    items.push_back(tileOf(entry.info));
  }
  const bool any = !items.empty();
  m_earlierTitle->setVisible(any);
  m_earlierGrid->setVisible(any);
  m_earlierModel->setItems(std::move(items));
}

void ComposePage::showOfBatch(int index) {
  const auto& entry = m_batch.made[index];
  m_stage->showPicture(entry.info, toQImage(entry.image), subjectName());
  const auto before = m_batch.before.find(index);
  if (before != m_batch.before.end()) m_stage->showBefore(toQImage(before->second.image));
}

void ComposePage::showFile(const QString& file) {
  if (file.isEmpty() || file.startsWith(QStringLiteral("coming-"))) return;
  m_beforeFile.clear();
  const int index = m_batch.indexOf(toPath(file));
  m_following = index >= 0;
  if (index >= 0) return showOfBatch(index);
  const auto* picture = pictureOf(file);
  if (!picture) return;
  m_stage->showPicture(*picture, {}, subjectName());
  m_loader->request(file, kStageEdge);
  if (const auto* before = m_index.beforeOf(*picture)) {
    m_beforeFile = toQString(before->file);
    m_loader->request(m_beforeFile, kStageEdge);
  }
}

void ComposePage::readForStage(const QString& file, const QImage& image) {
  if (file == m_sourceFile) takeSource(file, image);
  const auto shown = m_stage->picture();
  if (file == toQString(shown.file)) {
    const auto before = m_stage->view()->before();
    m_stage->showPicture(shown, image, subjectName());
    m_stage->showBefore(before.toImage());
  } else if (file == m_beforeFile) {
    m_stage->showBefore(image);
  }
}

const PictureInfo* ComposePage::pictureOf(const QString& file) const { return m_index.find(file); }

void ComposePage::reuse(const Sample& sample) {
  m_prompt->setPrompt(QString::fromStdString(sample.prompt));
  m_prompt->setNegative(QString::fromStdString(sample.negative));
  m_settings->apply(sample);
  const auto from = toQString(sample.from);
  if (from.isEmpty() || !QFileInfo::exists(from)) return m_prompt->source()->clear();
  startFrom(from);
  m_prompt->source()->setStrength(sample.strength);
  m_sourceMask = sample.mask;
}

void ComposePage::reuseFile(const QString& file) {
  const auto* picture = pictureOf(file);
  const auto sample = picture ? sampleFromRecipe(picture->recipe) : recipeOfFile(file);
  showLibrary(false);
  if (!sample) {
    return Q_EMIT noticeRequested(NoticeKind::Warning, tr("%1 carries no recipe.").arg(QFileInfo(file).fileName()));
  }
  if (picture) showFile(file);
  reuse(*sample);
  m_prompt->focusPrompt();
}

void ComposePage::offerMenu(const QString& file, const QPoint& globalPosition) {
  const auto* picture = pictureOf(file);
  if (!picture) return;
  auto* menu = new QMenu(this);
  menu->setObjectName("pictureMenu");
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const auto add = [&](const QString& text, const char* name, auto&& action) {
    auto* made = menu->addAction(text, this, action);
    made->setObjectName(QLatin1String(name));
    return made;
  };
  add(tr("Use these settings"), "menuReuse", [this, file] {
    reuseFile(file);
  })->setEnabled(sampleFromRecipe(picture->recipe).has_value());
  add(tr("Start from this picture"), "menuStart", [this, file] { startFrom(file); });
  add(tr("Paint where it should change"), "menuPaint", [this, file] { startFrom(file, true); });
  menu->addSeparator();
  const bool favourite = picture->favourite;
  add(favourite ? tr("No favourite any more") : tr("Favourite"), "menuFavourite",
      [this, file, favourite] { mark({file}, !favourite); });
  add(tr("Copy the picture"), "menuCopy", [file] {
    auto* data = madePictureData({file});
    data->setImageData(QImage(file));
    QGuiApplication::clipboard()->setMimeData(data);
  });
  add(tr("Open its folder"), "menuFolder",
      [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file).absolutePath())); });
  menu->addSeparator();
  add(tr("Remove"), "menuRemove", [this, file] { remove({file}); });
  menu->popup(globalPosition);
}

// ---- marks and removal

void ComposePage::mark(const QStringList& files, bool favourite) {
  MarkPictures spec{project().folder, {}, favourite};
  for (const auto& file : files) spec.pictures.push_back(toPath(file));
  session()->submit(std::move(spec));
}

void ComposePage::remove(const QStringList& files) {
  RemovePictures spec{project().folder, {}, false};
  for (const auto& file : files) {
    const auto* picture = pictureOf(file);
    if (!picture) continue;
    spec.pictures.push_back(picture->file);
    if (const int index = m_batch.indexOf(picture->file); index >= 0) m_batch.made.erase(index);
    if (const auto* before = m_index.beforeOf(*picture)) spec.pictures.push_back(before->file);
  }
  if (spec.pictures.empty()) return;
  if (files.contains(toQString(m_stage->picture().file))) m_stage->clear();
  const JobId job = session()->submit(std::move(spec));
  m_removing[job] = int(files.size());
}

void ComposePage::undoRemove() {
  if (m_removed.empty()) return;
  session()->submit(RemovePictures{project().folder, std::exchange(m_removed, {}), true});
}

// ---- drops and keys

void ComposePage::dragEnterEvent(QDragEnterEvent* event) {
  if (!session()->hasProject() || droppedPicture(event->mimeData()).isEmpty()) return event->ignore();
  event->acceptProposedAction();
  setDropping(true);
}

void ComposePage::dragLeaveEvent(QDragLeaveEvent*) { setDropping(false); }

void ComposePage::setDropping(bool dropping) {
  m_dropping = dropping;
  update();
}

void ComposePage::paintEvent(QPaintEvent* event) {
  Page::paintEvent(event);
  if (!m_dropping) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(Theme::colour(Role::Accent), 2, Qt::DashLine));
  painter.setBrush(Theme::colour(Role::AccentTint));
  painter.drawRoundedRect(QRectF(rect()).adjusted(kSpace8, kSpace8, -kSpace8, -kSpace8), kRadiusCard, kRadiusCard);
}

void ComposePage::dropEvent(QDropEvent* event) {
  setDropping(false);
  const auto file = droppedPicture(event->mimeData());
  if (file.isEmpty()) return event->ignore();
  event->acceptProposedAction();
  offerDrop(file, mapToGlobal(event->position().toPoint()));
}

// Nobody knows better than who dropped it what it is for.
void ComposePage::offerDrop(const QString& file, const QPoint& globalPosition) {
  auto* menu = new QMenu(this);
  menu->setObjectName("dropMenu");
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const auto add = [&](const QString& text, const char* name, auto&& action) {
    auto* made = menu->addAction(text, this, action);
    made->setObjectName(QLatin1String(name));
    return made;
  };
  add(tr("Start from this picture"), "dropStart", [this, file] { startFrom(file); });
  add(tr("Paint where it should change"), "dropPaint", [this, file] { startFrom(file, true); });
  const bool recipe =
      pictureOf(file) ? sampleFromRecipe(pictureOf(file)->recipe).has_value() : recipeOfFile(file).has_value();
  add(recipe ? tr("Use its settings") : tr("Use its settings: it carries none"), "dropRecipe", [this, file] {
    reuseFile(file);
  })->setEnabled(recipe);
  menu->addSeparator();
  add(tr("Add it to the photos of %1").arg(subjectName()), "dropPhoto", [this, file] {
    session()->submit(AddPhotos{project().folder, {toPath(file)}});
  })->setEnabled(pictureOf(file) == nullptr);
  menu->popup(globalPosition);
}

bool ComposePage::eventFilter(QObject* watched, QEvent* event) {
  auto* grid = qobject_cast<PictureGrid*>(watched);
  if (!grid || event->type() != QEvent::KeyPress) return Page::eventFilter(watched, event);
  auto* keys = static_cast<QKeyEvent*>(event);
  const auto* picture = pictureOf(grid->currentKey());
  if (keys->matches(QKeySequence::Undo)) return undoRemove(), true;
  if (!picture || (keys->modifiers() & Qt::ControlModifier)) return false;
  if (keys->key() == Qt::Key_Delete) return remove(grid->selectedKeys()), true;
  if (keys->key() == Qt::Key_F) return mark(grid->selectedKeys(), !picture->favourite), true;
  return false;
}

}  // namespace likeness
