#include "ui/helper/helper_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <algorithm>

#include "ui/theme/metrics.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kThumbnail = 96;
constexpr int kNewestPictures = 40;
constexpr int kWidth = 520;

}  // namespace

HelperPanel::HelperPanel(Session* session, QWidget* parent)
    : QDialog(parent),
      m_session(session),
      m_thumbnail(new QLabel),
      m_choice(new QComboBox),
      m_travel(makeParagraph({}, TextStyle::Small, Tone::Soft)),
      m_question(new QLineEdit),
      m_ask(makeButton(tr("Ask"), QStringLiteral("helperAsk"), ButtonKind::Primary)),
      m_answer(new QPlainTextEdit),
      m_state(makeParagraph({}, TextStyle::Small, Tone::Soft)),
      m_stop(makeButton(tr("Stop"), QStringLiteral("helperStop"))),
      m_use(makeButton(tr("Use as caption"), QStringLiteral("helperUse"))),
      m_copy(makeButton(tr("Copy"), QStringLiteral("helperCopy"))) {
  setObjectName(QStringLiteral("helperPanel"));
  setWindowTitle(tr("Ask the helper"));
  setModal(false);
  setMinimumWidth(kWidth);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace24, kSpace24, kSpace24, kSpace24);
  column->setSpacing(kSpace16);
  auto* head = new QHBoxLayout;
  head->setSpacing(kSpace16);
  m_thumbnail->setObjectName(QStringLiteral("helperPicture"));
  m_thumbnail->setFixedSize(kThumbnail, kThumbnail);
  m_thumbnail->setAlignment(Qt::AlignCenter);
  m_thumbnail->setAccessibleName(tr("The picture that is asked about"));
  head->addWidget(m_thumbnail, 0, Qt::AlignTop);
  auto* about = new QVBoxLayout;
  about->setSpacing(kSpace4);
  m_choice->setObjectName(QStringLiteral("helperChoice"));
  m_travel->setObjectName(QStringLiteral("helperTravel"));
  about->addWidget(makeFieldLabel(tr("About"), m_choice));
  about->addWidget(m_choice);
  about->addWidget(m_travel);
  about->addStretch();
  head->addLayout(about, 1);
  column->addLayout(head);
  column->addWidget(makeQuestions());
  column->addWidget(makeAnswer(), 1);
  connectParts();
}

QWidget* HelperPanel::makeQuestions() {
  auto* whole = new QWidget;
  auto* column = new QVBoxLayout(whole);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace12);
  auto* chips = new QWidget;
  auto* flow = new FlowLayout(chips, kSpace8);
  const auto add = [&](const QString& text, const char* name, const QString& why, auto&& action) {
    auto* chip = makeButton(text, QLatin1String(name), ButtonKind::Chip);
    chip->setToolTip(why);
    flow->addWidget(chip);
    m_tasks.push_back(chip);
    connect(chip, &QPushButton::clicked, this, action);
  };
  add(tr("Describe it"), "helperDescribe", tr("One sentence that can become the photo's caption"),
      [this] { ask(HelperTask::Describe); });
  add(tr("What is it?"), "helperNoun", tr("One everyday word for the subject"), [this] { ask(HelperTask::Noun); });
  add(tr("Think of prompts"), "helperPrompts", tr("Five ideas for new pictures"), [this] { ask(HelperTask::Prompts); });
  add(tr("Safe to show?"), "helperSafety", tr("Looks for what not everybody should see"),
      [this] { ask(HelperTask::Safety); });
  add(tr("Describe all photos"), "helperDescribeAll", tr("A caption for each photo that has none"),
      [this] { askAll(HelperTask::Describe); });
  add(tr("Check all"), "helperCheckAll", tr("Looks through all photos and the newest pictures for what is unsafe to show"),
      [this] { askAll(HelperTask::Safety); });
  column->addWidget(chips);
  m_question->setObjectName(QStringLiteral("helperQuestion"));
  m_question->setAccessibleName(tr("Your question"));
  m_question->setPlaceholderText(tr("Or ask something of your own …"));
  m_question->setMaxLength(2000);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace8);
  row->addWidget(m_question, 1);
  row->addWidget(m_ask);
  column->addLayout(row);
  return whole;
}

