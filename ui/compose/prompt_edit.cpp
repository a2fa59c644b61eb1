#include "ui/compose/prompt_edit.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QMimeData>
#include <algorithm>
#include <cmath>

#include "ui/compose/subject_chip.h"

namespace likeness {
namespace {

constexpr int kMostLines = 3;

// A word may stand right beside a chip on the screen; for the tokenizer they are two words.
QString withChipsAsText(const QString& text) {
  QString out;
  for (qsizetype i = 0; i < text.size(); ++i) {
    if (text[i] != QChar::ObjectReplacementCharacter) {
      out += text[i];
      continue;
    }
    if (!out.isEmpty() && (out.back().isLetterOrNumber() || out.back() == ']')) out += ' ';
    out += SubjectChip::text();
    if (i + 1 < text.size() && text[i + 1].isLetterOrNumber()) out += ' ';
  }
  return out;
}

}  // namespace

PromptEdit::PromptEdit(QWidget* parent) : QTextEdit(parent), m_chip(new SubjectChip(this)) {
  setAcceptRichText(false);
  setTabChangesFocus(true);
  setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  document()->setDocumentMargin(4);
  document()->documentLayout()->registerHandler(SubjectChip::kType, m_chip);
  connect(this, &QTextEdit::textChanged, this, [this] {
    if (m_turning) return;
    turnIntoChips();
    fitHeight();
    Q_EMIT promptChanged();
  });
}

QString PromptEdit::prompt() const { return withChipsAsText(toPlainText()).simplified(); }

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
  QTextCursor found = document()->find(SubjectChip::text());
  while (!found.isNull()) {
    found.joinPreviousEditBlock();
    SubjectChip::insert(found, QTextCharFormat());
    found.endEditBlock();
    found = document()->find(SubjectChip::text(), found);
  }
  if (currentCharFormat().objectType() == SubjectChip::kType) setCurrentCharFormat(QTextCharFormat());
  m_turning = false;
}

void PromptEdit::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    Q_EMIT submitted();
    return event->accept();
  }
  // Else what is typed right after a chip would take on its format.
  if (currentCharFormat().objectType() == SubjectChip::kType) setCurrentCharFormat(QTextCharFormat());
  QTextEdit::keyPressEvent(event);
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
  data->setText(withChipsAsText(textCursor().selectedText()));
  return data;
}

}  // namespace likeness
