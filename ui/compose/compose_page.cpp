#include "ui/compose/compose_page.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>
#include <algorithm>

#include "ui/compose/batch_view.h"
#include "ui/compose/grid_builder.h"
#include "ui/compose/grid_table.h"
#include "ui/compose/made_pictures.h"
#include "ui/compose/mask_file.h"
#include "ui/compose/mask_stage.h"
#include "ui/compose/picture_library.h"
#include "ui/compose/picture_stage.h"
#include "ui/compose/prompt_bar.h"
#include "ui/compose/prompt_words.h"
#include "ui/compose/sample_settings.h"
#include "ui/compose/source_strip.h"
#include "ui/compose/start_menu.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/training/training_stage.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/format.h"
#include "ui/widgets/image_loader.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/mask_canvas.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/picture_viewer.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kSettingsWidth = 300;
constexpr int kEarlierTile = 84;
constexpr int kMeasureAfter = 200;  // milliseconds of rest
constexpr int kPromptsForWords = 300;

}  // namespace

ComposePage::ComposePage(Session* session, QWidget* parent)
    : Page(session, parent),
      m_all(makeButton({}, "allPictures", ButtonKind::Secondary, ButtonSize::Small)),
      m_views(new QStackedWidget),
      m_prompt(new PromptBar),
      m_reading(new NoticeBanner),
      m_batchModel(new MadePictures(this)),
      m_batchGrid(new PictureGrid(m_batchModel)),
      m_batchView(new BatchView(m_batchGrid)),
      m_stage(new PictureStage(m_batchView)),
      m_earlierTitle(makeLabel(tr("Earlier"), TextStyle::Heading)),
      m_earlierModel(new MadePictures(this)),
      m_earlierGrid(new PictureGrid(m_earlierModel)),
      m_left(new QStackedWidget),
      m_maskStage(new MaskStage),
      m_grid(new GridBuilder),
      m_settings(new SampleSettings),
      m_library(new PictureLibrary),
      m_viewer(new PictureViewer(this)),
      m_loader(new ImageLoader(this)) {
  setObjectName(id());
  setAcceptDrops(true);
  makeHead();
  makeMiddle();
  hear();
  projectChanged();
}

void ComposePage::makeHead() {
  auto* row = new QHBoxLayout;
  m_title = addTitle({});
  row->addWidget(m_title);
  row->addStretch(1);
  row->addWidget(m_all);
  column()->insertLayout(0, row);
  m_lead = addLead({});
  m_all->setToolTip(tr("Search, star, compare and remove pictures (Ctrl+L)"));
  m_all->setShortcut(QKeySequence(QStringLiteral("Ctrl+L")));
}

void ComposePage::prepareGrid(PictureGrid* grid) {
  grid->setDragEnabled(true);
  grid->setDragDropMode(QAbstractItemView::DragOnly);
  grid->setSelectionMode(QAbstractItemView::ExtendedSelection);
  grid->setContextMenuPolicy(Qt::CustomContextMenu);
  grid->installEventFilter(this);
  connect(grid, &QWidget::customContextMenuRequested, this, [this, grid](const QPoint& position) {
    offerMenu(grid->currentKey(), grid->viewport()->mapToGlobal(position));
  });
  connect(grid, &PictureGrid::currentKeyChanged, this, &ComposePage::showFile);
  connect(grid, &QListView::clicked, this, [this, grid] { showFile(grid->currentKey()); });
}

void ComposePage::makeMiddle() {
  m_batchGrid->setObjectName("batch");
  m_batchGrid->setAccessibleName(tr("Pictures of this batch"));
  m_earlierGrid->setObjectName("earlier");
  m_earlierGrid->setAccessibleName(tr("Pictures made earlier"));
  m_earlierGrid->setSingleRow(kEarlierTile);
  m_stage->setEmptyText(tr("Your pictures appear here. Drop one to start from it, or to get its recipe back."));
  m_settings->setFixedWidth(kSettingsWidth);
  m_reading->setObjectName("reading");
  m_reading->hide();
  for (auto* grid : {m_batchGrid, m_earlierGrid}) prepareGrid(grid);
  auto* making = new QWidget;
  auto* left = new QVBoxLayout(making);
  left->setContentsMargins(0, 0, 0, 0);
  left->setSpacing(kSpace8);
  left->addWidget(m_reading);
  left->addWidget(m_stage, 1);
  left->addWidget(m_earlierTitle);
  left->addWidget(m_earlierGrid);
  m_left->addWidget(making);
  m_left->addWidget(m_maskStage);
  m_left->addWidget(m_grid);
  auto* composing = new QWidget;
  auto* rows = new QVBoxLayout(composing);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(kSpace16);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace24);
  row->addWidget(m_left, 1);
  row->addWidget(m_settings);
  rows->addWidget(m_prompt);
  rows->addLayout(row, 1);
  m_views->addWidget(composing);
  m_views->addWidget(m_library);
  column()->addWidget(m_views, 1);
}

