#include "ui/compose/prompt_bar.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include "ui/compose/prompt_edit.h"
#include "ui/compose/starters.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kNegativeWidth = 220;

}  // namespace

PromptBar::PromptBar(QWidget* parent)
    : QWidget(parent),
      m_prompt(new PromptEdit),
      m_make(makeButton({}, "make", ButtonKind::Primary)),
      m_negative(new QLineEdit),
      m_hint(makeLabel({}, TextStyle::Small, Tone::Soft)),
      m_addSubject(makeButton(tr("Add [V]"), "addSubject", ButtonKind::Secondary, ButtonSize::Small)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace12);
  makePromptCard();
  makeStarterRow();
  setCount(4);
  connect(m_prompt, &PromptEdit::promptChanged, this, &PromptBar::showHint);
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
  row->addWidget(m_make, 0, Qt::AlignVCenter);
  card->column()->addLayout(row);
  layout()->addWidget(card);
}

void PromptBar::makeStarterRow() {
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace8);
  int index = 0;
  for (const auto& starter : starters({})) {
    auto* chip = makeButton(starter.name, QStringLiteral("starter%1").arg(index), ButtonKind::Chip);
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
  m_negative->setFixedWidth(kNegativeWidth);
  row->addWidget(makeFieldLabel(tr("Not wanted"), m_negative));
  row->addWidget(m_negative);
  connect(m_negative, &QLineEdit::returnPressed, m_make, &QPushButton::click);
  static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

void PromptBar::setSubject(const QString& name, const QString& classNoun) {
  m_name = name;
  m_noun = classNoun;
  showHint();
}

void PromptBar::setCount(int count) { m_make->setText(tr("Make %1").arg(count)); }

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
  m_make->setEnabled(m_ready && !empty);
  m_hint->setText(m_name.isEmpty() ? tr("Without your subject") : tr("Without %1").arg(m_name));
  m_hint->setVisible(missing);
  m_addSubject->setVisible(missing);
}

}  // namespace likeness
