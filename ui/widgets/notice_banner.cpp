#include "ui/widgets/notice_banner.h"

#include <QHBoxLayout>
#include <QPainter>

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

namespace likeness {
namespace {

struct Look {
  const char* surface;
  const char* icon;
  Tone tone;
  Role role;
};

Look lookOf(NoticeKind kind) {
  switch (kind) {
    case NoticeKind::Warning: return {"warning", "warning", Tone::Warning, Role::Warning};
    case NoticeKind::Error: return {"error", "warning", Tone::Error, Role::Error};
    case NoticeKind::Info: break;
  }
  return {"info", "info", Tone::Plain, Role::Accent};
}

constexpr int kIcon = 16;

}  // namespace

NoticeBanner::NoticeBanner(QWidget* parent)
    : QFrame(parent),
      m_sentence(makeParagraph({}, TextStyle::Body, Tone::Plain)),
      m_action(makeButton({}, QStringLiteral("noticeAction"), ButtonKind::Secondary, ButtonSize::Small)),
      m_close(makeIconButton(QStringLiteral("cross"), tr("Dismiss"), QStringLiteral("noticeClose"))) {
  setObjectName(QStringLiteral("noticeBanner"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kSpace16 + kIcon + kSpace12, kSpace8, kSpace8, kSpace8);
  row->setSpacing(kSpace12);
  m_sentence->setObjectName(QStringLiteral("noticeSentence"));
  m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
  row->addWidget(m_sentence, 1);
  row->addWidget(m_action, 0, Qt::AlignVCenter);
  row->addWidget(m_close, 0, Qt::AlignVCenter);
  setMinimumHeight(44);
  connect(m_action, &QPushButton::clicked, this, &NoticeBanner::actionRequested);
  connect(m_close, &QToolButton::clicked, this, [this] {
    hide();
    Q_EMIT closed();
  });
  hide();
}

void NoticeBanner::showNotice(NoticeKind kind, const QString& sentence, const QString& action) {
  m_kind = kind;
  const Look look = lookOf(kind);
  setStyleProperty(this, "surface", QString::fromLatin1(look.surface));
  setTone(m_sentence, look.tone);
  m_sentence->setText(sentence);
  m_action->setText(action);
  m_action->setVisible(!action.isEmpty());
  setAccessibleName(sentence);
  show();
}

QString NoticeBanner::sentence() const { return m_sentence->text(); }

void NoticeBanner::setClosable(bool closable) { m_close->setVisible(closable); }

void NoticeBanner::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  QPainter painter(this);
  const Look look = lookOf(m_kind);
  const QRect place(kSpace16, (height() - kIcon) / 2, kIcon, kIcon);
  themedIcon(QString::fromLatin1(look.icon), look.role).paint(&painter, place);
}

}  // namespace likeness
