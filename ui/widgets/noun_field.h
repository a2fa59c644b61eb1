#pragma once
#include <QLineEdit>

namespace likeness {

/// A line edit for the class noun, completing common nouns as one types.
class NounField : public QLineEdit {
  Q_OBJECT
 public:
  explicit NounField(QWidget* parent = nullptr);
};

}  // namespace likeness
