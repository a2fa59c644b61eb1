// Runs the tests of the shell, the subject and prior pages, the helper, the settings and the languages in one program.
#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "tests/gui/shell_tests.h"
#include "ui/theme/theme.h"

int main(int argc, char** argv) {
  QStandardPaths::setTestModeEnabled(true);
  QCoreApplication::setOrganizationName(QStringLiteral("LikenessTests"));
  QCoreApplication::setApplicationName(QStringLiteral("gui_shell"));
  QApplication application(argc, argv);
  const QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  likeness::Theme::apply(application, likeness::Scheme::Light);
  int failed = 0;
  for (const auto& make : {makeShellTest, makeSubjectTest, makePriorsTest, makeHelperTest, makeSettingsTest,
                           makeLanguagesTest}) {
    const std::unique_ptr<QObject> test(make());
    failed += QTest::qExec(test.get(), argc, argv);
  }
  return failed;
}