void ComposePage::hear() {
  m_measure.setSingleShot(true);
  m_measure.setInterval(kMeasureAfter);
  connect(&m_measure, &QTimer::timeout, this, &ComposePage::measurePrompt);
  connect(m_all, &QPushButton::clicked, this, [this] { showLibrary(m_views->currentWidget() != m_library); });
  connect(m_prompt, &PromptBar::makeRequested, this, &ComposePage::make);
  connect(m_prompt, &PromptBar::promptChanged, this, [this] {
    m_measure.start();
    showCount();
  });
  auto* menu = new QMenu(this);
  m_prompt->startFrom()->setMenu(menu);
  connect(menu, &QMenu::aboutToShow, this, [this, menu] {
    fillStartMenu(menu, project(), toQString(m_stage->picture().file),
                  [this](const QString& file) { startFrom(file); });
  });
  connect(m_prompt->source(), &SourceStrip::sourceChanged, this, &ComposePage::sourceChanged);
  connect(m_prompt->source(), &SourceStrip::paintRequested, this, &ComposePage::paintMask);
  connect(m_maskStage, &MaskStage::doneRequested, this, [this] { paintMask(false); });
  connect(m_maskStage->canvas(), &MaskCanvas::maskChanged, this, [this] {
    m_prompt->source()->setMasked(m_maskStage->canvas()->hasPicture() && !m_maskStage->canvas()->isBlank());
  });
  connect(m_settings, &SampleSettings::changed, this, &ComposePage::showCount);
  connect(m_settings, &SampleSettings::countChanged, this, &ComposePage::showCount);
  connect(m_settings, &SampleSettings::leakTestRequested, this, &ComposePage::makeLeakTest);
  connect(m_settings, &SampleSettings::gridRequested, this, &ComposePage::showGrid);
  connect(m_grid, &GridBuilder::axesChanged, this,
          [this] { m_prompt->setCount(m_left->currentWidget() == m_grid ? m_grid->cells() : m_settings->count()); });
  connect(m_grid, &GridBuilder::closeRequested, this, [this] { showGrid(false); });
  connect(m_grid->table(), &GridTable::cellChosen, this, [this](int cell) {
    if (m_grids.empty()) return;
    const auto& cells = m_grids.rbegin()->second;
    if (const auto found = cells.find(cell); found != cells.end()) m_viewer->showPicture(toQImage(found->second), {});
  });
  connect(m_viewer, &PictureViewer::closed, m_grid->table(), qOverload<>(&QWidget::setFocus));
  connect(m_stage, &PictureStage::reuseRequested, this, &ComposePage::reuse);
  connect(m_stage, &PictureStage::startRequested, this, [this](const QString& file) { startFrom(file); });
  connect(m_stage, &PictureStage::stopRequested, this, &ComposePage::stop);
  connect(m_reading, &NoticeBanner::closed, m_reading, &QWidget::hide);
  connect(m_loader, &ImageLoader::loaded, this, &ComposePage::readForStage);
  connect(m_library, &PictureLibrary::closeRequested, this, [this] { showLibrary(false); });
  connect(m_library, &PictureLibrary::openRequested, this, [this](const QString& file) {
    showLibrary(false);
    showFile(file);
  });
  connect(m_library, &PictureLibrary::reuseRequested, this, &ComposePage::reuseFile);
  connect(m_library, &PictureLibrary::startRequested, this, [this](const QString& file) { startFrom(file); });
  connect(m_library, &PictureLibrary::favouriteRequested, this, &ComposePage::mark);
  connect(m_library, &PictureLibrary::removeRequested, this, &ComposePage::remove);
  connect(m_library, &PictureLibrary::undoRequested, this, &ComposePage::undoRemove);
  connect(m_library, &PictureLibrary::menuRequested, this, &ComposePage::offerMenu);
  connect(session(), &Session::pictureArrived, this, &ComposePage::takePicture);
  connect(session(), &Session::pictureProgressed, this, &ComposePage::takeRough);
  connect(session(), &Session::promptMeasured, m_prompt, &PromptBar::setLength);
  connect(session(), &Session::finished, this,
          [this](JobId job, const QString&, const Finished& finished) { finishJob(job, finished); });
}

