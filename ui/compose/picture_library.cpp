#include "ui/compose/picture_library.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QStackedWidget>
#include <QUrl>
#include <algorithm>
#include <utility>

#include "ui/compose/before_after.h"
#include "ui/compose/made_pictures.h"
#include "ui/compose/recipe.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/dropped_files.h"
#include "ui/widgets/image_loader.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_banner.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kTile = 128;
constexpr int kDetailsWidth = 288;
constexpr int kPreviewEdge = 1024;
constexpr int kCompareEdge = 4096;

QString shortCaption(const PictureInfo& picture) {
  const auto sample = sampleFromRecipe(picture.recipe);
  return sample ? settingsInWords(*sample) : toQString(picture.file.filename());
}

}  // namespace

PictureLibrary::PictureLibrary(QWidget* parent)
    : QWidget(parent),
      m_search(new QLineEdit),
      m_favourites(makeButton(QStringLiteral(" ") + tr("Favourites"), "onlyFavourites", ButtonKind::Chip)),
      m_count(makeLabel({}, TextStyle::Body, Tone::Soft)),
      m_star(makeIconButton("star", tr("Favourite (F)"), "starPicture")),
      m_compare(makeIconButton("compare", tr("Compare two (C)"), "comparePictures")),
      m_copy(makeIconButton("copy", tr("Copy (Ctrl+C)"), "copyPictures")),
      m_folder(makeIconButton("folder", tr("Open its folder"), "openPictureFolder")),
      m_remove(makeIconButton("trash", tr("Remove (Delete)"), "removePictures")),
      m_removed(new NoticeBanner),
      m_views(new QStackedWidget),
      m_model(new MadePictures(this)),
      m_grid(new PictureGrid(m_model)),
      m_nothing(makeParagraph({}, TextStyle::Body)),
      m_comparison(new BeforeAfter),
      m_details(new QWidget),
      m_preview(new BeforeAfter),
      m_prompt(makeParagraph({}, TextStyle::Body, Tone::Plain)),
      m_facts(makeParagraph({}, TextStyle::Small)),
      m_reuse(makeButton(tr("Use these settings"), "libraryReuse", ButtonKind::Secondary)),
      m_start(makeButton(tr("Start from this picture"), "libraryStart", ButtonKind::Secondary)),
      m_loader(new ImageLoader(this)) {
  setObjectName("library");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace12);
  makeTopRow(column);
  m_removed->setObjectName("removedNotice");
  m_removed->hide();
  column->addWidget(m_removed);
  m_grid->setObjectName("libraryGrid");
  m_grid->setAccessibleName(tr("All pictures"));
  m_grid->setMinimumTile(kTile);
  m_grid->setSelectionMode(QAbstractItemView::ExtendedSelection);
  m_grid->setDragEnabled(true);
  m_grid->setDragDropMode(QAbstractItemView::DragOnly);
  m_grid->setContextMenuPolicy(Qt::CustomContextMenu);
  m_nothing->setAlignment(Qt::AlignCenter);
  m_comparison->setObjectName("comparison");
  m_comparison->setCentred(true);
  m_compare->setCheckable(true);
  m_comparison->setAccessibleName(tr("Two pictures, compared with a slider"));
  m_views->addWidget(m_grid);
  m_views->addWidget(m_nothing);
  m_views->addWidget(m_comparison);
  makeDetails();
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace16);
  row->addWidget(m_views, 1);
  row->addWidget(m_details);
  column->addLayout(row, 1);
  connectAll();
}

void PictureLibrary::makeTopRow(QLayout* column) {
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace8);
  m_search->setObjectName("searchPictures");
  m_search->setAccessibleName(tr("Search prompts"));
  m_search->setPlaceholderText(tr("Search prompts"));
  m_search->setClearButtonEnabled(true);
  m_search->setAcceptDrops(false);
  m_search->setMaximumWidth(320);
  m_search->addAction(themedIcon("search", Role::SoftText), QLineEdit::LeadingPosition);
  // Qt's own little buttons inside come without names.
  for (auto* button : m_search->findChildren<QToolButton*>()) {
    const bool clears =
        button->defaultAction() && button->defaultAction()->objectName() == QStringLiteral("_q_qlineeditclearaction");
    button->setAccessibleName(clears ? tr("Clear the search") : tr("Search prompts"));
  }
  m_favourites->setCheckable(true);
  m_favourites->setIcon(themedIcon("star", Role::SoftText));
  m_count->setObjectName("pictureCount");
  row->addWidget(m_search, 1);
  row->addWidget(m_favourites);
  row->addWidget(m_count);
  row->addStretch(1);
  for (QWidget* button : {m_star, m_compare, m_copy, m_folder, m_remove}) row->addWidget(button);
  static_cast<QVBoxLayout*>(column)->addLayout(row);
}

