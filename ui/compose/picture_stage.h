#pragma once
#include <QWidget>

#include "core/api/job.h"

class QPushButton;
class QToolButton;

namespace likeness {

class BeforeAfter;
class ElidedLabel;

/// One picture, large, with its recipe below and what can be done with it.
class PictureStage : public QWidget {
  Q_OBJECT
 public:
  /// `beside` stands right of the picture, with the same height.
  explicit PictureStage(QWidget* beside, QWidget* parent = nullptr);

  /// Shows a picture; `subject` names what was learnt, for the caption.
  void showPicture(const PictureInfo& picture, const QImage& image, const QString& subject);
  void showBefore(const QImage& before);
  /// Shows a picture in the making; `before`: it is the base model's.
  void showRough(const QImage& rough, int step, int steps, bool before);
  [[nodiscard]] bool showsRough() const { return m_rough; }
  /// Shows the button that stops what is being made.
  void setMaking(bool making);
  void clear();
  void setEmptyText(const QString& text);
  void setBesideVisible(bool visible);
  [[nodiscard]] BeforeAfter* view() const { return m_view; }
  [[nodiscard]] const PictureInfo& picture() const { return m_picture; }

 Q_SIGNALS:
  void reuseRequested(const likeness::Sample& sample);
  void startRequested(const QString& file);
  void stopRequested();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fitView();
  void copyPicture();
  void openFolder();
  void setActions(bool picture, bool recipe);

  BeforeAfter* m_view;
  QWidget* m_beside;
  ElidedLabel* m_recipe;
  QPushButton* m_stop;
  QPushButton* m_start;
  QPushButton* m_reuse;
  QToolButton* m_copy;
  QToolButton* m_folder;
  PictureInfo m_picture;
  bool m_rough = false;
};

}  // namespace likeness
