#pragma once
#include <QFrame>

class QLabel;
class QMenu;
class QToolButton;

namespace likeness {

class Session;

/// The top row: the program, the open project (a menu), its model, the device and memory, light or dark.
class HeaderBar : public QFrame {
  Q_OBJECT
 public:
  explicit HeaderBar(QWidget* parent = nullptr);

  void setProject(const QString& name, const QString& model);

 Q_SIGNALS:
  void newProjectRequested();
  void openProjectRequested();
  void recentRequested(const QString& folder);
  void settingsRequested();
  void helpRequested();

 private:
  void fillMenu();
  void updateMemory();
  void updateToggle();

  QToolButton* m_project;
  QMenu* m_menu;
  QLabel* m_model;
  QLabel* m_device;
  QToolButton* m_toggle;
};

}  // namespace likeness