void PictureLibrary::makeDetails() {
  auto* card = new Card;
  m_details->setFixedWidth(kDetailsWidth);
  auto* outer = new QVBoxLayout(m_details);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(card);
  outer->addStretch(1);
  const int edge = kDetailsWidth - 2 * kSpace16;
  m_preview->setObjectName("libraryPreview");
  m_preview->setAccessibleName(tr("The chosen picture"));
  m_preview->setFixedSize(edge, edge);
  m_prompt->setObjectName("libraryPrompt");
  m_prompt->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_facts->setObjectName("libraryFacts");
  card->column()->addWidget(m_preview);
  card->column()->addWidget(m_prompt);
  card->column()->addWidget(m_facts);
  card->column()->addSpacing(kSpace4);
  card->column()->addWidget(m_reuse);
  card->column()->addWidget(m_start);
}

void PictureLibrary::connectAll() {
  connect(m_search, &QLineEdit::textChanged, this, &PictureLibrary::showMatching);
  connect(m_favourites, &QPushButton::toggled, this, &PictureLibrary::showMatching);
  connect(m_star, &QToolButton::clicked, this, &PictureLibrary::star);
  connect(m_compare, &QToolButton::clicked, this, &PictureLibrary::compare);
  connect(m_copy, &QToolButton::clicked, this, &PictureLibrary::copy);
  connect(m_folder, &QToolButton::clicked, this,
          [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_shown).absolutePath())); });
  connect(m_remove, &QToolButton::clicked, this, &PictureLibrary::remove);
  connect(m_removed, &NoticeBanner::actionRequested, this, &PictureLibrary::undoRequested);
  connect(m_removed, &NoticeBanner::actionRequested, m_removed, &QWidget::hide);
  connect(m_removed, &NoticeBanner::closed, m_removed, &QWidget::hide);
  connect(m_grid, &QListView::activated, this, [this] { Q_EMIT openRequested(m_grid->currentKey()); });
  connect(m_grid, &QWidget::customContextMenuRequested, this, [this](const QPoint& position) {
    if (!m_grid->currentKey().isEmpty())
      Q_EMIT menuRequested(m_grid->currentKey(), m_grid->viewport()->mapToGlobal(position));
  });
  connect(m_grid->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PictureLibrary::showSelection);
  connect(m_grid, &PictureGrid::currentKeyChanged, this, &PictureLibrary::showSelection);
  connect(m_reuse, &QPushButton::clicked, this, [this] { Q_EMIT reuseRequested(m_shown); });
  connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT startRequested(m_shown); });
  connect(m_loader, &ImageLoader::loaded, this, &PictureLibrary::loaded);
  for (QWidget* widget :
       {static_cast<QWidget*>(m_grid), static_cast<QWidget*>(m_comparison), static_cast<QWidget*>(m_search)}) {
    widget->installEventFilter(this);
  }
}

void PictureLibrary::setPictures(const PictureIndex* index) {
  m_index = index;
  m_stale = !isVisible();
  if (!m_stale) showMatching();
}

void PictureLibrary::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (std::exchange(m_stale, false)) showMatching();
}

void PictureLibrary::focusGrid() {
  m_grid->setFocus();
  if (!m_grid->currentIndex().isValid() && m_model->rowCount() > 0) m_grid->setCurrentIndex(m_model->index(0));
}

void PictureLibrary::showMatching() {
  if (!m_index) return;
  const int row = m_grid->currentIndex().row();
  const auto current = m_grid->currentKey();
  const auto found = m_index->matching(m_search->text(), m_favourites->isChecked());
  std::vector<PictureItem> items;
  items.reserve(found.size());
  for (const auto* entry : found) items.push_back(tileOf(entry->info));
  const auto count = int(items.size()), all = int(m_index->entries().size());
  m_model->setItems(std::move(items));
  m_count->setText(count == all ? tr("%n pictures", nullptr, all) : tr("%1 of %2").arg(count).arg(all));
  m_nothing->setText(all == 0                    ? tr("No pictures yet.")
                     : m_favourites->isChecked() ? tr("No favourites here. The star, or F, makes one.")
                                                 : tr("No prompt has these words."));
  if (!isComparing()) m_views->setCurrentWidget(count == 0 ? static_cast<QWidget*>(m_nothing) : m_grid);
  // What was removed leaves the next one chosen.
  if (count > 0 && row >= 0 && m_model->rowOf(current) < 0)
    m_grid->setCurrentIndex(m_model->index(std::min(row, count - 1)));
  showSelection();
}

QStringList PictureLibrary::chosen() const {
  auto keys = m_grid->selectedKeys();
  if (keys.isEmpty() && !m_grid->currentKey().isEmpty()) keys << m_grid->currentKey();
  return keys;
}

