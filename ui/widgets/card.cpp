#include "ui/widgets/card.h"

#include "ui/theme/metrics.h"
#include "ui/widgets/labels.h"

namespace likeness {

Card::Card(QWidget* parent) : QFrame(parent), m_column(new QVBoxLayout(this)) {
  setProperty("surface", QStringLiteral("card"));
  m_column->setContentsMargins(kSpace16, kSpace16, kSpace16, kSpace16);
  m_column->setSpacing(kSpace12);
}

Card::Card(const QString& heading, QWidget* parent) : Card(parent) {
  m_column->addWidget(makeLabel(heading, TextStyle::Heading));
}

}  // namespace likeness
