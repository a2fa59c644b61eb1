#include "ui/shell/recent_projects.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include "ui/settings/preferences.h"

namespace likeness {
namespace {

constexpr int kMost = 8;
const QString kKey = QStringLiteral("recentProjects");

}  // namespace

QStringList recentProjects() {
  QStringList folders;
  for (const QString& folder : QSettings().value(kKey).toStringList()) {
    if (QFileInfo(folder).isDir()) folders.append(folder);
  }
  return folders;
}

void rememberProject(const QString& folder) {
  QSettings settings;
  QStringList folders = settings.value(kKey).toStringList();
  folders.removeAll(folder);
  folders.prepend(folder);
  settings.setValue(kKey, folders.mid(0, kMost));
}

QString projectsFolder() {
  if (const QString own = savedProjectsFolder(); !own.isEmpty()) return own;
  const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
  return QDir(pictures.isEmpty() ? QDir::homePath() : pictures).filePath(QStringLiteral("Likeness"));
}

QString freeProjectFolder(const QString& name) {
  QString safe = name.trimmed();
  for (const QChar forbidden : QStringLiteral("/\\:*?\"<>|")) safe.replace(forbidden, u'-');
  while (safe.startsWith(u'.')) safe.remove(0, 1);
  if (safe.isEmpty()) safe = QStringLiteral("Project");
  const QDir parent(projectsFolder());
  QString folder = parent.filePath(safe);
  for (int k = 2; QFileInfo::exists(folder); ++k) folder = parent.filePath(QStringLiteral("%1 %2").arg(safe).arg(k));
  return folder;
}

}  // namespace likeness