void PictureLibrary::showSelection() {
  const auto files = chosen();
  for (QWidget* button : {m_star, m_copy, m_folder, m_remove}) button->setEnabled(!files.isEmpty());
  m_compare->setEnabled(files.size() == 2);
  const auto* info = m_index && !files.isEmpty() ? m_index->find(files.front()) : nullptr;
  m_star->setIcon(themedIcon(info && info->favourite ? "star_full" : "star",
                             info && info->favourite ? Role::Accent : Role::SoftText));
  const auto current = m_grid->currentKey();
  showDetails(files.contains(current) ? current : files.value(0));
}

void PictureLibrary::showDetails(const QString& file) {
  const auto* info = m_index ? m_index->find(file) : nullptr;
  m_details->setVisible(info != nullptr && !isComparing());
  if (!info || m_shown == file) return;
  m_shown = file;
  m_preview->clear();
  m_loader->request(file, kPreviewEdge);
  const auto sample = sampleFromRecipe(info->recipe);
  m_prompt->setText(sample ? QString::fromStdString(sample->prompt) : QFileInfo(file).fileName());
  m_facts->setText(sample ? settingsInWords(*sample) : QString());
  m_reuse->setEnabled(sample.has_value());
}

void PictureLibrary::loaded(const QString& file, const QImage& image) {
  if (isComparing() && (file == m_left || file == m_right)) {
    const auto pixmap = QPixmap::fromImage(image);
    if (file == m_right) m_comparison->setPicture(pixmap, file, shortCaption(*m_index->find(file)));
    if (file == m_left) m_comparison->setBefore(pixmap);
  } else if (file == m_shown) {
    m_preview->setPicture(QPixmap::fromImage(image), file, {});
  }
}

void PictureLibrary::star() {
  const auto files = chosen();
  const bool all = std::all_of(files.begin(), files.end(), [this](const QString& file) {
    const auto* info = m_index->find(file);
    return info && info->favourite;
  });
  if (!files.isEmpty()) Q_EMIT favouriteRequested(files, !all);
}

void PictureLibrary::remove() {
  if (const auto files = chosen(); !files.isEmpty()) Q_EMIT removeRequested(files);
}

void PictureLibrary::showRemoved(int count) {
  m_removed->showNotice(NoticeKind::Info, tr("Moved %n pictures to the project’s removed ones.", nullptr, count),
                        tr("Undo"));
  m_removed->show();
}

void PictureLibrary::copy() {
  const auto files = chosen();
  if (files.isEmpty()) return;
  auto* data = madePictureData(files);
  if (files.size() == 1) data->setImageData(QImage(files.front()));
  QGuiApplication::clipboard()->setMimeData(data);
}

bool PictureLibrary::isComparing() const { return m_views->currentWidget() == m_comparison; }

void PictureLibrary::compare() {
  if (isComparing()) return endComparison();
  const auto files = chosen();
  m_compare->setChecked(false);
  if (files.size() != 2) return;
  m_left = files[0];
  m_right = files[1];
  const auto* left = m_index->find(m_left);
  if (!left) return;
  m_comparison->clear();
  m_comparison->setBeforeCaption(shortCaption(*left));
  m_comparison->setDivider(0.5);
  m_views->setCurrentWidget(m_comparison);
  m_details->hide();
  m_loader->request(m_left, kCompareEdge);
  m_loader->request(m_right, kCompareEdge);
  m_comparison->setFocus();
  m_compare->setChecked(true);
}

void PictureLibrary::endComparison() {
  m_views->setCurrentWidget(m_grid);
  m_compare->setChecked(false);
  m_grid->setFocus();
  showSelection();
}

bool PictureLibrary::act(QKeyEvent* event) {
  if (event->matches(QKeySequence::Undo)) return Q_EMIT undoRequested(), m_removed->hide(), true;
  if (event->matches(QKeySequence::Copy)) return copy(), true;
  if (event->matches(QKeySequence::Find)) return m_search->setFocus(), true;
  if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) return false;
  switch (event->key()) {
    case Qt::Key_F:
      return star(), true;
    case Qt::Key_C:
      return compare(), true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
      return remove(), true;
    case Qt::Key_Escape:
      return isComparing() ? endComparison() : Q_EMIT closeRequested(), true;
    default:
      return false;
  }
}

bool PictureLibrary::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
  auto* keys = static_cast<QKeyEvent*>(event);
  if (watched == m_search) {
    const bool down = keys->key() == Qt::Key_Down || keys->key() == Qt::Key_Return;
    if (down) focusGrid();
    if (keys->key() == Qt::Key_Escape && m_search->text().isEmpty()) Q_EMIT closeRequested();
    if (keys->key() == Qt::Key_Escape) m_search->clear();
    return down || keys->key() == Qt::Key_Escape;
  }
  return act(keys) || QWidget::eventFilter(watched, event);
}

void PictureLibrary::keyPressEvent(QKeyEvent* event) {
  if (!act(event)) QWidget::keyPressEvent(event);
}

}  // namespace likeness
