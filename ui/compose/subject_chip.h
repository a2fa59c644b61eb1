#pragma once
#include <QTextCursor>
#include <QTextObjectInterface>

namespace likeness {

/// Draws the placeholder `[V]` inside a text as one rounded chip: an inline object that counts as one character, so it
/// is reached, copied and removed as a whole and can't be misspelt.
class SubjectChip : public QObject, public QTextObjectInterface {
  Q_OBJECT
  Q_INTERFACES(QTextObjectInterface)
 public:
  static constexpr int kType = QTextFormat::UserObject + 1;
  static QString text() { return QStringLiteral("[V]"); }

  explicit SubjectChip(QObject* parent);

  /// Replaces the cursor's selection by a chip; the text after it has the text's own format.
  static void insert(QTextCursor& cursor, const QTextCharFormat& textFormat);

  QSizeF intrinsicSize(QTextDocument* document, int position, const QTextFormat& format) override;
  void drawObject(QPainter* painter, const QRectF& rect, QTextDocument* document, int position,
                  const QTextFormat& format) override;
};

}  // namespace likeness
