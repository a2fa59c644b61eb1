#include "ui/compose/compose_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QAbstractButton>
#include <algorithm>

#include "ui/compose/before_after.h"
#include "ui/compose/gallery.h"
#include "ui/compose/made_pictures.h"
#include "ui/compose/picture_stage.h"
#include "ui/compose/prompt_bar.h"
#include "ui/compose/recipe.h"
#include "ui/compose/sample_settings.h"
#include "ui/theme/metrics.h"
#include "ui/training/training_stage.h"
#include "ui/widgets/format.h"
#include "ui/widgets/image_loader.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kSettingsWidth = 320;
constexpr int kEarlier = 84;
constexpr std::size_t kMostEarlier = 300;
constexpr int kStageEdge = 4096;

}  // namespace

ComposePage::ComposePage(Session* session, QWidget* parent)
    : Page(session, parent),
      m_prompt(new PromptBar),
      m_batchModel(new MadePictures(this)),
      m_batchGrid(new PictureGrid(m_batchModel)),
      m_gallery(new Gallery(m_batchGrid)),
      m_stage(new PictureStage(m_gallery)),
      m_earlierTitle(makeLabel(tr("Earlier"), TextStyle::Heading)),
      m_earlierModel(new MadePictures(this)),
      m_earlierGrid(new PictureGrid(m_earlierModel)),
      m_settings(new SampleSettings),
      m_loader(new ImageLoader(this)) {
  setObjectName(id());
  addTitle(tr("Make pictures"));
  m_lead = addLead({});
  column()->addWidget(m_prompt);
  makeMiddle();
  hear();
  projectChanged();
}

void ComposePage::makeMiddle() {
  m_batchGrid->setObjectName("batch");
  m_batchGrid->setAccessibleName(tr("Pictures of this batch"));
  m_earlierGrid->setObjectName("earlier");
  m_earlierGrid->setAccessibleName(tr("Pictures made earlier"));
  m_earlierGrid->setSingleRow(kEarlier);
  m_stage->setEmptyText(tr("Your pictures appear here."));
  m_settings->setFixedWidth(kSettingsWidth);
  for (auto* grid : {m_batchGrid, m_earlierGrid}) {
    grid->setDragEnabled(true);
    grid->setDragDropMode(QAbstractItemView::DragOnly);
    grid->setSelectionMode(QAbstractItemView::ExtendedSelection);
    grid->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(grid, &QWidget::customContextMenuRequested, this,
            [this, grid](const QPoint& position) { offerMenu(grid, position); });
    connect(grid, &PictureGrid::currentKeyChanged, this, &ComposePage::showFile);
    connect(grid, &QListView::clicked, this, [this, grid] { showFile(grid->currentKey()); });
  }
  auto* left = new QVBoxLayout;
  left->setSpacing(kSpace8);
  left->addWidget(m_stage, 1);
  left->addWidget(m_earlierTitle);
  left->addWidget(m_earlierGrid);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace24);
  row->addLayout(left, 1);
  row->addWidget(m_settings);
  column()->addLayout(row, 1);
}

void ComposePage::hear() {
  connect(m_prompt, &PromptBar::makeRequested, this, &ComposePage::make);
  connect(m_settings, &SampleSettings::countChanged, m_prompt, &PromptBar::setCount);
  connect(m_settings, &SampleSettings::leakTestRequested, this, &ComposePage::makeLeakTest);
  connect(m_stage, &PictureStage::reuseRequested, this, &ComposePage::reuse);
  connect(m_loader, &ImageLoader::loaded, this, &ComposePage::readForStage);
  connect(session(), &Session::pictureArrived, this, &ComposePage::takePicture);
  connect(session(), &Session::finished, this, &ComposePage::finishBatch);
}

void ComposePage::projectChanged() {
  const bool other = project().folder != m_folder;
  m_prompt->setSubject(subjectName(), QString::fromStdString(project().classNoun));
  m_prompt->setReady(session()->hasProject());
  m_settings->setProject(project());
  m_settings->setEnabled(session()->hasProject());
  const auto* run = newestRun(project());
  const bool trained = run && !run->checkpoints.empty();
  m_lead->setText(tr("Nothing is learnt yet, so pictures come from the base model."));
  m_lead->setVisible(session()->hasProject() && !trained);
  if (other) {
    m_folder = project().folder;
    m_batch = {};
    m_stage->clear();
    m_prompt->start(2);
  }
  showBatch();
  showEarlier();
  if (other && m_earlierModel->rowCount() > 0) showFile(m_earlierModel->keyOf(0));
}

