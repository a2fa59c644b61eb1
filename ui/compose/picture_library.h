#pragma once
#include <QWidget>

#include "core/api/job.h"
#include "ui/compose/picture_index.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace likeness {

class BeforeAfter;
class ImageLoader;
class MadePictures;
class NoticeBanner;
class PictureGrid;

/// All pictures of a project: searched by prompt, favourites starred, removed with an undo, two compared with a slider.
/// Keys: F stars, Delete removes, Ctrl+Z brings back, C compares two, Enter shows one on the stage, Ctrl+C copies,
/// Ctrl+F searches, Escape goes back.
class PictureLibrary : public QWidget {
  Q_OBJECT
 public:
  explicit PictureLibrary(QWidget* parent = nullptr);

  /// `index` must outlive the next call. Taken in when it is shown: thousands of tiles would be felt after each edit.
  void setPictures(const PictureIndex* index);
  [[nodiscard]] PictureGrid* grid() const { return m_grid; }
  /// Says that pictures were removed, and offers to undo that.
  void showRemoved(int count);
  void focusGrid();

 Q_SIGNALS:
  void closeRequested();
  void openRequested(const QString& file);
  void reuseRequested(const QString& file);
  void startRequested(const QString& file);
  void favouriteRequested(const QStringList& files, bool favourite);
  void removeRequested(const QStringList& files);
  void undoRequested();
  void menuRequested(const QString& file, const QPoint& globalPosition);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  void makeTopRow(QLayout* column);
  void makeDetails();
  void connectAll();
  void showMatching();
  void showSelection();
  void showDetails(const QString& file);
  void loaded(const QString& file, const QImage& image);
  bool act(QKeyEvent* event);
  void star();
  void remove();
  void copy();
  void compare();
  void endComparison();
  [[nodiscard]] QStringList chosen() const;
  [[nodiscard]] bool isComparing() const;

  const PictureIndex* m_index = nullptr;
  QLineEdit* m_search;
  QPushButton* m_favourites;
  QLabel* m_count;
  QToolButton* m_star;
  QToolButton* m_compare;
  QToolButton* m_copy;
  QToolButton* m_folder;
  QToolButton* m_remove;
  NoticeBanner* m_removed;
  QStackedWidget* m_views;
  MadePictures* m_model;
  PictureGrid* m_grid;
  QLabel* m_nothing;
  BeforeAfter* m_comparison;
  QWidget* m_details;
  BeforeAfter* m_preview;
  QLabel* m_prompt;
  QLabel* m_facts;
  QPushButton* m_reuse;
  QPushButton* m_start;
  ImageLoader* m_loader;
  bool m_stale = false;     ///< new pictures wait until it is shown
  QString m_shown;          ///< in the details
  QString m_left, m_right;  ///< compared
};

}  // namespace likeness