QWidget* HelperPanel::makeAnswer() {
  auto* whole = new QWidget;
  auto* column = new QVBoxLayout(whole);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kSpace8);
  m_answer->setObjectName(QStringLiteral("helperAnswer"));
  m_answer->setAccessibleName(tr("Answer"));
  m_answer->setPlaceholderText(tr("The answer comes here, word by word."));
  m_answer->setReadOnly(true);
  m_answer->setTabChangesFocus(true);
  m_answer->setMinimumHeight(120);
  m_state->setObjectName(QStringLiteral("helperState"));
  column->addWidget(m_answer, 1);
  column->addWidget(m_state);
  auto* row = new QHBoxLayout;
  row->setSpacing(kSpace8);
  row->addWidget(m_use);
  row->addWidget(m_copy);
  row->addStretch();
  row->addWidget(m_stop);
  column->addLayout(row);
  return whole;
}

void HelperPanel::connectParts() {
  for (QPushButton* button : {m_ask, m_stop, m_use, m_copy}) button->setAutoDefault(false);
  connect(m_choice, &QComboBox::currentIndexChanged, this, &HelperPanel::showChosen);
  connect(m_question, &QLineEdit::returnPressed, this, [this] { ask(HelperTask::Own); });
  connect(m_question, &QLineEdit::textChanged, this, &HelperPanel::updateState);
  connect(m_ask, &QPushButton::clicked, this, [this] { ask(HelperTask::Own); });
  connect(m_stop, &QPushButton::clicked, this, &HelperPanel::stop);
  connect(m_copy, &QPushButton::clicked, this,
          [this] { QApplication::clipboard()->setText(m_answer->toPlainText()); });
  connect(m_use, &QPushButton::clicked, this, [this] {
    if (!m_caption.isEmpty()) Q_EMIT captionChosen(m_current.file, m_caption);
    if (!m_noun.isEmpty()) Q_EMIT nounChosen(m_noun);
    say(tr("Done. Undo takes it back."), Tone::Good);
  });
  connect(&m_client, &HelperClient::textArrived, this, [this](const QString& all) {
    if (m_toAsk <= 1) m_answer->setPlainText(all);
  });
  connect(&m_client, &HelperClient::succeeded, this, &HelperPanel::answered);
  connect(&m_client, &HelperClient::failed, this, &HelperPanel::failed);
  connect(m_session, &Session::projectChanged, this, &HelperPanel::fillPictures);
}

void HelperPanel::showEvent(QShowEvent* event) {
  m_settings = HelperSettings::load();
  fillPictures();
  QDialog::showEvent(event);
}

void HelperPanel::hideEvent(QHideEvent* event) {
  stop();
  QDialog::hideEvent(event);
}

void HelperPanel::fillPictures() {
  const Picture* before = chosen();
  const std::filesystem::path kept = before == nullptr ? std::filesystem::path() : before->file;
  const ProjectSnapshot& project = m_session->project();
  m_pictures.clear();
  int number = 0;
  for (const PhotoInfo& photo : project.photos) {
    ++number;
    if (photo.thumbnail) m_pictures.push_back({photo.file, tr("Photo %1").arg(number), true});
  }
  number = static_cast<int>(project.pictures.size());
  for (auto it = project.pictures.rbegin(); it != project.pictures.rend() && number > 0; ++it, --number) {
    if (static_cast<int>(project.pictures.size()) - number >= kNewestPictures) break;
    m_pictures.push_back({it->file, tr("Picture %1").arg(number), false});
  }
  const QSignalBlocker quiet(m_choice);
  m_choice->clear();
  for (const Picture& picture : m_pictures) m_choice->addItem(picture.name);
  m_choice->addItem(tr("No picture"));
  choosePicture(kept);
}