void ComposePage::projectChanged() {
  const bool other = project().folder != m_folder;
  m_index.setPictures(project().pictures);
  m_library->setPictures(&m_index);
  m_prompt->setSubject(subjectName(), QString::fromStdString(project().classNoun),
                       1 + int(project().furtherSubjects.size()));
  m_prompt->setWords(promptWords(m_index.prompts(kPromptsForWords) << QString::fromStdString(project().classNoun)));
  m_prompt->setReady(session()->hasProject());
  m_settings->setProject(project());
  m_settings->setEnabled(session()->hasProject());
  showHead();
  const auto* run = newestRun(project());
  const bool trained = run && !run->checkpoints.empty();
  m_lead->setText(tr("Nothing is learnt yet, so pictures come from the base model."));
  m_lead->setVisible(session()->hasProject() && !trained);
  if (other) {
    m_folder = project().folder;
    m_batch = {};
    m_rough.clear();
    m_grids.clear();
    m_removed.clear();
    m_stage->clear();
    m_reading->hide();
    m_prompt->source()->clear();
    m_prompt->start(2);
    showLibrary(false);
    showGrid(false);
  }
  showBatch();
  showEarlier();
  if (other && m_earlierModel->rowCount() > 0) showFile(m_earlierModel->keyOf(0));
}

QString ComposePage::stateText() const {
  const auto made = int(m_index.entries().size());
  return made == 0 ? QString() : made == 1 ? tr("1 picture") : tr("%n pictures", nullptr, made);
}

// ---- making

Sample ComposePage::present() const {
  Sample sample;
  sample.prompt = m_prompt->prompt().toStdString();
  sample.negative = m_prompt->negative().toStdString();
  m_settings->peek(sample);
  if (m_prompt->source()->hasSource()) {
    sample.from = toPath(m_prompt->source()->file());
    sample.strength = m_prompt->source()->strength();
  }
  return sample;
}

void ComposePage::make() {
  Sample sample;
  sample.prompt = m_prompt->prompt().toStdString();
  if (sample.prompt.empty() || !addSource(sample)) return;
  if (m_left->currentWidget() == m_grid) {
    if (m_grid->axes().empty()) return;
    sample.grid = m_grid->axes();
  } else {
    m_left->setCurrentIndex(0);
    m_prompt->source()->setPainting(false);
  }
  m_reading->hide();
  submit(std::move(sample));
}

// What is painted becomes a file that the recipe names.
bool ComposePage::addSource(Sample& sample) {
  if (!m_prompt->source()->hasSource()) return true;
  sample.from = toPath(m_prompt->source()->file());
  sample.strength = m_prompt->source()->strength();
  const auto* canvas = m_maskStage->canvas();
  if (!canvas->hasPicture() || canvas->isBlank()) return true;
  const auto file = saveMask(canvas->mask(), project().folder / "masks");
  if (file) sample.mask = *file;
  if (!file) {
    Q_EMIT noticeRequested(NoticeKind::Error,
                           tr("The mask can’t be written to %1. Free some space there, or allow writing.")
                               .arg(toQString(project().folder)));
  }
  return file.has_value();
}

void ComposePage::makeLeakTest() {
  const auto noun = QString::fromStdString(project().classNoun);
  Sample sample;
  // Prompts stay in English, the language of the models.
  sample.prompt = "a photo of " + withArticle(noun).toStdString();
  showGrid(false);
  paintMask(false);
  m_reading->showNotice(
      NoticeKind::Info,
      tr("Any %1 is fine: the word still means all of them. If these look like %2, it was overwritten; train "
         "with more prior images, or fewer steps.")
          .arg(noun.isEmpty() ? tr("subject") : noun, subjectName()));
  m_reading->show();
  submit(std::move(sample));
}

void ComposePage::submit(Sample sample) {
  if (!session()->hasProject()) return;
  const bool grid = !sample.grid.empty();
  sample.project = project().folder;
  sample.negative = m_prompt->negative().toStdString();
  m_settings->fill(sample);
  if (grid) {
    sample.count = 1;
    sample.compareWithBase = false;
  }
  const int count = sample.count;
  const JobId job = session()->submit(std::move(sample));
  if (grid) {
    for (auto& [earlier, cells] : m_grids) cells.clear();  // they lie in the project
    m_grids[job] = {};
    m_grid->table()->clearPictures();
    m_grid->setSheet({});
    return;
  }
  m_expected[job] = count;
  m_stage->setMaking(true);
  // While an earlier batch is still coming in, this one waits its turn.
  if (m_expected.size() > 1) return;
  m_batch = {};
  m_rough.clear();
  m_batch.job = job;
  m_batch.expected = count;
  m_following = true;
  showBatch();
}

