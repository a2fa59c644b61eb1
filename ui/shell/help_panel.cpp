#include "ui/shell/help_panel.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QKeySequence>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <vector>

#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kWidth = 340;

struct Key {
  QString keys;
  QString what;
};

QString native(const QString& keys) { return QKeySequence(keys).toString(QKeySequence::NativeText); }

}  // namespace

HelpPanel::HelpPanel(QWidget* window)
    : QFrame(window),
      m_title(makeLabel({}, TextStyle::Title)),
      m_words(makeParagraph({}, TextStyle::Body)),
      m_keys(nullptr) {
  setObjectName(QStringLiteral("helpPanel"));
  setProperty("surface", QStringLiteral("card"));
  setAccessibleName(tr("Help"));
  setFocusPolicy(Qt::StrongFocus);
  setAutoFillBackground(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace24, kSpace16, kSpace24, kSpace24);
  column->setSpacing(kSpace12);
  auto* head = new QHBoxLayout;
  auto* close = makeIconButton(QStringLiteral("cross"), tr("Close (Esc)"), QStringLiteral("closeHelp"));
  m_title->setObjectName(QStringLiteral("helpTitle"));
  head->addWidget(m_title, 1);
  head->addWidget(close);
  column->addLayout(head);
  column->addWidget(m_words);
  m_rows = new QWidget;
  m_rows->setObjectName(QStringLiteral("helpKeys"));
  column->addWidget(m_rows);
  column->addStretch();
  auto* tour = makeButton(tr("Show me around"), QStringLiteral("helpTour"), ButtonKind::Secondary, ButtonSize::Small);
  auto* log = makeButton(tr("Log and report…"), QStringLiteral("helpLog"), ButtonKind::Quiet, ButtonSize::Small);
  auto* foot = new QHBoxLayout;
  foot->addWidget(tour);
  foot->addWidget(log);
  foot->addStretch();
  column->addLayout(foot);
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
  connect(tour, &QPushButton::clicked, this, [this] {
    hide();
    Q_EMIT tourRequested();
  });
  connect(log, &QPushButton::clicked, this, &HelpPanel::logRequested);
  window->installEventFilter(this);
  hide();
}

void HelpPanel::toggleFor(const QString& page) {
  if (isVisible()) return hide();
  fill(page);
  place();
  show();
  raise();
  setFocus();
}

void HelpPanel::fill(const QString& page) {
  std::vector<Key> keys;
  if (page == QStringLiteral("subject")) {
    m_title->setText(tr("Subject"));
    m_words->setText(tr("Three to five photos teach more than thirty alike ones. Show the subject whole, from different sides, in "
                        "different places. The word says what it is; the token becomes its name."));
    keys = {{native(QStringLiteral("Ctrl+V")), tr("Paste photos or a picture")},
            {native(QStringLiteral("Del")), tr("Take the chosen photo out")},
            {native(QStringLiteral("Ctrl+Z")), tr("Undo")},
            {native(QStringLiteral("Ctrl+Shift+Z")), tr("Redo")},
            {tr("Arrows"), tr("In the photo: move the square; Shift: further")},
            {QStringLiteral("+ −"), tr("In the photo: larger or smaller square")},
            {QStringLiteral("R"), tr("In the photo: turn it")},
            {QStringLiteral("C"), tr("In the photo: centre on what stands out")},
            {native(QStringLiteral("Ctrl+Shift+H")), tr("Ask the helper")}};
  } else if (page == QStringLiteral("priors")) {
    m_title->setText(tr("Prior images"));
    m_words->setText(tr("Pictures of any such thing keep the word for all of them. Without them, every dog becomes your dog. Reject "
                        "the ones that went wrong."));
    keys = {{QStringLiteral("K"), tr("Keep the chosen picture")},
            {QStringLiteral("R"), tr("Reject it")},
            {tr("Arrows"), tr("To the next picture")},
            {tr("Enter"), tr("See it large")}};
  } else if (page == QStringLiteral("training")) {
    m_title->setText(tr("Training"));
    m_words->setText(tr("The dashed line tells most: when it turns upwards, the photos are being learnt by heart. Stop and keep the "
                        "checkpoint before the turn."));
    keys = {{native(QStringLiteral("Ctrl+Shift+P")), tr("Pause or go on")}};
  } else if (page == QStringLiteral("compose")) {
    m_title->setText(tr("Compose"));
    m_words->setText(tr("[V] stands for your subject. Say where it is, in what light, and in which style. The same seed gives the same "
                        "picture again."));
    keys = {{tr("Enter"), tr("In the gallery: see it large")}};
  } else if (page == QStringLiteral("export")) {
    m_title->setText(tr("Export"));
    m_words->setText(tr("Choose where you will use it; Likeness writes what that program reads, reads it back and compares."));
  } else {
    m_title->setText(tr("Welcome"));
    m_words->setText(tr("Drop three to five photos of one subject anywhere on this window. The demo shows the whole way in a few "
                        "minutes."));
    keys = {{native(QStringLiteral("Ctrl+V")), tr("Paste photos or a picture")}};
  }
  keys.push_back({native(QStringLiteral("Ctrl+1")) + QStringLiteral(" … 5"), tr("To the steps")});
  keys.push_back({native(QStringLiteral("Ctrl+N")), tr("New project")});
  keys.push_back({native(QStringLiteral("Ctrl+O")), tr("Open a project")});
  keys.push_back({native(QStringLiteral("Ctrl+,")), tr("Settings")});
  keys.push_back({native(QStringLiteral("F1")), tr("This help")});
  qDeleteAll(m_rows->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
  delete m_rows->layout();
  m_keys = new QGridLayout(m_rows);
  m_keys->setContentsMargins(0, 0, 0, 0);
  m_keys->setHorizontalSpacing(kSpace12);
  m_keys->setVerticalSpacing(kSpace8);
  m_keys->setColumnStretch(1, 1);
  int row = 0;
  for (const Key& key : keys) {
    m_keys->addWidget(makeTokenChip(key.keys), row, 0, Qt::AlignLeft | Qt::AlignTop);
    m_keys->addWidget(makeParagraph(key.what, TextStyle::Body, Tone::Plain), row, 1);
    ++row;
  }
}

void HelpPanel::place() {
  const QRect window = parentWidget()->rect();
  const int top = kHeaderHeight + kSpace8;
  const int height = std::min(window.height() - top - kJobBarHeight - kSpace8, std::max(sizeHint().height(), heightForWidth(kWidth)));
  const bool leftToRight = layoutDirection() == Qt::LeftToRight;
  setGeometry(leftToRight ? window.width() - kWidth - kSpace8 : kSpace8, top, kWidth, height);
}

void HelpPanel::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return hide();
  QFrame::keyPressEvent(event);
}

bool HelpPanel::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
  return QFrame::eventFilter(watched, event);
}

}  // namespace likeness
