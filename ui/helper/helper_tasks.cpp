#include "ui/helper/helper_tasks.h"

#include <QRegularExpression>

namespace likeness {

// Not translated: they are read by a model, not by people.
QString wordsFor(HelperTask task, const QString& noun, const QString& own) {
  const QString thing = noun.isEmpty() ? QStringLiteral("subject") : noun;
  switch (task) {
    case HelperTask::Describe:
      return QStringLiteral(
                 "Describe this photo in one plain sentence for training an image model. Call the main subject \"%1\" and "
                 "say nothing about its own lasting looks; name what may change: pose, place, light, framing, background. "
                 "Answer with the sentence only.")
          .arg(thing);
    case HelperTask::Noun:
      return QStringLiteral(
          "What is the main subject of this photo? Answer with one everyday English noun, such as dog, teapot or person, "
          "and nothing else.");
    case HelperTask::Prompts:
      return QStringLiteral(
                 "Suggest five prompts for new pictures of this %1 in other places, light and styles. Write [V] %1 where the "
                 "subject is named. One prompt a line, no numbers, nothing else.")
          .arg(thing);
    case HelperTask::Safety:
      return QStringLiteral(
          "Would you show this picture to everybody, also to children at a school? Look for nudity, sexual content, "
          "violence, blood and hate symbols. Begin the answer with SAFE or UNSAFE, then give the reason in one sentence.");
    case HelperTask::Own: break;
  }
  return own;
}

QString asCaption(const QString& answer, const QString& noun) {
  QString line = answer.simplified();
  if (line.size() > 1 && line.startsWith(u'"') && line.endsWith(u'"')) line = line.mid(1, line.size() - 2);
  if (noun.isEmpty() || line.contains(QStringLiteral("[V]"))) return line;
  const QRegularExpression named(QStringLiteral("\\b(?:(?:a|an|the)\\s+)?(%1)\\b").arg(QRegularExpression::escape(noun)),
                                 QRegularExpression::CaseInsensitiveOption);
  const QRegularExpressionMatch match = named.match(line);
  if (!match.hasMatch()) return line;
  return line.replace(match.capturedStart(), match.capturedLength(), QStringLiteral("[V] ") + match.captured(1).toLower());
}

QString asNoun(const QString& answer) {
  constexpr int kMostWords = 3;
  static const QRegularExpression kArticle(QStringLiteral("^(a|an|the)\\s+"), QRegularExpression::CaseInsensitiveOption);
  static const QRegularExpression kNoWord(QStringLiteral("[^a-z \\-]"));
  QString noun = answer.trimmed().section(u'\n', 0, 0).toLower();
  noun.remove(kNoWord);
  noun = noun.simplified().remove(kArticle);
  return noun.split(u' ').size() > kMostWords ? QString() : noun;
}

bool isWarning(const QString& answer) {
  static const QRegularExpression kSafe(QStringLiteral("^\\W*SAFE\\b"), QRegularExpression::CaseInsensitiveOption);
  return !kSafe.match(answer).hasMatch();
}

}  // namespace likeness
