#pragma once
#include <QWidget>

#include "ui/session.h"

class QLabel;
class QLineEdit;

namespace likeness {

class TokenField;

/// The two words that name the subject: what it is, and the token that will stand for it.
class SubjectFields : public QWidget {
  Q_OBJECT
 public:
  explicit SubjectFields(Session* session, QWidget* parent = nullptr);

  void showProject(const ProjectSnapshot& project);
  /// Submits what is typed if it differs from the project and can be used.
  void commit();

 private:
  QWidget* makeTokenHint();
  void checkToken();

  Session* m_session;
  QLineEdit* m_noun;
  TokenField* m_token;
  QLabel* m_nounHint;
  QWidget* m_tokenHint;
  QLabel* m_tokenProblem;
};

}  // namespace likeness
