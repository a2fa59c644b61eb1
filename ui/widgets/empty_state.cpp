#include "ui/widgets/empty_state.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

constexpr int kSentenceWidth = 420;

/// Draws an icon of the theme, also after the scheme changed.
class IconLabel : public QWidget {
 public:
  explicit IconLabel(const QString& icon) : m_icon(themedIcon(icon, Role::SoftText)) { setFixedSize(40, 40); }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    m_icon.paint(&painter, rect());
  }

 private:
  QIcon m_icon;
};

}  // namespace

EmptyState::EmptyState(const QString& icon, const QString& heading, const QString& sentence, QWidget* parent)
    : QWidget(parent),
      m_heading(makeLabel(heading, TextStyle::Heading)),
      m_sentence(makeParagraph(sentence, TextStyle::Body)),
      m_column(new QVBoxLayout(this)) {
  m_column->setSpacing(kSpace12);
  m_column->addStretch(2);
  m_column->addWidget(new IconLabel(icon), 0, Qt::AlignHCenter);
  m_column->addWidget(m_heading, 0, Qt::AlignHCenter);
  m_sentence->setAlignment(Qt::AlignHCenter);
  m_sentence->setFixedWidth(kSentenceWidth);
  m_column->addWidget(m_sentence, 0, Qt::AlignHCenter);
  m_column->addStretch(3);
  setTexts(heading, sentence);
}

void EmptyState::setTexts(const QString& heading, const QString& sentence) {
  m_heading->setText(heading);
  m_sentence->setText(sentence);
  // A centred item of a layout is not asked for its height at a width.
  m_sentence->setFixedHeight(std::max(0, m_sentence->heightForWidth(kSentenceWidth)));
}

void EmptyState::addAction(QWidget* widget) {
  m_column->insertWidget(m_column->count() - 1, widget, 0, Qt::AlignHCenter);
}

}  // namespace likeness
