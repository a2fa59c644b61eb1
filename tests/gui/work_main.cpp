#include <QApplication>

#include "tests/gui/work_tests.h"
#include "ui/theme/theme.h"

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  likeness::Theme::apply(application, likeness::Scheme::Light);
  int failed = 0;
  for (const auto run : {runLossHistoryTests, runTrainingPageTests, runComposePageTests, runPromptLineTests,
                         runMaskPaintingTests, runPictureLibraryTests, runExportPageTests}) {
    failed += run(argc, argv);
  }
  return failed;
}
