#pragma once
#include <QWidget>

#include "ui/session.h"
#include "ui/subject/photo_commands.h"

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
  /// Tells of what is typed if it differs from the project and can be used.
  void commit();

 Q_SIGNALS:
  void edited(const likeness::SubjectWords& before, const likeness::SubjectWords& after);

 private:
  QWidget* makeTokenHint();
  void checkToken();

  Session* m_session;
  SubjectWords m_told;   ///< what was told of last, until the project has it
  QString m_advice;      ///< what the engine says of the project's token
  QString m_adviceFor;
  QLineEdit* m_noun;
  TokenField* m_token;
  QLabel* m_nounHint;
  QWidget* m_tokenHint;
  QLabel* m_tokenProblem;
};

}  // namespace likeness
