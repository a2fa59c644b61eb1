#include "ui/compose/source_strip.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QSlider>

#include "core/api/sample.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kThumbnail = 44;
constexpr int kSliderWidth = 160;

QPixmap roundedThumbnail(const QImage& image, qreal ratio) {
  const int pixels = int(kThumbnail * ratio);
  QPixmap pixmap(pixels, pixels);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  QPainterPath shape;
  shape.addRoundedRect(QRectF(0, 0, pixels, pixels), kRadiusControl * ratio, kRadiusControl * ratio);
  painter.fillPath(shape, Theme::colour(Role::Sunk));
  if (!image.isNull()) {
    const QImage scaled = image.scaled(pixels, pixels, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    painter.setClipPath(shape);
    painter.drawImage((pixels - scaled.width()) / 2, (pixels - scaled.height()) / 2, scaled);
  }
  painter.end();
  pixmap.setDevicePixelRatio(ratio);
  return pixmap;
}

}  // namespace

SourceStrip::SourceStrip(QWidget* parent)
    : QWidget(parent),
      m_thumbnail(new QLabel),
      m_name(new ElidedLabel),
      m_hint(makeLabel({}, TextStyle::Small, Tone::Soft)),
      m_strength(new QSlider(Qt::Horizontal)),
      m_percent(makeLabel({}, TextStyle::Body)),
      m_paint(makeButton(tr("Paint where"), "paintMask", ButtonKind::Secondary, ButtonSize::Small)) {
  setObjectName("sourceStrip");
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace12);
  m_thumbnail->setFixedSize(kThumbnail, kThumbnail);
  m_name->setObjectName("sourceName");
  m_name->setFont(textFont(TextStyle::Body));
  m_strength->setObjectName("strength");
  m_strength->setRange(1, 100);
  m_strength->setPageStep(10);
  m_strength->setFixedWidth(kSliderWidth);
  m_percent->setMinimumWidth(m_percent->fontMetrics().horizontalAdvance(QStringLiteral("100 %")));
  m_paint->setCheckable(true);
  m_paint->setToolTip(tr("Paint over the part that should change; the rest stays as it is"));
  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  words->addStretch(1);
  words->addWidget(m_name);
  words->addWidget(m_hint);
  words->addStretch(1);
  auto* remove = makeIconButton("cross", tr("Start from nothing again"), "clearSource");
  row->addWidget(m_thumbnail);
  row->addLayout(words, 1);
  row->addWidget(makeFieldLabel(tr("How much changes"), m_strength));
  row->addWidget(m_strength);
  row->addWidget(m_percent);
  row->addSpacing(kSpace4);
  row->addWidget(m_paint);
  row->addWidget(remove);
  connect(m_strength, &QSlider::valueChanged, this, &SourceStrip::showStrength);
  connect(m_paint, &QPushButton::clicked, this, &SourceStrip::paintRequested);
  connect(remove, &QToolButton::clicked, this, &SourceStrip::clear);
  setStrength(Sample().strength);
  showStrength();
  hide();
}

void SourceStrip::setSource(const QString& file, const QString& title) {
  m_file = file;
  m_title = title.isEmpty() ? QFileInfo(file).fileName() : title;
  m_masked = false;
  m_paint->setChecked(false);
  setThumbnail({});
  showName();
  setVisible(hasSource());
  Q_EMIT sourceChanged();
}

void SourceStrip::setThumbnail(const QImage& thumbnail) {
  m_thumbnail->setPixmap(roundedThumbnail(thumbnail, devicePixelRatioF()));
}

void SourceStrip::clear() { setSource({}); }

double SourceStrip::strength() const { return m_strength->value() / 100.0; }

void SourceStrip::setStrength(double strength) { m_strength->setValue(int(strength * 100 + 0.5)); }

void SourceStrip::setMasked(bool masked) {
  m_masked = masked;
  showName();
}

void SourceStrip::setPainting(bool painting) { m_paint->setChecked(painting); }

void SourceStrip::showName() {
  m_name->setFullText(m_masked ? tr("Changes the painted part of %1").arg(m_title) : tr("Starts from %1").arg(m_title));
  m_thumbnail->setAccessibleName(m_name->fullText());
}

void SourceStrip::showStrength() {
  const int percent = m_strength->value();
  m_percent->setText(tr("%1 %").arg(percent));
  m_hint->setText(percent < 35   ? tr("Nearly all of it stays")
                  : percent < 65 ? tr("Its shapes stay, details change")
                  : percent < 90 ? tr("Its layout stays, the rest is new")
                                 : tr("Hardly anything of it stays"));
}

}  // namespace likeness
