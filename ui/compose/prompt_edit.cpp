#include "ui/compose/prompt_edit.h"

#include <QAbstractItemView>
#include <QAbstractTextDocumentLayout>
#include <QCompleter>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QStringListModel>
#include <algorithm>
#include <cmath>

#include "ui/compose/prompt_weight.h"
#include "ui/compose/prompt_words.h"
#include "ui/compose/subject_chip.h"

namespace likeness {
namespace {

constexpr int kMostLines = 3;

constexpr int kFewestLetters = 2;  // before words are offered

}  // namespace

PromptEdit::PromptEdit(QWidget* parent)
    : QTextEdit(parent),
      m_chip(new SubjectChip(this)),
      m_completer(new QCompleter(this)),
      m_offered(new QStringListModel(this)),
      m_words(commonPromptWords()) {
  setAcceptRichText(false);
  setTabChangesFocus(true);
  setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  document()->setDocumentMargin(4);
  document()->documentLayout()->registerHandler(SubjectChip::kType, m_chip);
  m_completer->setModel(m_offered);
  m_completer->setWidget(this);
  m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
  m_completer->setMaxVisibleItems(6);
  m_completer->popup()->setObjectName(QStringLiteral("completion"));
  connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &PromptEdit::complete);
  connect(this, &QTextEdit::textChanged, this, [this] {
    if (m_turning) return;
    turnIntoChips();
    fitHeight();
    Q_EMIT promptChanged();
  });
}

QString PromptEdit::prompt() const {
  return SubjectChip::plainText(*document(), 0, document()->characterCount() - 1).simplified();
}

void PromptEdit::setPrompt(const QString& prompt) {
  QTextCursor cursor(document());
  cursor.select(QTextCursor::Document);
  cursor.insertText(prompt.simplified(), QTextCharFormat());
  moveCursor(QTextCursor::End);
}

bool PromptEdit::hasSubject() const { return toPlainText().contains(QChar::ObjectReplacementCharacter); }

void PromptEdit::insertSubject() {
  textCursor().insertText(SubjectChip::text(), QTextCharFormat());
  setFocus();
}

void PromptEdit::turnIntoChips() {
  // Undo brings the typed letters back; to turn them again would make undo do nothing.
  if (document()->isRedoAvailable()) return;
  m_turning = true;
  QTextCursor found = document()->find(SubjectChip::pattern());
  while (!found.isNull()) {
    const auto number = SubjectChip::pattern().match(found.selectedText()).captured(1);
    found.joinPreviousEditBlock();
    SubjectChip::insert(found, QTextCharFormat(), number.isEmpty() ? 1 : number.toInt());
    found.endEditBlock();
    found = document()->find(SubjectChip::pattern(), found);
  }
  if (currentCharFormat().objectType() == SubjectChip::kType) setCurrentCharFormat(QTextCharFormat());
  m_turning = false;
}

void PromptEdit::setSubjects(int count) {
  m_chip->setSubjects(std::max(1, count));
  viewport()->update();
}

void PromptEdit::setWords(const QStringList& words) { m_words = words; }

// Letters before the cursor, or what begins with "[".
QString PromptEdit::beganWord() const {
  const int end = textCursor().position();
  int start = end;
  const auto at = [this](int position) { return document()->characterAt(position); };
  while (start > 0 && (at(start - 1).isLetterOrNumber() || at(start - 1) == '-')) --start;
  if (start > 0 && at(start - 1) == '[') --start;
  QString word;
  for (int k = start; k < end; ++k) word += at(k);
  return word;
}

