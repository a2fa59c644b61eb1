#include "ui/subject/photo_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
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
constexpr int kNarrowest = 350;
constexpr int kPreviewSide = 72;
constexpr int kLongestCaption = 1000;
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
      m_rotate(makeButton(tr("Rotate"), QStringLiteral("rotatePhoto"), ButtonKind::Secondary, ButtonSize::Small)),
      m_reset(makeButton(tr("Widest"), QStringLiteral("resetCrop"), ButtonKind::Secondary, ButtonSize::Small)),
      m_centre(makeButton(tr("Centre"), QStringLiteral("centrePhoto"), ButtonKind::Secondary, ButtonSize::Small)),
      m_remove(makeIconButton(QStringLiteral("trash"), tr("Remove"), QStringLiteral("removePhoto"))),
      m_fix(makeButton({}, QStringLiteral("fixPhoto"), ButtonKind::Secondary, ButtonSize::Small)),
      m_caption(new QLineEdit),
      m_explanation(makeParagraph(tr("The bright square is exactly what is trained."), TextStyle::Small, Tone::Soft)) {
  setObjectName(QStringLiteral("photoPanel"));
  setMinimumWidth(kNarrowest);
  setMaximumWidth(kWidth);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  m_title->setObjectName(QStringLiteral("photoTitle"));
  m_facts->setObjectName(QStringLiteral("photoFacts"));
  m_facts->setFont(textFont(TextStyle::Small));
  m_facts->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  setTone(m_facts, Tone::Soft);
  auto* head = new QHBoxLayout;
  head->setSpacing(kSpace12);
  head->addWidget(m_title);
  head->addWidget(m_facts, 1);
  column()->addLayout(head);
  column()->addWidget(m_editor, 1);
  column()->addLayout(makeAbout());
  m_caption->setObjectName(QStringLiteral("photoCaption"));
  m_caption->setAccessibleName(tr("Caption of the photo"));
  m_caption->setPlaceholderText(tr("Caption, if you like: a photo of [V] dog on a rug"));
  m_caption->setToolTip(tr("What changes from photo to photo: place, pose, light. [V] stands for the subject."));
  m_caption->setMaxLength(kLongestCaption);
  column()->addWidget(m_caption);
  column()->addLayout(makeButtons());
  connectParts();
}

QLayout* PhotoPanel::makeAbout() {
  m_finding->setObjectName(QStringLiteral("photoFinding"));
  m_preview->setObjectName(QStringLiteral("trainedSquare"));
  m_preview->setFixedSize(kPreviewSide, kPreviewSide);
  m_preview->setScaledContents(true);
  m_preview->setAccessibleName(tr("The square as it is trained"));
  auto* about = new QHBoxLayout;
  about->setSpacing(kSpace12);
  auto* words = new QVBoxLayout;
  words->setSpacing(kSpace4);
  words->addWidget(m_explanation);
  words->addWidget(m_finding);
  words->addWidget(m_fix, 0, Qt::AlignLeft);
  words->addStretch();
  about->addWidget(m_preview, 0, Qt::AlignTop);
  about->addLayout(words, 1);
  return about;
}

QLayout* PhotoPanel::makeButtons() {
  m_rotate->setToolTip(tr("A quarter turn clockwise (R)"));
  m_centre->setToolTip(tr("Moves the square to what stands out in the photo (C)"));
  m_reset->setToolTip(tr("The largest square, in the middle"));
  m_remove->setToolTip(tr("Take it out of the project (Delete). Undo brings it back."));
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(kSpace4);
  buttons->addWidget(m_rotate);
  buttons->addWidget(m_centre);
  buttons->addWidget(m_reset);
  buttons->addStretch();
  buttons->addWidget(m_remove);
  return buttons;
}