const HelperPanel::Picture* HelperPanel::chosen() const {
  const int row = m_choice->currentIndex();
  return row < 0 || row >= static_cast<int>(m_pictures.size()) ? nullptr : &m_pictures[static_cast<std::size_t>(row)];
}

void HelperPanel::choosePicture(const std::filesystem::path& file) {
  for (std::size_t k = 0; k < m_pictures.size(); ++k) {
    if (m_pictures[k].file == file) m_choice->setCurrentIndex(static_cast<int>(k));
  }
  showChosen();
}

QImage HelperPanel::imageOf(const Picture& picture) const {
  if (!picture.photo) return QImage(toQString(picture.file));
  for (const PhotoInfo& photo : m_session->project().photos) {
    if (photo.file != picture.file) continue;
    const QImage square = cropped(toQImage(photo.thumbnail), photo.crop);
    const int side = std::min(square.width(), square.height());  // edges are rounded one by one
    return square.copy(0, 0, side, side);
  }
  return {};
}

QString HelperPanel::travelText(const Picture& picture, const QImage& image, bool underWay) const {
  const QImage sent = HelperClient::asSent(image, m_settings.pictureSide);
  //: %1 is "Photo 2", %2 × %3 pixels, %4 an address
  const QString text = underWay ? tr("%1, %2 × %3, was sent to %4. Waiting for the answer …")
                                : tr("%1, %2 × %3, goes to %4 when you ask. Nothing else leaves Likeness.");
  return text.arg(picture.name).arg(sent.width()).arg(sent.height()).arg(m_settings.place());
}

