#include "ui/settings/preferences.h"

#include <QDir>
#include <QRegularExpression>
#include <QSettings>
#include <algorithm>

namespace likeness {
namespace {

const QString kScheme = QStringLiteral("theme");
const QString kThreads = QStringLiteral("threads");
const QString kLanguage = QStringLiteral("language");
const QString kFolder = QStringLiteral("projectsFolder");
constexpr int kMostThreads = 1024;

}  // namespace

Scheme savedScheme() {
  const QString name = QSettings().value(kScheme).toString();
  return name == QStringLiteral("light") ? Scheme::Light : name == QStringLiteral("dark") ? Scheme::Dark : Scheme::System;
}

void saveScheme(Scheme scheme) {
  QSettings().setValue(kScheme, scheme == Scheme::Light  ? QStringLiteral("light")
                                : scheme == Scheme::Dark ? QStringLiteral("dark")
                                                         : QStringLiteral("system"));
}

int savedThreads() { return std::clamp(QSettings().value(kThreads, 0).toInt(), 0, kMostThreads); }
void saveThreads(int threads) { QSettings().setValue(kThreads, threads); }

QString savedLanguage() { return QSettings().value(kLanguage).toString(); }
void saveLanguage(const QString& language) { QSettings().setValue(kLanguage, language); }

QStringList languagesThere() {
  static const QRegularExpression kName(QStringLiteral("^likeness_([A-Za-z_]+)\\.qm$"));
  QStringList languages;
  for (const QString& file : QDir(QStringLiteral(":/likeness/i18n")).entryList(QDir::Files, QDir::Name)) {
    const QRegularExpressionMatch match = kName.match(file);
    if (match.hasMatch() && match.captured(1) != QStringLiteral("en")) languages.append(match.captured(1));
  }
  languages.prepend(QStringLiteral("en"));
  return languages;
}

QString savedProjectsFolder() { return QSettings().value(kFolder).toString(); }
void saveProjectsFolder(const QString& folder) { QSettings().setValue(kFolder, folder); }

}  // namespace likeness
