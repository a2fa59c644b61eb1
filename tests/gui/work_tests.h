#pragma once
#include <QtTest>

#include "tests/support/fake_backend.h"
#include "ui/shell/page.h"

int runLossHistoryTests(int argc, char** argv);
int runTrainingPageTests(int argc, char** argv);
int runComposePageTests(int argc, char** argv);
int runPromptLineTests(int argc, char** argv);
int runMaskPaintingTests(int argc, char** argv);
int runPictureLibraryTests(int argc, char** argv);
int runExportPageTests(int argc, char** argv);

namespace likeness {

/// A page in a window of its own with everything that it needs.
template <typename PageType>
struct Stage {
  FakeBackend backend;
  Session session{&backend};
  PageType page{&session};

  /// Shows the page on a scene: photos, class images, perhaps a finished run and pictures.
  explicit Stage(bool trained = false, int pictures = 0, int photos = 1) {
    QObject::connect(&session, &Session::projectChanged, &page, [this] { page.projectChanged(); });
    const std::filesystem::path folder(LIKENESS_SOURCE_DIR "/resources/demo/photos");
    std::vector<std::filesystem::path> files;
    for (int k = 0; k < photos; ++k) files.push_back(folder / ("0" + std::to_string(k) + ".jpg"));
    backend.makeScene(files, 4, trained, pictures);
    backend.project().train.priorCount = 4;
    page.resize(1072, 696);
    page.show();
  }
  /// Sends the scene as it stands and lets the page take it in.
  void open() {
    backend.sendProject();
    QCoreApplication::processEvents();
  }
  template <typename Widget>
  Widget* find(const char* name) {
    return page.template findChild<Widget*>(name);
  }
  void click(const char* name) { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
};

}  // namespace likeness
