#include "ui/shell/page.h"

#include <QVBoxLayout>

#include "ui/theme/metrics.h"
#include "ui/widgets/labels.h"

namespace likeness {

Page::Page(Session* session, QWidget* parent)
    : QWidget(parent), m_session(session), m_column(new QVBoxLayout(this)) {
  m_column->setContentsMargins(kSpace24, kSpace24, kSpace24, kSpace16);
  m_column->setSpacing(kSpace16);
}

QLabel* Page::addTitle(const QString& title) {
  QLabel* label = makeLabel(title, TextStyle::Title);
  label->setObjectName(QStringLiteral("pageTitle"));
  m_column->addWidget(label);
  return label;
}

QLabel* Page::addLead(const QString& sentence) {
  QLabel* label = makeParagraph(sentence, TextStyle::Body, Tone::Soft);
  label->setObjectName(QStringLiteral("pageLead"));
  m_column->addWidget(label);
  return label;
}

}  // namespace likeness
