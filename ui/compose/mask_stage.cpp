#include "ui/compose/mask_stage.h"

#include <QHBoxLayout>
#include <QSlider>
#include <algorithm>
#include <cmath>

#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/mask_canvas.h"

namespace likeness {
namespace {

constexpr int kToolsWidth = 208;
constexpr int kSizeSteps = 100;  // from the smallest brush to one as large as the picture, by equal factors
constexpr double kPowers = 2.3;

int stepOfBrush(double part) { return int(std::lround((std::log10(part) / kPowers + 1) * kSizeSteps)); }
double brushOfStep(int step) { return std::pow(10.0, (double(step) / kSizeSteps - 1) * kPowers); }

}  // namespace

MaskStage::MaskStage(QWidget* parent)
    : QWidget(parent),
      m_canvas(new MaskCanvas),
      m_brush(makeButton(tr("Paint"), "maskBrush", ButtonKind::Secondary, ButtonSize::Small)),
      m_eraser(makeButton(tr("Erase"), "maskEraser", ButtonKind::Secondary, ButtonSize::Small)),
      m_size(new QSlider(Qt::Horizontal)),
      m_undo(makeIconButton("undo", tr("Undo (Ctrl+Z)"), "maskUndo")),
      m_redo(makeIconButton("redo", tr("Redo (Ctrl+Shift+Z)"), "maskRedo")),
      m_clear(makeButton(tr("Clear"), "maskClear", ButtonKind::Secondary, ButtonSize::Small)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace16);
  row->addWidget(m_canvas, 1);
  row->addWidget(makeTools());
  row->addStretch(0);
  setFocusProxy(m_canvas);
  showTools();
}

QWidget* MaskStage::makeTools() {
  auto* tools = new Card;
  tools->setFixedWidth(kToolsWidth);
  auto* column = tools->column();
  column->setSpacing(kSpace12);
  column->addWidget(
      makeParagraph(tr("Paint over what should change. The rest stays as it is."), TextStyle::Body, Tone::Plain));
  const auto pair = [column](QWidget* left, QWidget* right) {
    auto* row = new QHBoxLayout;
    row->setSpacing(kSpace8);
    row->addWidget(left, 1);
    row->addWidget(right, 1);
    column->addLayout(row);
  };
  m_brush->setCheckable(true);
  m_eraser->setCheckable(true);
  pair(m_brush, m_eraser);
  m_size->setObjectName("brushSize");
  m_size->setRange(0, kSizeSteps);
  column->addWidget(makeFieldLabel(tr("Brush"), m_size));
  column->addWidget(m_size);
  auto* invert = makeButton(tr("Invert"), "maskInvert", ButtonKind::Secondary, ButtonSize::Small);
  invert->setToolTip(tr("What was painted stays, the rest changes (I)"));
  pair(invert, m_clear);
  auto* steps = new QHBoxLayout;
  steps->addWidget(m_undo);
  steps->addWidget(m_redo);
  steps->addStretch(1);
  column->addLayout(steps);
  auto* keys = makeParagraph(
      tr("[ and ] or the wheel change the brush, E or the right button erases, Shift draws a line, Ctrl and the "
         "wheel look closer."),
      TextStyle::Small);
  column->addWidget(keys);
  column->addStretch(1);
  auto* done = makeButton(tr("Done"), "maskDone");
  column->addWidget(done);
  hear(invert, done);
  return tools;
}

void MaskStage::hear(QPushButton* invert, QPushButton* done) {
  connect(m_brush, &QPushButton::clicked, this, [this] { m_canvas->setErasing(false), showTools(); });
  connect(m_eraser, &QPushButton::clicked, this, [this] { m_canvas->setErasing(true), showTools(); });
  connect(m_size, &QSlider::valueChanged, this, [this](int step) {
    if (step != stepOfBrush(m_canvas->brush())) m_canvas->setBrush(brushOfStep(step));
  });
  connect(invert, &QPushButton::clicked, m_canvas, &MaskCanvas::invert);
  connect(m_undo, &QToolButton::clicked, m_canvas, &MaskCanvas::undo);
  connect(m_redo, &QToolButton::clicked, m_canvas, &MaskCanvas::redo);
  connect(m_clear, &QPushButton::clicked, m_canvas, &MaskCanvas::clearMask);
  connect(done, &QPushButton::clicked, this, &MaskStage::doneRequested);
  connect(m_canvas, &MaskCanvas::doneRequested, this, &MaskStage::doneRequested);
  connect(m_canvas, &MaskCanvas::toolChanged, this, &MaskStage::showTools);
  connect(m_canvas, &MaskCanvas::maskChanged, this, &MaskStage::showTools);
}

void MaskStage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitCanvas();
}

// No wider than its picture, so that the tools stand right beside it.
void MaskStage::fitCanvas() {
  const auto picture = m_canvas->fullSize();
  const int wide = picture.isEmpty() ? QWIDGETSIZE_MAX : int(double(height()) * picture.width() / picture.height()) + 2;
  m_canvas->setMaximumWidth(std::max(m_canvas->minimumWidth(), wide));
}

void MaskStage::showTools() {
  m_brush->setChecked(!m_canvas->isErasing());
  m_eraser->setChecked(m_canvas->isErasing());
  m_size->setValue(stepOfBrush(m_canvas->brush()));
  m_undo->setEnabled(m_canvas->canUndo());
  m_redo->setEnabled(m_canvas->canRedo());
  fitCanvas();
  m_clear->setEnabled(m_canvas->hasPicture() && !m_canvas->isBlank());
}

}  // namespace likeness
