#pragma once
#include <QUndoStack>
#include <map>
#include <memory>

#include "ui/shell/page.h"
#include "ui/subject/photo_commands.h"
#include "ui/subject/photo_tiles.h"

class QCheckBox;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace likeness {

class HelperPanel;
class PhotoPanel;
class PictureGrid;
class PictureModel;
class SubjectFields;

/// The photos of the subject, the square of each that is trained, and the words that name it.
class SubjectPage : public Page {
  Q_OBJECT
 public:
  explicit SubjectPage(Session* session, QWidget* parent = nullptr);

  [[nodiscard]] QString id() const override { return QStringLiteral("subject"); }
  [[nodiscard]] QString title() const override { return tr("Subject"); }
  [[nodiscard]] QString stateText() const override;
  [[nodiscard]] bool isDone() const override;
  void projectChanged() override;

  /// Puts files and folders into the project; can be undone.
  void addPhotos(const QStringList& paths);
  [[nodiscard]] QUndoStack* undoStack() { return &m_undo; }
  /// The helper's window, with the chosen photo; null, with a word on how to switch it on, while it is off.
  HelperPanel* openHelper();
  /// The helper was switched on or off, or has another address.
  void helperChanged();

 private:
  QWidget* makeHead();
  QWidget* makePhotos();
  void connectParts();
  void fitGrid();
  void showCurrent();
  void removePhotos(const PhotoFiles& files);
  void removeSelected();
  void askForPhotos();
  void photosAdded(JobId job);
  void centre(const PhotoFiles& files);
  void photosCentred(JobId job);
  void setCaption(const std::filesystem::path& photo, const QString& before, const QString& after);
  void showTiles();
  QWidget* makeFoot();
  void connectPanel();
  [[nodiscard]] int usablePhotos() const;

  PhotoTiles m_tiles;
  PictureModel* m_model;
  PictureGrid* m_grid;
  QStackedWidget* m_photos = nullptr;
  PhotoPanel* m_panel;
  SubjectFields* m_fields;
  QLabel* m_advice = nullptr;
  QPushButton* m_continue;
  QUndoStack m_undo;
  struct Adding {
    std::shared_ptr<PhotoFiles> files;
    PhotoFiles before;
    PhotoFiles coming;  ///< what is shown until the engine has looked at it
  };
  std::map<JobId, Adding> m_adding;  ///< AddPhotos jobs under way
  std::map<JobId, std::shared_ptr<CentreCommand::Crops>> m_centring;  ///< CentrePhotos jobs under way
  HelperPanel* m_helper = nullptr;
  QPushButton* m_centreAll = nullptr;
  QPushButton* m_askHelper = nullptr;
  QCheckBox* m_useCaptions = nullptr;
};

}  // namespace likeness
