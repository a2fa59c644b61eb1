#include <QApplication>
#include <QCommandLineParser>
#include <QMetaObject>

#include "app/interrupt.h"
#include "app/log_file.h"
#include "app/window/engine_backend.h"
#include "core/base/log.h"
#include "core/engine/jobs.h"
#include "core/tensor/memory.h"
#include "ui/settings/preferences.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme.h"
#include "ui/widgets/qimage.h"

int main(int argc, char** argv) {
  using namespace likeness;
  tuneAllocator();
  // Before every other thread. Ctrl-C in the terminal closes the window as its own button does.
  const InterruptWatch watch([] { QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection); });
  QApplication application(argc, argv);
  QCoreApplication::setOrganizationName(QStringLiteral("Likeness"));
  QCoreApplication::setApplicationName(QStringLiteral("Likeness"));
  QCoreApplication::setApplicationVersion(QStringLiteral(LIKENESS_VERSION));

  QCommandLineParser parser;
  parser.setApplicationDescription(QCoreApplication::translate(
      "main", "Teaches Stable Diffusion one subject from a few photos and makes pictures of it."));
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument(QStringLiteral("project"), QCoreApplication::translate("main", "The project to open."),
                               QStringLiteral("[PROJECT]"));
  const QCommandLineOption threads(QStringLiteral("threads"),
                                   QCoreApplication::translate("main", "Threads for computing; 0: one a core."),
                                   QStringLiteral("N"));
  parser.addOption(threads);
  parser.process(application);

  const auto log = logFile("likeness.log");
  startLog("warn", log);
  Theme::apply(application, savedScheme());
  const int wanted = parser.isSet(threads) ? parser.value(threads).toInt() : savedThreads();
  EngineBackend backend(makeJobs({wanted}));
  MainWindow window(&backend);
  window.setLogFile(toQString(log));
  window.show();
  if (const auto arguments = parser.positionalArguments(); !arguments.isEmpty()) window.openProject(arguments.front());
  return QApplication::exec();
}
