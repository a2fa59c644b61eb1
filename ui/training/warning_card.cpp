#include "ui/training/warning_card.h"

#include <QVBoxLayout>

#include "ui/theme/metrics.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kMostRemarks = 3;

}  // namespace

WarningCard::WarningCard(QWidget* parent)
    : QFrame(parent),
      m_heading(makeParagraph({}, TextStyle::Strong, Tone::Warning)),
      m_sentence(makeParagraph({}, TextStyle::Small, Tone::Warning)) {
  setObjectName("trainingWarning");
  setProperty("surface", "warning");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace16, kSpace16, kSpace16, kSpace16);
  column->setSpacing(kSpace8);
  column->addWidget(m_heading);
  column->addWidget(m_sentence);
  hide();
}

void WarningCard::showOverfitting(const QString& sentence) {
  m_overfitting = true;
  showWarning(tr("Validation has stopped falling"), sentence);
}

void WarningCard::addRemark(const QString& sentence) {
  m_remarks.removeAll(sentence);
  m_remarks.append(sentence);
  while (m_remarks.size() > kMostRemarks) m_remarks.removeFirst();
  if (!m_overfitting) showWarning(tr("Good to know"), m_remarks.join('\n'));
}

void WarningCard::clear() {
  m_remarks.clear();
  m_overfitting = false;
  hide();
}

void WarningCard::showWarning(const QString& heading, const QString& sentence) {
  m_heading->setText(heading);
  m_sentence->setText(sentence);
  setAccessibleName(heading);
  setAccessibleDescription(sentence);
  show();
}

}  // namespace likeness
