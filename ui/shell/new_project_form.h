#pragma once
#include <QStringList>

#include "ui/widgets/card.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace likeness {

class PictureGrid;
class PictureModel;

/// The few questions of a new project: which photos, what it is, what the project is called.
class NewProjectForm : public Card {
  Q_OBJECT
 public:
  explicit NewProjectForm(QWidget* parent = nullptr);

  void addPhotos(const QStringList& photos);
  void clear();
  /// Puts the cursor into the first field.
  void begin();

 Q_SIGNALS:
  void created(const QString& folder, const QStringList& photos, const QString& classNoun);
  void abandoned();

 private:
  void update();
  void proposeName();
  void create();

  QStringList m_photos;
  PictureModel* m_model;
  PictureGrid* m_grid;
  QLabel* m_count;
  QLineEdit* m_noun;
  QLineEdit* m_name;
  QLabel* m_place;
  QPushButton* m_create;
  bool m_nameTouched = false;
};

}  // namespace likeness
