#include "ui/compose/picture_stage.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <algorithm>

#include "ui/compose/before_after.h"
#include "ui/compose/recipe.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dropped_files.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kViewShare = 3;  // of the width, beside the batch
constexpr int kBesideShare = 2;

QString captionOf(const std::optional<Sample>& made, const QString& subject) {
  if (!made) return {};
  if (made->weights == WhichWeights::Base) return PictureStage::tr("Base model · seed %1").arg(made->seed);
  const bool shown = QString::fromStdString(made->prompt).contains(QStringLiteral("[V]"));
  if (!shown) return PictureStage::tr("Without [V] · seed %1").arg(made->seed);
  return subject.isEmpty() ? PictureStage::tr("Seed %1").arg(made->seed)
                           : PictureStage::tr("With %1 · seed %2").arg(subject).arg(made->seed);
}

}  // namespace

PictureStage::PictureStage(QWidget* beside, QWidget* parent)
    : QWidget(parent),
      m_view(new BeforeAfter),
      m_beside(beside),
      m_recipe(new ElidedLabel),
      m_stop(makeButton(tr("Stop"), "stopMaking", ButtonKind::Secondary, ButtonSize::Small)),
      m_start(makeButton(tr("Start from this"), "startFromThis", ButtonKind::Secondary, ButtonSize::Small)),
      m_reuse(makeButton(tr("Use these settings"), "reuse", ButtonKind::Secondary, ButtonSize::Small)),
      m_copy(makeIconButton("copy", tr("Copy the picture"), "copyPicture")),
      m_folder(makeIconButton("folder", tr("Open its folder"), "openFolder")) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace8);
  auto* pictures = new QHBoxLayout;
  pictures->setSpacing(kSpace12);
  pictures->addWidget(m_view, kViewShare);
  pictures->addWidget(beside, kBesideShare);
  column->addLayout(pictures, 1000);  // the rest gets what the pictures can't use
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace4);
  m_recipe->setObjectName("recipe");
  m_recipe->setFont(textFont(TextStyle::Small));
  setTone(m_recipe, Tone::Soft);
  row->addWidget(m_recipe, 1);
  row->addWidget(m_stop);
  row->addWidget(m_start);
  row->addWidget(m_reuse);
  row->addWidget(m_copy);
  row->addWidget(m_folder);
  column->addLayout(row);
  column->addStretch(1);
  m_reuse->setToolTip(tr("Takes over prompt, seed and settings of this picture"));
  connect(m_reuse, &QPushButton::clicked, this, [this] {
    if (const auto sample = sampleFromRecipe(m_picture.recipe)) Q_EMIT reuseRequested(*sample);
  });
  m_start->setToolTip(tr("Makes the next pictures from this one, in part or as a whole"));
  m_stop->hide();
  connect(m_stop, &QPushButton::clicked, this, &PictureStage::stopRequested);
  connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT startRequested(toQString(m_picture.file)); });
  connect(m_copy, &QToolButton::clicked, this, &PictureStage::copyPicture);
  connect(m_folder, &QToolButton::clicked, this, &PictureStage::openFolder);
  clear();
}

void PictureStage::showPicture(const PictureInfo& picture, const QImage& image, const QString& subject) {
  m_picture = picture;
  m_rough = false;
  const auto made = sampleFromRecipe(picture.recipe);
  m_view->setPicture(QPixmap::fromImage(image), toQString(picture.file), captionOf(made, subject));
  m_view->setBefore({});
  fitView();
  m_recipe->setFullText(made ? settingsInWords(*made) : toQString(picture.file.filename()));
  if (made) m_recipe->setToolTip(QStringLiteral("<qt>%1</qt>").arg(recipeInWords(*made).toHtmlEscaped().replace('\n', QStringLiteral("<br>"))));
  setActions(true, made.has_value());
}

void PictureStage::setActions(bool picture, bool recipe) {
  for (QWidget* button :
       {static_cast<QWidget*>(m_copy), static_cast<QWidget*>(m_folder), static_cast<QWidget*>(m_start)}) {
    button->setEnabled(picture);
    button->setVisible(picture);
  }
  m_reuse->setEnabled(recipe);
  m_reuse->setVisible(picture);
}

void PictureStage::showRough(const QImage& rough, int step, int steps, bool before) {
  m_picture = {};
  m_rough = true;
  const auto at = tr("Step %1 of %2").arg(step).arg(steps);
  m_view->setPicture(QPixmap::fromImage(rough), {}, before ? tr("Before · %1").arg(at) : at);
  m_view->setBefore({});
  m_view->setProgress(double(step) / std::max(1, steps));
  fitView();
  m_recipe->setFullText(before ? tr("The base model’s picture, to compare with")
                               : tr("A rough look; it sharpens towards the end"));
  m_recipe->setToolTip({});
  setActions(false, false);
}

void PictureStage::setMaking(bool making) { m_stop->setVisible(making); }

void PictureStage::showBefore(const QImage& before) { m_view->setBefore(QPixmap::fromImage(before)); }

void PictureStage::clear() {
  m_picture = {};
  m_view->clear();
  m_rough = false;
  m_recipe->setFullText({});
  setActions(false, false);
}

void PictureStage::setEmptyText(const QString& text) { m_view->setEmptyText(text); }

void PictureStage::setBesideVisible(bool visible) {
  m_beside->setVisible(visible);
  fitView();
}

void PictureStage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitView();
}

// No wider than its picture, so that the batch stands right beside it.
void PictureStage::fitView() {
  const int room = height() - m_reuse->sizeHint().height() - kSpace8;
  const auto picture = m_view->picture().size();
  const double aspect = picture.isEmpty() ? 1.0 : double(picture.width()) / picture.height();
  const bool alone = m_beside->isHidden();
  const int across = alone ? width() : (width() - kSpace12) * kViewShare / (kViewShare + kBesideShare);
  const int high = std::max(m_view->minimumHeight(), std::min(room, picture.isEmpty() ? room : int(across / aspect)));
  m_view->setMaximumSize(alone ? QWIDGETSIZE_MAX : std::max(m_view->minimumWidth(), int(high * aspect) + 2), high + 2);
  m_beside->setMaximumHeight(high + 2);
}

void PictureStage::copyPicture() {
  auto* data = madePictureData({toQString(m_picture.file)});
  data->setImageData(m_view->picture().toImage());
  QGuiApplication::clipboard()->setMimeData(data);
}

void PictureStage::openFolder() {
  QDesktopServices::openUrl(QUrl::fromLocalFile(toQString(m_picture.file.parent_path())));
}

}  // namespace likeness
