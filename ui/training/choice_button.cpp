#include "ui/training/choice_button.h"

#include <QVBoxLayout>

#include "ui/theme/metrics.h"
#include "ui/widgets/labels.h"

namespace likeness {

ChoiceButton::ChoiceButton(const QString& title, const QString& name, QWidget* parent)
    : QPushButton(parent),
      m_title(makeLabel(title, TextStyle::Strong)),
      m_detail(makeParagraph({}, TextStyle::Small, Tone::Soft)) {
  setObjectName(name);
  setProperty("kind", QStringLiteral("choice"));
  setCheckable(true);
  setAutoExclusive(true);
  setAutoDefault(false);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace12, 10, kSpace12, 10);
  column->setSpacing(2);
  column->addWidget(m_title);
  column->addWidget(m_detail);
  for (auto* label : {m_title, m_detail}) label->setAttribute(Qt::WA_TransparentForMouseEvents);
  tell();
}

void ChoiceButton::setTitle(const QString& title) {
  m_title->setText(title);
  tell();
}

void ChoiceButton::setDetail(const QString& detail) {
  m_detail->setText(detail);
  m_detail->setVisible(!detail.isEmpty());
  tell();
  updateGeometry();
}

QString ChoiceButton::detail() const { return m_detail->text(); }

void ChoiceButton::setRoomy() {
  m_title->setFont(textFont(TextStyle::Heading));
  m_detail->setFont(textFont(TextStyle::Body));
  layout()->setContentsMargins(kSpace16, kSpace16, kSpace16, kSpace16);
  layout()->setSpacing(kSpace8);
}

void ChoiceButton::tell() {
  setAccessibleName(m_title->text());
  setAccessibleDescription(m_detail->text());
}

QSize ChoiceButton::sizeHint() const { return layout()->totalSizeHint(); }

QSize ChoiceButton::minimumSizeHint() const { return layout()->totalMinimumSize(); }

int ChoiceButton::heightForWidth(int width) const { return layout()->totalHeightForWidth(width); }

}  // namespace likeness
