#pragma once
#include <QWidget>
#include <vector>

#include "core/api/project.h"
#include "ui/widgets/picture_model.h"

namespace likeness {

class ImageLoader;
class PictureGrid;
class PictureViewer;

/// The contact sheet of class images: keep or reject by the mark on a tile or by K and R, look closely by Enter or a
/// double click. Only shows; what is marked is told by a signal.
class PriorSheet : public QWidget {
  Q_OBJECT
 public:
  /// `overlayParent` is what the close look covers.
  explicit PriorSheet(QWidget* overlayParent, QWidget* parent = nullptr);

  /// `coming`: empty tiles for images still to be made.
  void showPriors(const std::vector<PriorInfo>& priors, int coming);
  /// A picture that is known already, so that its file need not be read.
  void putImage(const QString& file, const QImage& image) { m_model->putImage(file, image); }
  [[nodiscard]] PictureGrid* grid() const { return m_grid; }
  [[nodiscard]] PictureModel* model() const { return m_model; }

 Q_SIGNALS:
  void marked(const QStringList& files, bool kept);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void mark(const QStringList& files, bool kept);
  void toggle(const QString& file);
  void look();
  void step(int by);
  [[nodiscard]] bool isKept(const QString& file) const;
  [[nodiscard]] QString caption() const;

  PictureModel* m_model;
  PictureGrid* m_grid;
  PictureViewer* m_viewer;
  ImageLoader* m_loader;  ///< reads the one that is looked at closely, larger than a tile
};

}  // namespace likeness