void HelperPanel::showChosen() {
  const Picture* picture = chosen();
  const QImage image = picture == nullptr ? QImage() : imageOf(*picture);
  const qreal ratio = devicePixelRatioF();
  QPixmap shown;
  if (!image.isNull()) {
    shown = QPixmap::fromImage(image.scaled(QSize(kThumbnail, kThumbnail) * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    shown.setDevicePixelRatio(ratio);
  }
  m_thumbnail->setPixmap(shown);
  m_travel->setText(!m_settings.isReady() ? tr("The helper is off. Settings tells how to switch it on.")
                    : picture == nullptr  ? tr("Only your words go to %1.").arg(m_settings.place())
                                          : travelText(*picture, image, false));
  updateState();
}

void HelperPanel::ask(HelperTask task) {
  if (m_client.isBusy() || !m_settings.isReady()) return;
  if (task == HelperTask::Own && m_question->text().trimmed().isEmpty()) return;
  const Picture* picture = chosen();
  m_task = task;
  m_waiting = {picture == nullptr ? Picture{} : *picture};
  m_results.clear();
  m_asked = m_warned = 0;
  m_toAsk = 1;
  askNext();
}

void HelperPanel::askAll(HelperTask task) {
  if (m_client.isBusy() || !m_settings.isReady()) return;
  m_task = task;
  m_waiting.clear();
  m_results.clear();
  for (const Picture& picture : m_pictures) {
    const auto& photos = m_session->project().photos;
    const bool captioned = std::any_of(photos.begin(), photos.end(), [&](const PhotoInfo& photo) {
      return photo.file == picture.file && !photo.caption.empty();
    });
    if (task != HelperTask::Describe || (picture.photo && !captioned)) m_waiting.push_back(picture);
  }
  std::reverse(m_waiting.begin(), m_waiting.end());
  m_asked = m_warned = 0;
  m_toAsk = static_cast<int>(m_waiting.size());
  if (m_waiting.empty()) {
    say(tr("Every photo has a caption already."), Tone::Soft);
    return;
  }
  askNext();
}

void HelperPanel::askNext() {
  const Picture picture = m_waiting.back();
  m_waiting.pop_back();
  ++m_asked;
  m_caption.clear();
  m_noun.clear();
  askAbout(picture);
  updateState();
}

void HelperPanel::askAbout(const Picture& picture) {
  m_current = picture;
  const QImage image = picture.file.empty() ? QImage() : imageOf(picture);
  if (m_toAsk <= 1) m_answer->clear();
  const QString place = picture.file.empty() ? tr("Your words were sent to %1. Waiting for the answer …").arg(m_settings.place())
                                             : travelText(picture, image, true);
  say(m_toAsk > 1 ? tr("%1 of %2: %3").arg(m_asked).arg(m_toAsk).arg(place) : place, Tone::Soft);
  const QString noun = QString::fromStdString(m_session->project().classNoun);
  m_client.ask(m_settings, {wordsFor(m_task, noun, m_question->text().trimmed()), image});
}

void HelperPanel::answered(const QString& text) {
  m_toAsk <= 1 ? answeredOne(text) : answeredOneOfMany(text);
  updateState();
}

void HelperPanel::answeredOne(const QString& text) {
  const QString noun = QString::fromStdString(m_session->project().classNoun);
  m_answer->setPlainText(text);
  if (m_task == HelperTask::Describe && m_current.photo) m_caption = asCaption(text, noun);
  if (m_task == HelperTask::Noun) m_noun = asNoun(text);
  const bool unsafe = m_task == HelperTask::Safety && isWarning(text);
  say(unsafe ? tr("Better look at this one yourself before you show it.") : tr("Written by a model: it can be wrong."),
      unsafe ? Tone::Warning : Tone::Soft);
}

void HelperPanel::answeredOneOfMany(const QString& text) {
  const QString noun = QString::fromStdString(m_session->project().classNoun);
  if (m_task == HelperTask::Describe) Q_EMIT captionChosen(m_current.file, asCaption(text, noun));
  if (m_task == HelperTask::Safety && isWarning(text)) ++m_warned;
  m_results.append(m_current.name + QStringLiteral(": ") + text.simplified());
  m_answer->setPlainText(m_results.join(QStringLiteral("\n\n")));
  if (!m_waiting.empty()) return askNext();
  m_toAsk = 0;
  if (m_task == HelperTask::Describe) {
    say(tr("Done. Undo takes it back."), Tone::Good);
  } else {
    say(m_warned == 0 ? tr("Nothing was found. A model can be wrong.")
                      : tr("Look at %n picture(s) yourself before you show them.", nullptr, m_warned),
        m_warned == 0 ? Tone::Good : Tone::Warning);
  }
}

void HelperPanel::failed(const QString& sentence) {
  m_waiting.clear();
  m_toAsk = 0;
  say(sentence, Tone::Error);
  updateState();
}

void HelperPanel::stop() {
  if (!m_client.isBusy()) return;
  m_client.cancel();
  m_waiting.clear();
  m_toAsk = 0;
  say(tr("Stopped. What was sent before can't be taken back."), Tone::Soft);
  updateState();
}

void HelperPanel::say(const QString& text, Tone tone) {
  m_state->setText(text);
  setTone(m_state, tone);
}

void HelperPanel::updateState() {
  const bool busy = m_client.isBusy();
  const bool ready = m_settings.isReady() && !busy;
  for (QPushButton* task : m_tasks) task->setEnabled(ready && !m_pictures.empty());
  m_ask->setEnabled(ready && !m_question->text().trimmed().isEmpty());
  m_choice->setEnabled(!busy);
  m_stop->setVisible(busy);
  m_copy->setVisible(!busy && !m_answer->toPlainText().isEmpty());
  m_use->setVisible(!busy && (!m_caption.isEmpty() || !m_noun.isEmpty()));
  m_use->setText(!m_noun.isEmpty() ? tr("Use \"%1\"").arg(m_noun) : tr("Use as caption"));
}

}  // namespace likeness
