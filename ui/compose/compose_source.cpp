// What the next pictures start from, and where it is to change.
#include <QFileInfo>
#include <QImageReader>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>

#include "core/api/recipe_json.h"
#include "ui/compose/compose_page.h"
#include "ui/compose/mask_stage.h"
#include "ui/compose/picture_stage.h"
#include "ui/compose/prompt_bar.h"
#include "ui/compose/sample_settings.h"
#include "ui/compose/source_strip.h"
#include "ui/compose/start_menu.h"
#include "ui/widgets/image_loader.h"
#include "ui/widgets/mask_canvas.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kSourceEdge = 2048;  // what is looked at; the mask has the file's own pixels

// The pixels of a file as it is upright; invalid when Qt can't tell.
QSize uprightSize(const QString& file) {
  QImageReader reader(file);
  const QSize size = reader.size();
  return reader.transformation() & QImageIOHandler::TransformationRotate90 ? size.transposed() : size;
}

}  // namespace

void ComposePage::startFrom(const QString& file, bool paint) {
  if (file.isEmpty()) return;
  showLibrary(false);
  m_sourceMask.clear();
  const auto* made = pictureOf(file);
  const auto recipe = made ? sampleFromRecipe(made->recipe) : std::nullopt;
  m_prompt->source()->setSource(
      file, recipe ? tr("“%1”, seed %2").arg(QString::fromStdString(recipe->prompt)).arg(recipe->seed) : QString());
  paintMask(paint);
  m_loader->request(file, kSourceEdge);
}

void ComposePage::sourceChanged() {
  const auto* source = m_prompt->source();
  m_sourceFile = source->file();
  m_settings->setStartsFromPicture(source->hasSource());
  m_maskStage->canvas()->setPicture({});
  m_prompt->source()->setMasked(false);
  if (!source->hasSource()) paintMask(false);
  showCount();
}

void ComposePage::takeSource(const QString& file, const QImage& image) {
  QImage shown = image;
  QSize full = uprightSize(file);
  // RAW and others that only the engine reads: the photo's thumbnail stands for it.
  for (const auto& photo : project().photos) {
    if (!shown.isNull() || toQString(photo.file) != file) continue;
    shown = toQImage(photo.thumbnail);
    full = QSize(photo.width, photo.height);
  }
  if (shown.isNull()) {
    m_prompt->source()->clear();
    return Q_EMIT noticeRequested(
        NoticeKind::Error, tr("%1 can’t be read as a picture. Choose another one.").arg(QFileInfo(file).fileName()));
  }
  m_prompt->source()->setThumbnail(shown);
  if (m_maskStage->canvas()->hasPicture()) return;  // read again for something else
  m_maskStage->canvas()->setPicture(shown, full);
  if (!m_sourceMask.empty()) m_maskStage->canvas()->setMask(QImage(toQString(m_sourceMask)));
  m_sourceMask.clear();
}

void ComposePage::paintMask(bool paint) {
  const bool painting = paint && m_prompt->source()->hasSource();
  m_prompt->source()->setPainting(painting);
  if (painting) {
    m_settings->setGridOpen(false);
    m_left->setCurrentWidget(m_maskStage);
    m_maskStage->canvas()->setFocus();
  } else if (m_left->currentWidget() == m_maskStage) {
    m_left->setCurrentIndex(0);
  }
  showCount();
}

}  // namespace likeness
