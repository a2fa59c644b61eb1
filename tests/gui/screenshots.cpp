// Grabs every page in light and dark: likeness_screenshots FOLDER. LIKENESS_PHOTOS names a folder of photos (else the
// demo's), LIKENESS_PRIORS and LIKENESS_PICTURES folders of pictures that stand for made ones (else painted scenes).
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <cstdio>

#include "tests/support/fake_backend.h"
#include "ui/shell/main_window.h"
#include "ui/theme/theme.h"
#include "ui/widgets/qimage.h"

using namespace likeness;

namespace {

void settle(int milliseconds) {
  QElapsedTimer timer;
  timer.start();
  while (timer.elapsed() < milliseconds) QApplication::processEvents(QEventLoop::AllEvents, 20);
}

// Waits for what the window is to show, however busy the machine is; false after ten seconds.
template <typename Condition>
bool settleUntil(Condition condition) {
  QElapsedTimer timer;
  timer.start();
  while (!condition()) {
    if (timer.elapsed() > 10'000) return false;
    settle(20);
  }
  settle(200);  // and for the pictures that are read beside it
  return true;
}

bool settleWork(MainWindow& window) {
  return settleUntil([&] { return window.session()->runningJob() == 0 && window.session()->queuedJobs() == 0; });
}

QString photoFolder() {
  const QString given = qEnvironmentVariable("LIKENESS_PHOTOS");
  return given.isEmpty() ? QStringLiteral(LIKENESS_SOURCE_DIR "/resources/demo/photos") : given;
}

class Shots {
 public:
  Shots(const QString& folder, Scheme scheme) : m_folder(folder), m_scheme(scheme) {
    Theme::apply(*qApp, scheme);
    m_backend.setPace(4, 4);
    m_backend.setPriorFolder(qEnvironmentVariable("LIKENESS_PRIORS"));
    m_backend.setPictureFolder(qEnvironmentVariable("LIKENESS_PICTURES"));
  }

  bool all() {
    MainWindow window(&m_backend);
    window.resize(1280, 800);
    window.show();
    settle(100);
    bool good = save(window, QStringLiteral("0-start"));
    window.addPhotos({photoFolder()});
    if (auto* noun = window.findChild<QLineEdit*>(QStringLiteral("newClassNoun"))) noun->setText(QStringLiteral("dog"));
    settle(400);
    good = save(window, QStringLiteral("0-new")) && good;

    m_backend.makeScene({toPath(photoFolder())}, 0, false, 0);
    auto& photos = m_backend.project().photos;
    if (photos.size() > 2) {
      photos[2].finding = {FindingLevel::Look, "duplicate", "Nearly identical to photo 1. Keep one of them."};
      photos[2].crop = {0.5, 0.45, 0.72, 0};
      photos[2].colourNote = "Display P3 → sRGB";
    }
    window.openProject(toQString(m_backend.project().folder));
    settle(300);
    if (auto* grid = window.findChild<QAbstractItemView*>(QStringLiteral("photoGrid"))) {
      grid->setCurrentIndex(grid->model()->index(2, 0));
    }
    settle(200);
    good = save(window, QStringLiteral("1-subject")) && good;
    good = priors(window) && good;
    good = training(window) && good;
    good = compose(window) && good;
    good = exports(window) && good;
    window.showNotice(NoticeKind::Error, QStringLiteral("The folder /media/card/out can't be written to. Choose another folder."));
    settle(50);
    return save(window, QStringLiteral("6-error")) && good;
  }

 private:
  // From the embedded base, from a model of one's own, and as a LoRA.
  bool exports(MainWindow& window) {
    bool good = page(window, QStringLiteral("export"), QStringLiteral("5-export"));
    const auto choose = [&](const QString& name) {
      m_backend.sendProject();
      settle(50);
      if (auto* target = window.findChild<QAbstractButton*>(name)) target->click();
      settle(50);
    };
    m_backend.project().model = "/models/sd15.safetensors";
    choose(QStringLiteral("target_comfyui"));
    good = save(window, QStringLiteral("5-export-file")) && good;
    m_backend.project().train.method = TrainMethod::Lora;
    choose(QStringLiteral("target_a1111"));
    good = save(window, QStringLiteral("5-export-lora")) && good;
    m_backend.project().model.clear();
    m_backend.project().train.method = TrainMethod::Full;
    m_backend.sendProject();
    return good;
  }

  bool page(MainWindow& window, const QString& id, const QString& name) {
    window.showPage(id);
    settle(250);
    return save(window, name);
  }

  bool priors(MainWindow& window) {
    window.showPage(QStringLiteral("priors"));
    settle(100);
    const bool good = save(window, QStringLiteral("2-priors-empty"));
    if (auto* count = window.findChild<QSpinBox*>(QStringLiteral("priorCount"))) count->setValue(40);
    if (auto* make = window.findChild<QPushButton*>(QStringLiteral("makePriors"))) make->click();
    m_backend.setPace(10, 4);
    settle(300);
    const JobId job = window.session()->runningJob();
    m_backend.pause(job);
    auto& made = m_backend.project().priors;
    for (const std::size_t k : {std::size_t(5), std::size_t(14)}) {
      if (k < made.size()) made[k].kept = false;
    }
    m_backend.sendProject();
    if (auto* grid = window.findChild<QAbstractItemView*>(QStringLiteral("priorGrid"))) {
      grid->setCurrentIndex(grid->model()->index(3, 0));
    }
    settle(200);
    const bool shown = save(window, QStringLiteral("2-priors"));
    m_backend.resume(job);
    m_backend.setPace(2, 4);
    return settleWork(window) && good && shown;
  }

  bool training(MainWindow& window) {
    bool good = page(window, QStringLiteral("training"), QStringLiteral("3-training-before"));
    Train spec;
    spec.project = m_backend.project().folder;
    m_backend.setPace(4, 4);
    m_backend.setTrainLimit(372);
    window.session()->submit(spec);
    const auto* text = window.findChild<QWidget*>(QStringLiteral("jobText"));
    good = settleUntil([&] { return text != nullptr && text->accessibleName().contains(QStringLiteral("372")); }) && good;
    good = save(window, QStringLiteral("3-training")) && good;
    m_backend.setTrainLimit(0);
    return settleWork(window) && good;
  }

  bool compose(MainWindow& window) {
    bool good = page(window, QStringLiteral("compose"), QStringLiteral("4-compose-before"));
    Sample spec;
    spec.project = m_backend.project().folder;
    spec.prompt = "a photo of a [V] dog in the snow at sunset";
    spec.seed = 1804;
    spec.count = 4;
    spec.steps = 4;
    spec.compareWithBase = true;
    window.session()->submit(spec);
    good = settleWork(window) && good;
    return save(window, QStringLiteral("4-compose")) && good;
  }

  bool save(MainWindow& window, const QString& name) {
    const QPixmap shot = window.grab();
    const QString file = QDir(m_folder).filePath(
        QStringLiteral("%1-%2.png").arg(name, m_scheme == Scheme::Dark ? QStringLiteral("dark") : QStringLiteral("light")));
    const bool good = !shot.isNull() && shot.save(file);
    if (!good) std::fprintf(stderr, "%s could not be made\n", qPrintable(file));
    return good;
  }

  QString m_folder;
  Scheme m_scheme;
  FakeBackend m_backend;
};

}  // namespace

int main(int argc, char** argv) {
  QStandardPaths::setTestModeEnabled(true);
  QCoreApplication::setOrganizationName(QStringLiteral("LikenessTests"));
  QCoreApplication::setApplicationName(QStringLiteral("screenshots"));
  QApplication application(argc, argv);
  const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("screenshots");
  QDir().mkpath(folder);
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, QDir(folder).filePath(QStringLiteral("settings")));
  QSettings().clear();
  bool good = true;
  for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) good = Shots(folder, scheme).all() && good;
  return good ? 0 : 1;
}
