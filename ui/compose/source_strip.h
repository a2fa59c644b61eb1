#pragma once
#include <QImage>
#include <QWidget>

class QLabel;
class QPushButton;
class QSlider;

namespace likeness {

class ElidedLabel;

/// The picture that the next ones start from, as a row below the prompt: what it is, how much of it changes, whether
/// only the painted part does, and a cross that takes it away.
class SourceStrip : public QWidget {
  Q_OBJECT
 public:
  explicit SourceStrip(QWidget* parent = nullptr);

  /// `title` says in words what the file is; its name where that is empty. The thumbnail may come later.
  void setSource(const QString& file, const QString& title = {});
  void setThumbnail(const QImage& thumbnail);
  void clear();
  [[nodiscard]] bool hasSource() const { return !m_file.isEmpty(); }
  [[nodiscard]] const QString& file() const { return m_file; }

  /// How much is made anew, over 0 … 1.
  [[nodiscard]] double strength() const;
  void setStrength(double strength);
  /// Whether a mask says where.
  void setMasked(bool masked);
  /// Whether one paints right now.
  void setPainting(bool painting);

 Q_SIGNALS:
  void sourceChanged();
  void paintRequested(bool paint);

 private:
  void showStrength();
  void showName();

  QString m_file;
  QString m_title;
  QLabel* m_thumbnail;
  ElidedLabel* m_name;
  QLabel* m_hint;
  QSlider* m_strength;
  QLabel* m_percent;
  QPushButton* m_paint;
  bool m_masked = false;
};

}  // namespace likeness