void PhotoPanel::connectParts() {
  m_previewTimer.setSingleShot(true);
  m_previewTimer.setInterval(kPreviewAfterMs);
  connect(&m_previewTimer, &QTimer::timeout, this, &PhotoPanel::askForPreview);
  connect(m_session, &Session::cropRendered, this, &PhotoPanel::showPreview);
  connect(m_rotate, &QPushButton::clicked, m_editor, &CropEditor::rotate);
  connect(m_reset, &QPushButton::clicked, m_editor, &CropEditor::reset);
  const auto centre = [this] {
    if (m_photo && m_photo->thumbnail) Q_EMIT centreRequested(m_photo->file);
  };
  connect(m_centre, &QPushButton::clicked, this, centre);
  connect(m_editor, &CropEditor::centreRequested, this, centre);
  connect(m_editor, &CropEditor::cropEdited, this, [this] {
    if (!m_previewTimer.isActive()) m_previewTimer.start();
  });
  connect(m_editor, &CropEditor::cropCommitted, this, [this](const CropRect& before, const CropRect& after) {
    if (m_photo) Q_EMIT cropCommitted(m_photo->file, before, after);
  });
  connect(m_remove, &QToolButton::clicked, this, [this] {
    if (m_photo) Q_EMIT removeRequested(m_photo->file);
  });
  connect(m_fix, &QPushButton::clicked, this, &PhotoPanel::fix);
  connect(m_caption, &QLineEdit::editingFinished, this, &PhotoPanel::commitCaption);
}

void PhotoPanel::commitCaption() {
  if (!m_photo) return;
  const QString before = QString::fromStdString(m_photo->caption);
  const QString after = m_caption->text().simplified();
  if (after == before) return;
  m_photo->caption = after.toStdString();  // told once, however often the field loses the cursor
  Q_EMIT captionCommitted(m_photo->file, before, after);
}

void PhotoPanel::showFinding(const PhotoFinding& finding) {
  m_finding->setText(QString::fromStdString(finding.sentence));
  m_finding->setVisible(!finding.sentence.empty());
  setTone(m_finding, toneOf(finding.level));
  m_explanation->setVisible(finding.level == FindingLevel::Fine);
  const std::string& code = finding.code;
  m_fix->setText(code == "cropped"                                  ? tr("Show more of it")
                 : code == "small" && !(m_photo->crop.side >= 1.0) ? tr("Widen the square")
                 : code == "small" || code == "blurred"             ? tr("Choose another…")
                                                                    : tr("Remove it"));
  m_fix->setVisible(finding.level != FindingLevel::Fine);
}

void PhotoPanel::fix() {
  if (!m_photo) return;
  const std::string& code = m_photo->finding.code;
  if (code == "cropped" || (code == "small" && m_photo->crop.side < 1.0)) {
    m_editor->reset();
  } else if (code == "small" || code == "blurred") {
    Q_EMIT moreRequested();
  } else {
    Q_EMIT removeRequested(m_photo->file);
  }
}

void PhotoPanel::showPhoto(const PhotoInfo& photo, int number) {
  const bool other = !m_photo || m_photo->file != photo.file;
  const bool stale = other || !(m_photo->crop == photo.crop);
  // The editor first: it may still have to commit an edit of the photo shown before.
  if (other || m_photo->thumbnail != photo.thumbnail) m_image = toQImage(photo.thumbnail);
  m_editor->setPhoto(m_image, photo.crop);
  if (other) commitCaption();
  m_photo = photo;
  if (other || !m_caption->hasFocus()) m_caption->setText(QString::fromStdString(photo.caption));
  m_title->setText(tr("Photo %1").arg(number));
  QStringList facts;
  if (photo.width > 0) facts << tr("%1 × %2").arg(photo.width).arg(photo.height);
  if (!photo.colourNote.empty()) facts << QString::fromStdString(photo.colourNote);
  m_facts->setFullText(facts.join(QStringLiteral(" · ")));
  showFinding(photo.finding);
  const bool readable = photo.thumbnail != nullptr;
  m_rotate->setEnabled(readable);
  m_reset->setEnabled(readable);
  m_centre->setEnabled(readable);
  m_caption->setEnabled(readable);
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
    const auto& image = *rendered.image;
    m_preview->setToolTip(tr("As it is trained, %1 × %2 pixels").arg(image.width).arg(image.height));
  }
}

}  // namespace likeness
