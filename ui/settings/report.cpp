#include "ui/settings/report.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSysInfo>
#include <QThread>
#include <algorithm>

#include "ui/shell/system_memory.h"
#include "ui/widgets/format.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kShortestName = 2;

void replaceWord(QString& text, const QString& word, const QString& by) {
  if (word.size() < kShortestName) return;
  // Within a longer word it is something else: the user "max" and the option "max_grad_norm".
  const QRegularExpression whole(QStringLiteral("(?<![\\w])%1(?![\\w])").arg(QRegularExpression::escape(word)),
                                 QRegularExpression::UseUnicodePropertiesOption | QRegularExpression::CaseInsensitiveOption);
  text.replace(whole, by);
}

void replacePaths(QString& text) {
  static const QRegularExpression kAddress(QStringLiteral("\\b[a-z][a-z0-9+.-]*://[^\\s\"'<>]+"),
                                           QRegularExpression::CaseInsensitiveOption);
  text.replace(kAddress, QStringLiteral("(address)"));
  // From the first slash to the end of the last part; an end like .jpg is worth knowing.
  static const QRegularExpression kPath(
      QStringLiteral("(?<![\\w)])(?:~|[A-Za-z]:)?(?:[/\\\\][^\\s/\\\\\"'<>|:;,()]+)+?(\\.[A-Za-z0-9]{1,5})?(?=[\\s\"'<>|:;,()]|[.]?$|[.]\\s|[/\\\\]\\s)"),
      QRegularExpression::MultilineOption);
  text.replace(kPath, QStringLiteral("(path)\\1"));
}

QString line(const QString& name, const QString& value) { return name + QStringLiteral(": ") + value + u'\n'; }

}  // namespace

PrivateWords PrivateWords::of(const ProjectSnapshot& project) {
  PrivateWords words;
  words.home = QDir::homePath();
  words.names = {QFileInfo(words.home).fileName(), qEnvironmentVariable("USER"), qEnvironmentVariable("LOGNAME"),
                 qEnvironmentVariable("USERNAME"), QSysInfo::machineHostName()};
  const auto add = [&](const std::filesystem::path& path) {
    if (path.empty()) return;
    words.things << toQString(path) << toQString(path.filename());
  };
  add(project.folder);
  add(project.model);
  add(project.ownPriors);
  for (const PhotoInfo& photo : project.photos) add(photo.file);
  for (const SubjectInfo& subject : project.furtherSubjects) {
    for (const PhotoInfo& photo : subject.photos) add(photo.file);
  }
  return words;
}

QString withoutPrivateWords(QString text, const PrivateWords& words) {
  QStringList things = words.things;
  things.removeAll(QString());
  // Longer ones first, so that a folder's name doesn't tear a path of it apart.
  std::sort(things.begin(), things.end(), [](const QString& a, const QString& b) { return a.size() > b.size(); });
  for (const QString& thing : things) replaceWord(text, thing, QStringLiteral("(file)"));
  if (words.home.size() > 1) text.replace(words.home, QStringLiteral("~"));
  replacePaths(text);
  for (const QString& name : words.names) replaceWord(text, name, QStringLiteral("(name)"));
  return text;
}

QString makeReport(const ProjectSnapshot& project, const QString& log, const PrivateWords& words) {
  // English on purpose: it goes to the people who mend the program.
  QString text = QStringLiteral("Likeness report\n\n");
  text += line(QStringLiteral("Version"), QCoreApplication::applicationVersion());
  text += line(QStringLiteral("System"), QSysInfo::prettyProductName() + QStringLiteral(", ") + QSysInfo::kernelVersion() +
                                             QStringLiteral(", ") + QSysInfo::currentCpuArchitecture());
  text += line(QStringLiteral("Qt"), QString::fromLatin1(qVersion()));
  text += line(QStringLiteral("Cores"), QString::number(QThread::idealThreadCount()));
  text += line(QStringLiteral("Memory"), QStringLiteral("%1 of %2").arg(formatBytes(residentMemory()), formatBytes(totalMemory())));
  if (!project.folder.empty()) {
    text += u'\n';
    text += line(QStringLiteral("Base model"), project.model.empty() ? QStringLiteral("the embedded one") : QStringLiteral("one of the user's"));
    text += line(QStringLiteral("Trained square"), QString::number(project.resolution));
    QStringList sizes;
    for (const PhotoInfo& photo : project.photos) {
      sizes << QStringLiteral("%1 × %2 %3 (%4)")
                   .arg(photo.width)
                   .arg(photo.height)
                   .arg(toQString(photo.file.extension()), QString::fromStdString(photo.finding.code));
    }
    text += line(QStringLiteral("Photos"), sizes.isEmpty() ? QStringLiteral("none") : sizes.join(QStringLiteral(", ")));
    text += line(QStringLiteral("Class images"), QString::number(project.priors.size()));
    text += line(QStringLiteral("Runs"), QString::number(project.runs.size()));
    text += line(QStringLiteral("Pictures"), QString::number(project.pictures.size()));
  }
  text += QStringLiteral("\nLog\n\n") + (log.isEmpty() ? QStringLiteral("(empty)\n") : log);
  return withoutPrivateWords(text, words);
}

QString endOfLog(const QString& file, qint64 most) {
  QFile log(file);
  if (file.isEmpty() || !log.open(QIODevice::ReadOnly)) return {};
  const bool cut = log.size() > most;
  if (cut) log.seek(log.size() - most);
  QByteArray bytes = log.read(most);
  if (cut) bytes.remove(0, bytes.indexOf('\n') + 1);
  return QString::fromUtf8(bytes);
}

}  // namespace likeness