void ComposePage::stop() {
  if (session()->runningJob() == m_batch.job) return session()->cancel();
  session()->cancelQueued(m_batch.job);
}

void ComposePage::takePicture(JobId job, const PictureReady& picture) {
  if (const auto grid = m_grids.find(job); grid != m_grids.end()) {
    grid->second[picture.index] = picture.image;
    if (job == m_grids.rbegin()->first) m_grid->table()->setPicture(picture.index, toQImage(picture.image));
    return;
  }
  if (job != m_batch.job) {
    m_batch = {};
    m_rough.clear();
    m_batch.job = job;
    m_batch.expected = m_expected.contains(job) ? m_expected[job] : 0;
    m_following = true;
  }
  m_batch.take(picture);
  showBatch();
  const bool first = !picture.base && m_batch.made.size() == 1;
  if (first) m_batchGrid->setCurrentKey(toQString(picture.picture.file));
}

void ComposePage::takeRough(const PictureProgress& progress) {
  const JobId job = session()->runningJob();
  if (progress.rough.empty()) return;
  if (m_grids.contains(job)) {
    for (std::size_t k = 0; k < progress.rough.size() && job == m_grids.rbegin()->first; ++k) {
      m_grid->table()->setPicture(progress.index + int(k), toQImage(progress.rough[k]));
    }
    return;
  }
  if (job != m_batch.job) return;
  for (std::size_t k = 0; k < progress.rough.size(); ++k) m_rough[progress.index + int(k)] = progress.rough[k];
  showBatch();
  if (m_following && m_batch.made.empty()) {
    m_stage->showRough(toQImage(progress.rough.front()), progress.step, progress.total, progress.base);
  }
}

void ComposePage::finishJob(JobId job, const Finished& finished) {
  if (const auto removing = m_removing.find(job); removing != m_removing.end()) {
    m_removed = finished.made;
    if (finished.outcome == Outcome::Succeeded) m_library->showRemoved(removing->second);
    m_removing.erase(removing);
    return;
  }
  if (m_grids.contains(job)) {
    if (job == m_grids.rbegin()->first && finished.outcome == Outcome::Succeeded && !finished.made.empty()) {
      m_grid->setSheet(toQString(finished.made.back()));
    }
    return;
  }
  m_expected.erase(job);
  m_stage->setMaking(!m_expected.empty());
  if (job != m_batch.job) return;
  m_batch.expected = 0;
  m_rough.clear();
  showBatch();
  if (!m_stage->showsRough()) return;
  m_stage->clear();
  if (m_earlierModel->rowCount() > 0) showFile(m_earlierModel->keyOf(0));
}

void ComposePage::showHead() {
  const bool library = m_views->currentWidget() == m_library;
  m_title->setText(library ? tr("All pictures") : tr("Make pictures"));
  const auto words = library ? tr("Make pictures") : tr("All pictures · %1").arg(m_index.entries().size());
  m_all->setText(QStringLiteral(" ") + words);
  m_all->setAccessibleName(words);
  m_all->setIcon(themedIcon(library ? "chevron_left" : "grid", Role::SoftText));
  m_all->setVisible(library || !m_index.entries().empty());
}

void ComposePage::measurePrompt() {
  if (session()->hasProject()) session()->submit(MeasurePrompt{project().folder, m_prompt->prompt().toStdString()});
}

void ComposePage::showCount() {
  if (m_left->currentWidget() != m_grid) return m_prompt->setCount(m_settings->count());
  m_grid->setSample(present());
}

void ComposePage::showBatch() {
  std::vector<PictureItem> items;
  for (const auto& [index, entry] : m_batch.made) {
    auto info = entry.info;
    if (const auto* known = pictureOf(toQString(info.file))) info.favourite = known->favourite;
    items.push_back(tileOf(info, entry.image));
  }
  for (int index = int(items.size()); index < m_batch.expected; ++index) {
    const auto rough = m_rough.find(index);
    items.push_back(emptyTile(index, rough == m_rough.end() ? nullptr : rough->second));
  }
  m_stage->setBesideVisible(!items.empty());
  m_batchView->setCount(int(items.size()));
  m_batchModel->setItems(std::move(items));
}

}  // namespace likeness
