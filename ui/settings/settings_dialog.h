#pragma once
#include <QDialog>

class QVBoxLayout;

namespace likeness {

/// The program's settings, each taken at once, or at the next start where it says so: look, language, computing,
/// folders, the helper. Not modal.
class SettingsDialog : public QDialog {
  Q_OBJECT
 public:
  explicit SettingsDialog(QWidget* parent = nullptr);

 Q_SIGNALS:
  void helperChanged();
  void logRequested();

 private:
  [[nodiscard]] QWidget* makeLook();
  [[nodiscard]] QWidget* makeComputing();
  [[nodiscard]] QWidget* makeFolders();
};

}  // namespace likeness
