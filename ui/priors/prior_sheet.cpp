#include "ui/priors/prior_sheet.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "ui/widgets/image_loader.h"
#include "ui/widgets/picture_grid.h"
#include "ui/widgets/picture_viewer.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kTile = 108;
constexpr int kCloseEdge = 1600;

}  // namespace

PriorSheet::PriorSheet(QWidget* overlayParent, QWidget* parent)
    : QWidget(parent),
      m_model(new PictureModel(this)),
      m_grid(new PictureGrid(m_model)),
      m_viewer(new PictureViewer(overlayParent)),
      m_loader(new ImageLoader(this)) {
  m_grid->setObjectName(QStringLiteral("priorGrid"));
  m_grid->setAccessibleName(tr("Prior images"));
  m_grid->setSelectionMode(QAbstractItemView::ExtendedSelection);
  m_grid->setMinimumTile(kTile);
  m_grid->installEventFilter(this);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_grid);
  connect(m_grid, &PictureGrid::markClicked, this, &PriorSheet::toggle);
  connect(m_grid, &PictureGrid::doubleClicked, this, &PriorSheet::look);
  connect(m_viewer, &PictureViewer::stepRequested, this, &PriorSheet::step);
  connect(m_viewer, &PictureViewer::closed, m_grid, [this] { m_grid->setFocus(); });
  connect(m_viewer, &PictureViewer::keyPressed, this, [this](int key) {
    if (key == Qt::Key_K || key == Qt::Key_R) mark({m_grid->currentKey()}, key == Qt::Key_K);
  });
  connect(m_loader, &ImageLoader::loaded, this, [this](const QString& file, const QImage& image) {
    if (m_viewer->isVisible() && file == m_grid->currentKey() && !image.isNull()) m_viewer->showPicture(image, caption());
  });
}

void PriorSheet::showPriors(const std::vector<PriorInfo>& priors, int coming) {
  std::vector<PictureItem> items;
  items.reserve(priors.size() + static_cast<std::size_t>(std::max(0, coming)));
  for (const PriorInfo& prior : priors) {
    PictureItem item;
    item.key = item.file = toQString(prior.file);
    item.dimmed = !prior.kept;
    item.mark = prior.kept ? QStringLiteral("cross") : QStringLiteral("check");
    if (!prior.kept) item.badge = {tr("Rejected"), Tone::Error, QStringLiteral("cross")};
    item.accessibleText = tr("Prior image %1, %2").arg(items.size() + 1).arg(prior.kept ? tr("kept") : tr("rejected"));
    items.push_back(std::move(item));
  }
  for (int k = 0; k < coming; ++k) {
    PictureItem item;
    item.key = QStringLiteral("coming-%1").arg(items.size());
    item.placeholder = true;
    items.push_back(std::move(item));
  }
  m_model->setItems(std::move(items));
  if (m_viewer->isVisible()) look();
}

bool PriorSheet::eventFilter(QObject* watched, QEvent* event) {
  if (watched != m_grid || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
  const auto* press = static_cast<QKeyEvent*>(event);
  if (press->modifiers() != Qt::NoModifier) return false;
  switch (press->key()) {
    case Qt::Key_K: mark(m_grid->selectedKeys(), true); return true;
    case Qt::Key_R: mark(m_grid->selectedKeys(), false); return true;
    case Qt::Key_Space: toggle(m_grid->currentKey()); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: look(); return true;
    default: return false;
  }
}

void PriorSheet::mark(const QStringList& files, bool kept) {
  if (files.isEmpty() || files.front().isEmpty()) return;
  Q_EMIT marked(files, kept);
  if (files.size() == 1) step(1);  // on to the next, so that a sheet is gone through with one key
}

void PriorSheet::toggle(const QString& file) {
  if (!file.isEmpty()) Q_EMIT marked({file}, !isKept(file));
}

bool PriorSheet::isKept(const QString& file) const {
  const int row = m_model->rowOf(file);
  return row >= 0 && !m_model->items()[static_cast<std::size_t>(row)].dimmed;
}

QString PriorSheet::caption() const {
  const QString file = m_grid->currentKey();
  const QString state = isKept(file) ? tr("Kept") : tr("Rejected");
  return tr("%1 · %2 · K keep, R reject, arrows for others, Esc back").arg(QFileInfo(file).fileName(), state);
}

void PriorSheet::look() {
  const QString file = m_grid->currentKey();
  const int row = m_grid->currentIndex().row();
  if (file.isEmpty() || row < 0 || m_model->items()[static_cast<std::size_t>(row)].placeholder) return;
  m_viewer->showPicture(m_model->imageAt(row), caption());
  m_loader->request(file, kCloseEdge);
}

void PriorSheet::step(int by) {
  const int row = m_grid->currentIndex().row() + by;
  if (row < 0 || row >= m_model->rowCount() || m_model->items()[static_cast<std::size_t>(row)].placeholder) return;
  m_grid->setCurrentIndex(m_model->index(row));
  if (m_viewer->isVisible()) look();
}

}  // namespace likeness
