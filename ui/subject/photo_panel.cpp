#include "ui/subject/photo_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/subject/crop_editor.h"
#include "ui/subject/photo_tiles.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kWidth = 388;
constexpr int kPreviewSide = 88;
constexpr int kPreviewAfterMs = 60;

}  // namespace

PhotoPanel::PhotoPanel(Session* session, QWidget* parent)
    : Card(parent),
      m_session(session),
      m_title(makeLabel({}, TextStyle::Heading)),
      m_facts(new ElidedLabel),
      m_editor(new CropEditor),
      m_preview(new QLabel),
      m_finding(makeParagraph({}, TextStyle::Small)),
      m_rotate(makeButton(tr("Rotate"), QStringLiteral("rotatePhoto"))),
      m_reset(makeButton(tr("Centre"), QStringLiteral("resetCrop"))) {
  setObjectName(QStringLiteral("photoPanel"));
  setFixedWidth(kWidth);
  m_title->setObjectName(QStringLiteral("photoTitle"));
  m_facts->setObjectName(QStringLiteral("photoFacts"));
  m_facts->setFont(textFont(TextStyle::Small));
  m_facts->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  setTone(m_facts, Tone::Soft);
  m_finding->setObjectName(QStringLiteral("photoFinding"));
  m_preview->setObjectName(QStringLiteral("trainedSquare"));
  m_preview->setFixedSize(kPreviewSide, kPreviewSide);
  m_preview->setScaledContents(true);
  m_preview->setAccessibleName(tr("The square as it is trained"));

  auto* head = new QHBoxLayout;
  head->setSpacing(kSpace12);
  head->addWidget(m_title);
  head->addWidget(m_facts, 1);
  column()->addLayout(head);
  column()->addWidget(m_editor, 1);
  auto* about = new QHBoxLayout;
  about->setSpacing(kSpace12);
  auto* words = new QVBoxLayout;
  words->setSpacing(kSpace4);
  words->addWidget(makeParagraph(tr("The bright square is exactly what is trained."), TextStyle::Small, Tone::Soft));
  words->addWidget(m_finding);
  words->addStretch();
  about->addWidget(m_preview, 0, Qt::AlignTop);
  about->addLayout(words, 1);
  column()->addLayout(about);
  auto* remove = makeButton(tr("Remove"), QStringLiteral("removePhoto"));
  m_rotate->setToolTip(tr("A quarter turn clockwise (R)"));
  m_reset->setToolTip(tr("The largest square, in the middle"));
  remove->setToolTip(tr("Take it out of the project (Delete). Undo brings it back."));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(kSpace8);
  buttons->addWidget(m_rotate);
  buttons->addWidget(m_reset);
  buttons->addStretch();
  buttons->addWidget(remove);
  column()->addLayout(buttons);

  m_previewTimer.setSingleShot(true);
  m_previewTimer.setInterval(kPreviewAfterMs);
  connect(&m_previewTimer, &QTimer::timeout, this, &PhotoPanel::askForPreview);
  connect(m_session, &Session::cropRendered, this, &PhotoPanel::showPreview);
  connect(m_rotate, &QPushButton::clicked, m_editor, &CropEditor::rotate);
  connect(m_reset, &QPushButton::clicked, m_editor, &CropEditor::reset);
  connect(m_editor, &CropEditor::cropEdited, this, [this] {
    if (!m_previewTimer.isActive()) m_previewTimer.start();
  });
  connect(m_editor, &CropEditor::cropCommitted, this, [this](const CropRect& before, const CropRect& after) {
    if (m_photo) Q_EMIT cropCommitted(m_photo->file, before, after);
  });
  connect(remove, &QPushButton::clicked, this, [this] {
    if (m_photo) Q_EMIT removeRequested(m_photo->file);
  });
}

void PhotoPanel::showPhoto(const PhotoInfo& photo, int number) {
  const bool other = !m_photo || m_photo->file != photo.file;
  const bool stale = other || !(m_photo->crop == photo.crop);
  // The editor first: it may still have to commit an edit of the photo shown before.
  if (other || m_photo->thumbnail != photo.thumbnail) m_image = toQImage(photo.thumbnail);
  m_editor->setPhoto(m_image, photo.crop);
  m_photo = photo;
  m_title->setText(tr("Photo %1").arg(number));
  QStringList facts;
  if (photo.width > 0) facts << tr("%1 × %2").arg(photo.width).arg(photo.height);
  if (!photo.colourNote.empty()) facts << QString::fromStdString(photo.colourNote);
  m_facts->setFullText(facts.join(QStringLiteral(" · ")));
  m_finding->setText(QString::fromStdString(photo.finding.sentence));
  m_finding->setVisible(!photo.finding.sentence.empty());
  setTone(m_finding, toneOf(photo.finding.level));
  const bool readable = photo.thumbnail != nullptr;
  m_rotate->setEnabled(readable);
  m_reset->setEnabled(readable);
  m_preview->setVisible(readable);
  if (other) m_preview->clear();
  if (stale && readable) askForPreview();
}

void PhotoPanel::askForPreview() {
  if (m_photo && m_photo->thumbnail) {
    m_session->submit(RenderCrop{m_session->project().folder, m_photo->file, m_editor->crop()});
  }
}

void PhotoPanel::showPreview(const CropRendered& rendered) {
  if (!m_photo || rendered.photo != m_photo->file || !(rendered.crop == m_editor->crop())) return;
  m_preview->setPixmap(QPixmap::fromImage(toQImage(rendered.image)));
  if (rendered.image) {
    m_preview->setToolTip(tr("As it is trained, %1 × %2 pixels").arg(rendered.image->width).arg(rendered.image->height));
  }
}

}  // namespace likeness
