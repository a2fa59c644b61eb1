#include "ui/subject/subject_fields.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/theme/metrics.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/noun_field.h"
#include "ui/widgets/token_field.h"

namespace likeness {

SubjectFields::SubjectFields(Session* session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_noun(new NounField),
      m_token(new TokenField),
      m_nounHint(makeParagraph(tr("An everyday word that the base model knows."), TextStyle::Small)),
      m_tokenHint(makeTokenHint()),
      m_tokenProblem(makeParagraph({}, TextStyle::Small, Tone::Warning)) {
  m_noun->setObjectName(QStringLiteral("classNoun"));
  m_token->setObjectName(QStringLiteral("identifierToken"));
  m_token->setToolTip(tr("A rare word that means nothing yet, so that it can come to mean your subject alone"));
  m_tokenProblem->hide();
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace16);
  const auto add = [row](const QString& label, QWidget* field, std::initializer_list<QWidget*> hints) {
    auto* column = new QVBoxLayout;
    column->setSpacing(kSpace4);
    column->addWidget(makeFieldLabel(label, field));
    column->addWidget(field);
    for (QWidget* hint : hints) column->addWidget(hint);
    column->addStretch();
    row->addLayout(column, 1);
  };
  add(tr("It is a"), m_noun, {m_nounHint});
  add(tr("Call it"), m_token, {m_tokenHint, m_tokenProblem});
  connect(m_noun, &QLineEdit::editingFinished, this, &SubjectFields::commit);
  connect(m_token, &QLineEdit::editingFinished, this, &SubjectFields::commit);
  connect(m_token, &QLineEdit::textChanged, this, &SubjectFields::checkToken);
}

QWidget* SubjectFields::makeTokenHint() {
  auto* hint = new QWidget;
  auto* row = new QHBoxLayout(hint);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(kSpace4);
  //: The sentence goes on with the chip [V] and "in prompts."
  row->addWidget(makeLabel(tr("One rare token, written as"), TextStyle::Small, Tone::Soft));
  QLabel* chip = makeTokenChip(QStringLiteral("[V]"));
  chip->setProperty("extent", QStringLiteral("small"));
  row->addWidget(chip);
  row->addWidget(makeLabel(tr("in prompts."), TextStyle::Small, Tone::Soft));
  row->addStretch();
  return hint;
}

void SubjectFields::showProject(const ProjectSnapshot& project) {
  if (!m_noun->hasFocus()) m_noun->setText(QString::fromStdString(project.classNoun));
  if (!m_token->hasFocus()) m_token->setText(QString::fromStdString(project.identifierToken));
  m_told = {project.classNoun, project.identifierToken};
  m_advice = QString::fromStdString(project.tokenAdvice);
  m_adviceFor = QString::fromStdString(project.identifierToken);
  checkToken();
}

void SubjectFields::checkToken() {
  const QString token = m_token->text().trimmed();
  QString problem = TokenField::problemWith(token);
  // Only the engine knows the model's vocabulary: what it says of the token that the project has goes first.
  if (token == m_adviceFor && !m_advice.isEmpty()) problem = m_advice;
  m_tokenProblem->setText(problem);
  m_tokenProblem->setVisible(!problem.isEmpty());
  m_tokenHint->setVisible(problem.isEmpty());
}

void SubjectFields::commit() {
  const ProjectSnapshot& project = m_session->project();
  const QString noun = m_noun->text().simplified();
  const QString token = m_token->text().trimmed();
  if (!m_session->hasProject() || noun.isEmpty() || !TokenField::isUsable(token)) return;
  const SubjectWords words{noun.toStdString(), token.toStdString()};
  if (words == m_told) return;
  m_told = words;
  Q_EMIT edited({project.classNoun, project.identifierToken}, words);
}

}  // namespace likeness
