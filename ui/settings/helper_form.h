#pragma once
#include <QWidget>

#include "ui/helper/helper_client.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace likeness {

/// Where the user's own vision-language server is, whether it may be asked, and a button to try it. Saved as it is typed.
class HelperForm : public QWidget {
  Q_OBJECT
 public:
  explicit HelperForm(QWidget* parent = nullptr);

 Q_SIGNALS:
  void changed();

 private:
  [[nodiscard]] HelperSettings typed() const;
  void save();
  void tryIt();
  void say(const QString& text, int tone);

  HelperClient m_client;
  QCheckBox* m_on;
  QLineEdit* m_address;
  QLineEdit* m_model;
  QPushButton* m_try;
  QLabel* m_state;
};

}  // namespace likeness
