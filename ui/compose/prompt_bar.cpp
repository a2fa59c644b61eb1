#include "ui/compose/prompt_bar.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QSvgRenderer>
#include <QToolButton>

#include "ui/compose/prompt_edit.h"
#include "ui/compose/source_strip.h"
#include "ui/compose/starters.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kNegativeWidth = 220;
constexpr int kStarterIcon = 20;

// Rounded here: Qt's reader of SVG does not know clip paths. Room beside it keeps it off the text.
QIcon starterIcon(const QString& name) {
  constexpr int kSharp = 4;  // up to 400 %
  QPixmap pixmap((kStarterIcon + kSpace8) * kSharp, kStarterIcon * kSharp);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  const double left = QGuiApplication::isRightToLeft() ? kSpace8 * kSharp : 0;
  const QRectF place(left, 0, kStarterIcon * kSharp, kStarterIcon * kSharp);
  QPainterPath shape;
  shape.addRoundedRect(place, 6 * kSharp, 6 * kSharp);
  painter.setClipPath(shape);
  QSvgRenderer(QStringLiteral(":/likeness/starters/%1.svg").arg(name)).render(&painter, place);
  painter.end();
  return QIcon(pixmap);
}

}  // namespace

PromptBar::PromptBar(QWidget* parent)
    : QWidget(parent),
      m_prompt(new PromptEdit),
      m_make(makeButton({}, "make", ButtonKind::Primary)),
      m_negative(new QLineEdit),
      m_hint(makeLabel({}, TextStyle::Small, Tone::Soft)),
      m_length(makeLabel({}, TextStyle::Small, Tone::Soft)),
      m_addSubject(makeButton(tr("Add [V]"), "addSubject", ButtonKind::Secondary, ButtonSize::Small)),
      m_startFrom(makeIconButton("photo", tr("Start from a picture"), "startFrom")),
      m_source(new SourceStrip) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace12);
  makePromptCard();
  makeStarterRow();
  setCount(4);
  connect(m_prompt, &PromptEdit::promptChanged, this, &PromptBar::showHint);
  connect(m_prompt, &PromptEdit::promptChanged, this, &PromptBar::promptChanged);
  connect(m_prompt, &PromptEdit::submitted, m_make, &QPushButton::click);
  connect(m_make, &QPushButton::clicked, this, &PromptBar::makeRequested);
  connect(m_addSubject, &QPushButton::clicked, m_prompt, &PromptEdit::insertSubject);
  showHint();
}

void PromptBar::makePromptCard() {
  auto* card = new Card;
  card->column()->setContentsMargins(kSpace16, kSpace12, kSpace12, kSpace12);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace12);
  m_prompt->setObjectName("prompt");
  m_prompt->setAccessibleName(tr("Prompt"));
  m_prompt->setAccessibleDescription(tr("What the picture should show; [V] stands for your subject"));
  m_prompt->setPlaceholderText(tr("Say what the picture should show; [V] stands for your subject"));
  m_prompt->setProperty("bare", true);
  m_prompt->setFrameShape(QFrame::NoFrame);
  auto font = textFont(TextStyle::Body);
  font.setPixelSize(16);
  m_prompt->setFont(font);
  row->addWidget(m_prompt, 1, Qt::AlignVCenter);
  row->addWidget(m_hint, 0, Qt::AlignVCenter);
  row->addWidget(m_addSubject, 0, Qt::AlignVCenter);
  row->addWidget(m_length, 0, Qt::AlignVCenter);
  row->addWidget(m_startFrom, 0, Qt::AlignVCenter);
  row->addWidget(m_make, 0, Qt::AlignVCenter);
  m_length->setObjectName("promptLength");
  m_startFrom->setPopupMode(QToolButton::InstantPopup);
  card->column()->addLayout(row);
  card->column()->addWidget(m_source);
  layout()->addWidget(card);
}

void PromptBar::makeStarterRow() {
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace8);
  int index = 0;
  for (const auto& starter : starters({})) {
    auto* chip = makeButton(starter.name, QStringLiteral("starter%1").arg(index), ButtonKind::Chip);
    chip->setIcon(starterIcon(starter.picture));
    chip->setIconSize({kStarterIcon + kSpace8, kStarterIcon});
    chip->setToolTip(tr("Fills in a prompt; press again for another"));
    connect(chip, &QPushButton::clicked, this, [this, index] {
      start(index);
      m_prompt->setFocus();
    });
    row->addWidget(chip);
    m_next.push_back(0);
    ++index;
  }
  row->addStretch(1);
  m_negative->setObjectName("negative");
  m_negative->setPlaceholderText(tr("blurry, text"));
  m_negative->setAcceptDrops(false);  // a dropped picture is for the page
  m_negative->setFixedWidth(kNegativeWidth);
  row->addWidget(makeFieldLabel(tr("Not wanted"), m_negative));
  row->addWidget(m_negative);
  connect(m_negative, &QLineEdit::returnPressed, m_make, &QPushButton::click);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void PromptBar::setSubject(const QString& name, const QString& classNoun, int subjects) {
  m_name = name;
  m_noun = classNoun;
  m_prompt->setSubjects(subjects);
  showHint();
}

void PromptBar::setWords(const QStringList& words) { m_prompt->setWords(words); }

void PromptBar::focusPrompt() { m_prompt->setFocus(); }

void PromptBar::setLength(const PromptMeasured& measured) {
  if (measured.prompt != m_prompt->prompt().toStdString()) return;
  const int room = measured.chunks * measured.chunkTokens;
  const bool bad = !measured.complaint.empty();
  m_length->setText(bad ? tr("Can’t be read") : tr("%1 of %2").arg(measured.tokens).arg(room));
  m_length->setToolTip(
      bad ? QString::fromStdString(measured.complaint)
          : tr("How much of the prompt’s room is used, in pieces of words. Beyond %1 the model reads it in "
               "several parts, and single words count less.")
                .arg(measured.chunkTokens));
  setTone(m_length, bad || measured.chunks > 1 ? Tone::Warning : Tone::Soft);
  m_length->setAccessibleDescription(m_length->toolTip());
}

void PromptBar::setCount(int count) {
  m_count = count;
  m_make->setText(count > 0 ? tr("Make %1").arg(count) : tr("Make"));
  showHint();
}

void PromptBar::setReady(bool ready) {
  m_ready = ready;
  showHint();
}

QString PromptBar::prompt() const { return m_prompt->prompt(); }
QString PromptBar::negative() const { return m_negative->text().simplified(); }
void PromptBar::setPrompt(const QString& prompt) { m_prompt->setPrompt(prompt); }
void PromptBar::setNegative(const QString& negative) { m_negative->setText(negative); }

void PromptBar::start(int starter) {
  const auto all = starters(m_noun);
  const auto& prompts = all[std::size_t(starter)].prompts;
  auto& next = m_next[std::size_t(starter)];
  setPrompt(prompts[next % prompts.size()]);
  next = int((next + 1) % prompts.size());
}

void PromptBar::showHint() {
  const bool empty = m_prompt->prompt().isEmpty();
  const bool missing = !empty && !m_prompt->hasSubject();
  m_make->setEnabled(m_ready && !empty && m_count > 0);
  m_hint->setText(m_name.isEmpty() ? tr("Without your subject") : tr("Without %1").arg(m_name));
  m_hint->setVisible(missing);
  m_addSubject->setVisible(missing);
}

}  // namespace likeness
