#pragma once
#include "ui/compose/batch.h"
#include "ui/shell/page.h"

namespace likeness {

class ImageLoader;
class Gallery;
class MadePictures;
class PictureGrid;
class PictureStage;
class PromptBar;
class SampleSettings;

/// Making pictures: a prompt with the subject in it, settings beside, the batch as it comes, and what was made earlier.
class ComposePage : public Page {
  Q_OBJECT
 public:
  explicit ComposePage(Session* session, QWidget* parent = nullptr);

  [[nodiscard]] QString id() const override { return QStringLiteral("compose"); }
  [[nodiscard]] QString title() const override { return tr("Compose"); }
  [[nodiscard]] QString stateText() const override;
  [[nodiscard]] bool isDone() const override { return !project().pictures.empty(); }
  void projectChanged() override;

 private:
  void makeMiddle();
  void hear();
  void make();
  void makeLeakTest();
  void submit(Sample sample);
  void takePicture(JobId job, const PictureReady& picture);
  void finishBatch(JobId job);
  void showBatch();
  void showEarlier();
  void showOfBatch(int index);
  void showFile(const QString& file);
  void readForStage(const QString& file, const QImage& image);
  void reuse(const Sample& sample);
  void offerMenu(PictureGrid* grid, const QPoint& position);
  [[nodiscard]] const PictureInfo* pictureOf(const QString& file) const;
  [[nodiscard]] QString subjectName() const { return QString::fromStdString(project().name); }

  QLabel* m_lead;
  PromptBar* m_prompt;
  MadePictures* m_batchModel;
  PictureGrid* m_batchGrid;
  Gallery* m_gallery;
  PictureStage* m_stage;
  QLabel* m_earlierTitle;
  MadePictures* m_earlierModel;
  PictureGrid* m_earlierGrid;
  SampleSettings* m_settings;
  ImageLoader* m_loader;

  std::filesystem::path m_folder;
  Batch m_batch;
  std::map<JobId, int> m_expected;  ///< pictures that each asked-for job will make
  QString m_beforeFile;             ///< being read for the stage
};

}  // namespace likeness