QString ComposePage::stateText() const {
  const auto made = std::count_if(project().pictures.begin(), project().pictures.end(),
                                  [](const PictureInfo& picture) { return !isBefore(picture); });
  return made == 0 ? QString() : made == 1 ? tr("1 picture") : tr("%n pictures", nullptr, int(made));
}

void ComposePage::make() {
  Sample sample;
  sample.prompt = m_prompt->prompt().toStdString();
  if (sample.prompt.empty()) return;
  submit(std::move(sample));
}

void ComposePage::makeLeakTest() {
  const auto noun = QString::fromStdString(project().classNoun);
  Sample sample;
  // Prompts stay in English, the language of the models.
  sample.prompt = "a photo of " + withArticle(noun).toStdString();
  submit(std::move(sample));
}

void ComposePage::submit(Sample sample) {
  if (!session()->hasProject()) return;
  sample.project = project().folder;
  sample.negative = m_prompt->negative().toStdString();
  m_settings->fill(sample);
  const int count = sample.count;
  const JobId job = session()->submit(std::move(sample));
  m_expected[job] = count;
  // While an earlier batch is still coming in, this one waits its turn.
  if (m_expected.size() > 1) return;
  m_batch = {};
  m_batch.job = job;
  m_batch.expected = count;
  showBatch();
}

void ComposePage::takePicture(JobId job, const PictureReady& picture) {
  if (job != m_batch.job) {
    m_batch = {};
    m_batch.job = job;
    m_batch.expected = m_expected.contains(job) ? m_expected[job] : 0;
  }
  m_batch.take(picture);
  showBatch();
  const bool first = !picture.base && m_batch.made.size() == 1;
  if (first) m_batchGrid->setCurrentKey(toQString(picture.picture.file));
}

void ComposePage::finishBatch(JobId job) {
  m_expected.erase(job);
  if (job != m_batch.job) return;
  m_batch.expected = 0;
  showBatch();
}

void ComposePage::showBatch() {
  std::vector<PictureItem> items;
  for (const auto& [index, entry] : m_batch.made) items.push_back(tileOf(entry.info, entry.image));
  for (int index = int(items.size()); index < m_batch.expected; ++index) items.push_back(emptyTile(index));
  m_stage->setBesideVisible(!items.empty());
  m_gallery->setCount(int(items.size()));
  m_batchModel->setItems(std::move(items));
}

void ComposePage::showEarlier() {
  std::vector<PictureItem> items;
  const auto& pictures = project().pictures;
  for (auto picture = pictures.rbegin(); picture != pictures.rend() && items.size() < kMostEarlier; ++picture) {
    if (!isBefore(*picture)) items.push_back(tileOf(*picture));
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
  if (index >= 0) return showOfBatch(index);
  const auto* picture = pictureOf(file);
  if (!picture) return;
  m_stage->showPicture(*picture, {}, subjectName());
  m_loader->request(file, kStageEdge);
  if (const auto* before = beforeOf(*picture, project().pictures)) {
    m_beforeFile = toQString(before->file);
    m_loader->request(m_beforeFile, kStageEdge);
  }
}

void ComposePage::readForStage(const QString& file, const QImage& image) {
  const auto shown = m_stage->picture();
  if (file == toQString(shown.file)) {
    const auto before = m_stage->view()->before();
    m_stage->showPicture(shown, image, subjectName());
    m_stage->showBefore(before.toImage());
  } else if (file == m_beforeFile) {
    m_stage->showBefore(image);
  }
}

const PictureInfo* ComposePage::pictureOf(const QString& file) const {
  const auto path = toPath(file);
  for (const auto& picture : project().pictures) {
    if (picture.file == path) return &picture;
  }
  return nullptr;
}

void ComposePage::reuse(const Sample& sample) {
  m_prompt->setPrompt(QString::fromStdString(sample.prompt));
  m_prompt->setNegative(QString::fromStdString(sample.negative));
  m_settings->apply(sample);
}

void ComposePage::offerMenu(PictureGrid* grid, const QPoint& position) {
  const auto file = grid->currentKey();
  if (file.isEmpty()) return;
  showFile(file);
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  for (const char* name : {"reuse", "copyPicture", "openFolder"}) {
    auto* button = m_stage->findChild<QAbstractButton*>(name);
    const auto text = button->text().isEmpty() ? button->toolTip() : button->text();
    menu->addAction(text, button, &QAbstractButton::click);
  }
  menu->popup(grid->viewport()->mapToGlobal(position));
}

}  // namespace likeness
