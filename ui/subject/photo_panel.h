#pragma once
#include <QImage>
#include <QTimer>
#include <optional>

#include "ui/session.h"
#include "ui/widgets/card.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace likeness {

class CropEditor;
class ElidedLabel;

/// The chosen photo: its crop editor, what the studio thinks of it, and exactly the square that is trained.
class PhotoPanel : public Card {
  Q_OBJECT
 public:
  explicit PhotoPanel(Session* session, QWidget* parent = nullptr);

  /// `number` counts from 1.
  void showPhoto(const PhotoInfo& photo, int number);
  [[nodiscard]] CropEditor* editor() const { return m_editor; }

 Q_SIGNALS:
  void cropCommitted(const std::filesystem::path& photo, const likeness::CropRect& before,
                     const likeness::CropRect& after);
  void removeRequested(const std::filesystem::path& photo);
  void centreRequested(const std::filesystem::path& photo);
  void moreRequested();  ///< other photos are to be chosen
  void captionCommitted(const std::filesystem::path& photo, const QString& before, const QString& after);

 private:
  [[nodiscard]] QLayout* makeAbout();
  [[nodiscard]] QLayout* makeButtons();
  void connectParts();
  void commitCaption();
  void showFinding(const PhotoFinding& finding);
  void fix();
  void askForPreview();
  void showPreview(const CropRendered& rendered);

  Session* m_session;
  QLabel* m_title;
  ElidedLabel* m_facts;
  CropEditor* m_editor;
  QLabel* m_preview;
  QLabel* m_finding;
  QPushButton* m_rotate;
  QPushButton* m_reset;
  QPushButton* m_centre;
  QToolButton* m_remove;
  QPushButton* m_fix;
  QLineEdit* m_caption;
  QLabel* m_explanation;
  std::optional<PhotoInfo> m_photo;
  QImage m_image;  ///< of the same photo as long as its thumbnail is the same, so that the editor keeps its state
  QTimer m_previewTimer;
};

}  // namespace likeness
