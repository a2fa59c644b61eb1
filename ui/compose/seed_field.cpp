#include "ui/compose/seed_field.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QRandomGenerator>
#include <QRegularExpressionValidator>
#include <QToolButton>

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"

namespace likeness {

SeedField::SeedField(QWidget* parent)
    : QWidget(parent),
      m_line(new QLineEdit),
      m_die(makeIconButton("dice", tr("Throw a new seed"), "seedDie")),
      m_lock(makeIconButton("unlock", {}, "seedLock")) {
  m_line->setObjectName("seed");
  m_line->setAccessibleName(tr("Seed"));
  m_line->setValidator(new QRegularExpressionValidator(QRegularExpression("\\d{1,19}"), this));
  setFocusProxy(m_line);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace4);
  setMinimumHeight(kFieldHeight);
  row->addWidget(m_line, 1);
  row->addWidget(m_die);
  row->addWidget(m_lock);
  m_lock->setCheckable(true);
  connect(m_die, &QToolButton::clicked, this, &SeedField::throwDie);
  connect(m_lock, &QToolButton::toggled, this, &SeedField::showLock);
  // Whoever types a seed wants that one.
  connect(m_line, &QLineEdit::textEdited, this, [this] { setLocked(true); });
  throwDie();
  showLock();
}

quint64 SeedField::seed() const { return m_line->text().toULongLong(); }

void SeedField::setSeed(quint64 seed) { m_line->setText(QString::number(seed)); }

bool SeedField::isLocked() const { return m_lock->isChecked(); }

void SeedField::setLocked(bool locked) { m_lock->setChecked(locked); }

quint64 SeedField::seedForBatch() {
  if (!isLocked()) throwDie();
  return seed();
}

void SeedField::throwDie() { setSeed(QRandomGenerator::global()->bounded(100'000u)); }

void SeedField::showLock() {
  const auto label = isLocked() ? tr("The seed stays; press for a new one every time")
                                : tr("A new seed every time; press to keep this one");
  m_lock->setIcon(themedIcon(isLocked() ? "lock" : "unlock", isLocked() ? Role::Accent : Role::SoftText));
  m_lock->setToolTip(label);
  m_lock->setAccessibleName(label);
}

}  // namespace likeness
