#pragma once
#include <QTimer>

#include "ui/compose/batch.h"
#include "ui/compose/picture_index.h"
#include "ui/shell/page.h"

class QPushButton;
class QStackedWidget;

namespace likeness {

class BatchView;
class GridBuilder;
class ImageLoader;
class MadePictures;
class MaskStage;
class PictureGrid;
class PictureLibrary;
class PictureStage;
class PictureViewer;
class PromptBar;
class SampleSettings;

/// Making pictures: a prompt with the subject in it, settings beside, the batch as it comes, and what was made earlier.
/// In place of the stage one paints where a picture should change, or compares settings in a grid; in place of it all
/// stands the library of all pictures.
class ComposePage : public Page {
  Q_OBJECT
 public:
  explicit ComposePage(Session* session, QWidget* parent = nullptr);

  [[nodiscard]] QString id() const override { return QStringLiteral("compose"); }
  [[nodiscard]] QString title() const override { return tr("Compose"); }
  [[nodiscard]] QString stateText() const override;
  [[nodiscard]] bool isDone() const override { return !project().pictures.empty(); }
  void projectChanged() override;

  /// The next pictures start from this one.
  void startFrom(const QString& file, bool paint = false);
  /// Shows all pictures, or goes back to making them.
  void showLibrary(bool shown);
  void showGrid(bool shown);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragLeaveEvent(QDragLeaveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  // Making: compose_page.cpp
  void makeHead();
  void makeMiddle();
  void prepareGrid(PictureGrid* grid);
  void hear();
  void make();
  void makeLeakTest();
  [[nodiscard]] Sample present() const;
  bool addSource(Sample& sample);
  void submit(Sample sample);
  void stop();
  void takePicture(JobId job, const PictureReady& picture);
  void takeRough(const PictureProgress& progress);
  void finishJob(JobId job, const Finished& finished);
  void measurePrompt();
  void showCount();
  void showHead();
  void showBatch();

  // What was made: compose_pictures.cpp
  void showEarlier();
  void showOfBatch(int index);
  void showFile(const QString& file);
  void readForStage(const QString& file, const QImage& image);
  void reuse(const Sample& sample);
  void reuseFile(const QString& file);
  void offerMenu(const QString& file, const QPoint& globalPosition);
  void setDropping(bool dropping);
  void offerDrop(const QString& file, const QPoint& globalPosition);
  void mark(const QStringList& files, bool favourite);
  void remove(const QStringList& files);
  void undoRemove();
  [[nodiscard]] const PictureInfo* pictureOf(const QString& file) const;
  [[nodiscard]] QString subjectName() const { return QString::fromStdString(project().name); }

  // What the next ones start from: compose_source.cpp
  void takeSource(const QString& file, const QImage& image);
  void sourceChanged();
  void paintMask(bool paint);

  QLabel* m_title = nullptr;
  QLabel* m_lead;
  QPushButton* m_all;
  QStackedWidget* m_views;
  PromptBar* m_prompt;
  NoticeBanner* m_reading;  ///< how to read what was made
  MadePictures* m_batchModel;
  PictureGrid* m_batchGrid;
  BatchView* m_batchView;
  PictureStage* m_stage;
  QLabel* m_earlierTitle;
  MadePictures* m_earlierModel;
  PictureGrid* m_earlierGrid;
  QStackedWidget* m_left;
  MaskStage* m_maskStage;
  GridBuilder* m_grid;
  SampleSettings* m_settings;
  PictureLibrary* m_library;
  PictureViewer* m_viewer;
  ImageLoader* m_loader;
  QTimer m_measure;

  std::filesystem::path m_folder;
  PictureIndex m_index;
  Batch m_batch;
  std::map<int, ImagePtr> m_rough;  ///< of the batch's pictures that are being made
  std::map<JobId, int> m_expected;  ///< pictures that each asked-for job will make
  std::map<JobId, std::map<int, ImagePtr>> m_grids;  ///< by grid job, its cells; the newest is shown
  std::map<JobId, int> m_removing;
  std::vector<std::filesystem::path> m_removed;  ///< where what was removed last lies
  QString m_beforeFile;                          ///< being read for the stage
  QString m_sourceFile;                          ///< being read for painting
  std::filesystem::path m_sourceMask;            ///< to be shown on it
  bool m_dropping = false;                       ///< a picture is held over the page
  bool m_following = false;                      ///< the stage shows the batch as it comes
};

}  // namespace likeness
