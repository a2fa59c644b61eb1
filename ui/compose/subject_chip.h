#pragma once
#include <QRegularExpression>
#include <QTextCursor>
#include <QTextObjectInterface>

namespace likeness {

/// Draws the placeholders `[V]`, `[V2]` and so on inside a text as rounded chips: inline objects that count as one
/// character each, so they are reached, copied and removed as a whole and can't be misspelt. One that names a subject
/// that isn't there is drawn as a warning.
class SubjectChip : public QObject, public QTextObjectInterface {
  Q_OBJECT
  Q_INTERFACES(QTextObjectInterface)
 public:
  static constexpr int kType = QTextFormat::UserObject + 1;
  /// What stands for the subject of that number, from 1 on, in a prompt.
  static QString text(int subject = 1);
  /// Finds placeholders in what is typed; captures the number.
  static const QRegularExpression& pattern();

  explicit SubjectChip(QObject* parent);

  /// How many subjects there are.
  void setSubjects(int count) { m_subjects = count; }
  [[nodiscard]] int subjects() const { return m_subjects; }

  /// Replaces the cursor's selection by a chip; the text after it has the text's own format.
  static void insert(QTextCursor& cursor, const QTextCharFormat& textFormat, int subject);
  /// The document's text from `from` to `to`, chips as placeholders with a space to either side where letters touch.
  static QString plainText(const QTextDocument& document, int from, int to);

  QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
  void drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int position,
                  const QTextFormat& format) override;

 private:
  int m_subjects = 1;
};

}  // namespace likeness
