#include "ui/shell/tour.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kWidth = 340;
constexpr std::array kSteps = {"step-subject", "step-priors", "step-training", "step-compose", "step-export"};
constexpr int kStops = static_cast<int>(kSteps.size());

}  // namespace

Tour::Tour(QWidget* window)
    : QFrame(window),
      m_count(makeLabel({}, TextStyle::Small, Tone::Soft)),
      m_title(makeLabel({}, TextStyle::Heading)),
      m_words(makeParagraph({}, TextStyle::Body)),
      m_next(makeButton(tr("Next"), QStringLiteral("tourNext"), ButtonKind::Primary)),
      m_back(makeButton(tr("Back"), QStringLiteral("tourBack"))) {
  setObjectName(QStringLiteral("tour"));
  setProperty("surface", QStringLiteral("card"));
  setAccessibleName(tr("A look around"));
  setFocusPolicy(Qt::StrongFocus);
  setFixedWidth(kWidth);
  m_title->setObjectName(QStringLiteral("tourTitle"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace16, kSpace16, kSpace16, kSpace16);
  column->setSpacing(kSpace8);
  column->addWidget(m_count);
  column->addWidget(m_title);
  column->addWidget(m_words);
  auto* skip = makeButton(tr("Skip"), QStringLiteral("tourSkip"), ButtonKind::Quiet);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace8);
  row->addWidget(skip);
  row->addStretch();
  row->addWidget(m_back);
  row->addWidget(m_next);
  column->addSpacing(kSpace8);
  column->addLayout(row);
  connect(skip, &QPushButton::clicked, this, &QWidget::hide);
  connect(m_back, &QPushButton::clicked, this, [this] { go(m_stop - 1); });
  connect(m_next, &QPushButton::clicked, this, [this] { m_stop + 1 < kStops ? go(m_stop + 1) : hide(); });
  window->installEventFilter(this);
  hide();
}

void Tour::begin() {
  go(0);
  show();
  raise();
  m_next->setFocus();
}

void Tour::go(int stop) {
  m_stop = std::clamp(stop, 0, kStops - 1);
  const std::array<std::pair<QString, QString>, kStops> texts = {{
      {tr("Show it"), tr("Drop a few photos of your pet, a person or a thing. Choose the square that is learnt, and say what it is.")},
      {tr("Keep the rest"), tr("Likeness makes pictures of other such things, so that every dog doesn't become yours. Reject the bad ones.")},
      {tr("Let it learn"), tr("Choose how thorough. You see previews on the way, can pause, and keep the best moment.")},
      {tr("Make pictures"), tr("Write where your subject is and what it does; [V] stands for it. Change words, light, style, seed.")},
      {tr("Take it along"), tr("Write it out for the program that you use: ComfyUI, AUTOMATIC1111, InvokeAI or diffusers.")},
  }};
  const auto& [title, words] = texts[static_cast<std::size_t>(m_stop)];
  m_count->setText(tr("Step %1 of %2").arg(m_stop + 1).arg(kStops));
  m_title->setText(title);
  m_words->setText(words);
  m_back->setEnabled(m_stop > 0);
  m_next->setText(m_stop + 1 < kStops ? tr("Next") : tr("Done"));
  place();
}

void Tour::place() {
  const auto* step = parentWidget()->findChild<QWidget*>(QLatin1String(kSteps[static_cast<std::size_t>(m_stop)]));
  const int height = std::max(heightForWidth(kWidth), sizeHint().height());
  QPoint at(kRailWidth + kSpace8, kHeaderHeight + kSpace16);
  if (step != nullptr) {
    const QPoint corner = step->mapTo(parentWidget(), QPoint(0, 0));
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    at = {leftToRight ? corner.x() + step->width() + kSpace12 : corner.x() - kWidth - kSpace12, corner.y()};
  }
  at.setY(std::min(at.y(), parentWidget()->height() - height - kSpace8));
  setGeometry(at.x(), at.y(), kWidth, height);
}

void Tour::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Escape: return hide();
    case Qt::Key_Right: return go(m_stop + 1);
    case Qt::Key_Left: return go(m_stop - 1);
    default: QFrame::keyPressEvent(event);
  }
}

bool Tour::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
  return QFrame::eventFilter(watched, event);
}

}  // namespace likeness
