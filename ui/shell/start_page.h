#pragma once
#include <QStringList>
#include <QWidget>

class QFrame;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace likeness {

class NewProjectForm;
class PictureGrid;
class PictureModel;

/// What the window shows while no project is open: drop or choose photos to begin one, or open one.
class StartPage : public QWidget {
  Q_OBJECT
 public:
  explicit StartPage(QWidget* parent = nullptr);

  /// Goes on to the form of a new project with these photos.
  void beginWith(const QStringList& photos);
  /// Back to the invitation, with the recent list read anew.
  void reset();
  /// Tells that photos are being dragged over the window.
  void setDropActive(bool active);

 Q_SIGNALS:
  void createRequested(const QString& folder, const QStringList& photos, const QString& classNoun);
  void openRequested();
  void recentRequested(const QString& folder);
  void demoRequested();
  void tourRequested();

 private:
  QWidget* makeInvitation();
  QWidget* makeRecent();
  void fillRecent();

  QStackedWidget* m_stack;
  NewProjectForm* m_form;
  QFrame* m_drop = nullptr;
  QWidget* m_recent = nullptr;
  PictureModel* m_projects = nullptr;  ///< the recent ones, a tile each
  PictureGrid* m_projectGrid = nullptr;
};

}  // namespace likeness