void PromptEdit::offerWords(bool asked) {
  const QString began = beganWord();
  QStringList offered;
  if (began.startsWith('[')) {
    for (int k = 1; k <= m_chip->subjects(); ++k) {
      if (SubjectChip::text(k).startsWith(began, Qt::CaseInsensitive)) offered << SubjectChip::text(k);
    }
  } else if (began.size() >= kFewestLetters || (asked && !began.isEmpty())) {
    for (const auto& word : m_words) {
      if (word.size() > began.size() && word.startsWith(began, Qt::CaseInsensitive)) offered << word;
    }
  }
  if (offered.isEmpty()) return m_completer->popup()->hide();
  m_offered->setStringList(offered);
  QRect below = cursorRect();
  below.setWidth(m_completer->popup()->sizeHintForColumn(0) +
                 m_completer->popup()->verticalScrollBar()->sizeHint().width() + 24);
  m_completer->complete(below);
  m_completer->popup()->setCurrentIndex({});  // Enter makes the picture until somebody chooses
}

void PromptEdit::complete(const QString& word) {
  QTextCursor cursor = textCursor();
  cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(beganWord().size()));
  cursor.insertText(word, QTextCharFormat());
  m_completer->popup()->hide();
}

void PromptEdit::focusOutEvent(QFocusEvent* event) {
  if (event->reason() != Qt::PopupFocusReason) m_completer->popup()->hide();
  QTextEdit::focusOutEvent(event);
}

void PromptEdit::keyPressEvent(QKeyEvent* event) {
  const bool offering = m_completer->popup()->isVisible();
  const bool chosen = offering && m_completer->popup()->currentIndex().isValid();
  if (offering && event->key() == Qt::Key_Escape) return m_completer->popup()->hide();
  if (offering && (event->key() == Qt::Key_Tab || (chosen && event->key() == Qt::Key_Return))) {
    const auto index = chosen ? m_completer->popup()->currentIndex() : m_offered->index(0);
    return complete(index.data().toString());
  }
  const bool up = event->key() == Qt::Key_Up;
  if ((event->modifiers() & Qt::ControlModifier) && (up || event->key() == Qt::Key_Down)) {
    return setTextCursor(changeWeight(textCursor(), up ? 1 : -1));
  }
  if ((event->modifiers() & Qt::ControlModifier) && event->key() == Qt::Key_Space) return offerWords(true);
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    m_completer->popup()->hide();
    Q_EMIT submitted();
    return event->accept();
  }
  // Else what is typed right after a chip would take on its format.
  if (currentCharFormat().objectType() == SubjectChip::kType) setCurrentCharFormat(QTextCharFormat());
  m_completer->popup()->hide();
  QTextEdit::keyPressEvent(event);
  const bool typed = !event->text().isEmpty() && event->text().front().isPrint() &&
                     !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
  if (typed) offerWords(false);
}

void PromptEdit::resizeEvent(QResizeEvent* event) {
  QTextEdit::resizeEvent(event);
  fitHeight();
}

void PromptEdit::fitHeight() {
  const int height = sizeHint().height();
  if (height != minimumHeight() || height != maximumHeight()) setFixedHeight(height);
}

QSize PromptEdit::sizeHint() const {
  const double line = QFontMetricsF(font()).lineSpacing() + 4;
  const double margins = 2 * document()->documentMargin();
  const double height = std::clamp(document()->size().height(), line + margins, kMostLines * line + margins);
  return {400, int(std::ceil(height)) + 2 * frameWidth()};
}

QSize PromptEdit::minimumSizeHint() const { return {160, sizeHint().height()}; }

bool PromptEdit::canInsertFromMimeData(const QMimeData* source) const { return source->hasText() && !source->hasUrls(); }

void PromptEdit::insertFromMimeData(const QMimeData* source) {
  auto text = source->text();
  text.replace('\n', ' ').replace('\r', ' ').remove(QChar::ObjectReplacementCharacter);
  textCursor().insertText(text, QTextCharFormat());
}

QMimeData* PromptEdit::createMimeDataFromSelection() const {
  auto* data = new QMimeData;
  data->setText(SubjectChip::plainText(*document(), textCursor().selectionStart(), textCursor().selectionEnd()));
  return data;
}

}  // namespace likeness
