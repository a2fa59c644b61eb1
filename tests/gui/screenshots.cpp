// Grabs every page in light and dark: likeness_screenshots FOLDER. LIKENESS_PHOTOS names a folder of photos (else the
// demo's), LIKENESS_PRIORS and LIKENESS_PICTURES folders of pictures that stand for made ones (else painted scenes).
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <cmath>
#include <QTemporaryDir>
#include <cstdio>

#include "tests/support/chat_server.h"
#include "tests/support/fake_backend.h"
#include "ui/compose/before_after.h"
#include "ui/compose/prompt_edit.h"
#include "ui/helper/helper_panel.h"
#include "ui/shell/main_window.h"
#include "ui/shell/recent_projects.h"
#include "ui/subject/subject_page.h"
#include "ui/theme/theme.h"
#include "ui/theme/translations.h"
#include "ui/widgets/mask_canvas.h"
#include "ui/widgets/picture_grid.h"
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
    good = recent() && good;
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
    good = subject(window) && good;
    good = around(window) && good;
    good = priors(window) && good;
    good = training(window) && good;
    good = compose(window) && good;
    good = exports(window) && good;
    window.showNotice(NoticeKind::Error, QStringLiteral("The folder /media/card/out can't be written to. Choose another folder."));
    settle(50);
    return save(window, QStringLiteral("6-error")) && good;
  }

 private:
  // The start page with projects to go on with.
  bool recent() {
    const QTemporaryDir folder;
    const QDir photos(photoFolder());
    int k = 0;
    for (const QString& name : {QStringLiteral("Biscuit"), QStringLiteral("Grandmother's teapot"), QStringLiteral("Rex")}) {
      const QDir project(folder.filePath(name));
      project.mkpath(QStringLiteral("photos"));
      const QStringList files = photos.entryList({QStringLiteral("*.jpg")}, QDir::Files, QDir::Name);
      if (k < 2 && k < files.size()) QFile::copy(photos.filePath(files[k]), project.filePath(QStringLiteral("photos/a.jpg")));
      rememberProject(project.path());
      ++k;
    }
    MainWindow window(&m_backend);
    window.resize(1280, 800);
    window.show();
    settle(300);
    const bool good = save(window, QStringLiteral("0-start-again"));
    QSettings().remove(QStringLiteral("recentProjects"));
    return good;
  }

  // The subject page with captions and a helper, while photos come in, at its smallest, and without a photo.
  bool subject(MainWindow& window) {
    auto& photos = m_backend.project().photos;
    const auto kept = photos;
    auto* page = qobject_cast<SubjectPage*>(window.page(QStringLiteral("subject")));
    HelperSettings{true, QStringLiteral("http://localhost:8080"), QStringLiteral("qwen3-vl"), 768}.save();
    page->helperChanged();
    photos[2].caption = "a photo of [V] dog in front of a white wall";
    m_backend.project().tokenAdvice = "\"sks\" is more than one token for this model. Take another, for example olis.";
    m_backend.sendProject();
    settle(100);
    bool good = save(window, QStringLiteral("1-subject-captions"));
    window.resize(960, 640);
    settle(100);
    good = save(window, QStringLiteral("1-subject-small")) && good;
    window.resize(1280, 800);
    good = helper(window, *page) && good;
    m_backend.project().tokenAdvice.clear();
    photos = {kept.begin(), kept.begin() + 3};
    m_backend.sendProject();
    settle(50);
    page->addPhotos({toQString(kept[3].file), toQString(kept[4].file)});
    auto* grid = window.findChild<QAbstractItemView*>(QStringLiteral("photoGrid"));
    // Seen before the backend answers: only the pictures that are read beside it are waited for.
    for (int k = 0; k < 3; ++k) grid->grab();
    good = save(window, QStringLiteral("1-subject-busy")) && good;
    settle(200);
    photos.clear();
    m_backend.sendProject();
    settle(50);
    good = save(window, QStringLiteral("1-subject-empty")) && good;
    photos = kept;
    m_backend.sendProject();
    HelperSettings{}.save();
    page->helperChanged();
    settle(100);
    return good;
  }

  bool helper(MainWindow& window, SubjectPage& page) {
    ChatServer server;
    HelperSettings{true, server.address(), QStringLiteral("qwen3-vl"), 768}.save();
    HelperPanel* panel = page.openHelper();
    settle(100);
    bool good = save(*panel, QStringLiteral("7-helper"));
    server.setScript(ChatServer::Script::Slow, {"A dog stands in front of a white wall"});
    panel->ask(HelperTask::Describe);
    settle(200);
    good = save(*panel, QStringLiteral("7-helper-busy")) && good;
    panel->client()->cancel();
    server.setScript(ChatServer::Script::Stream, {"A dog stands in front of ", "a white wall, seen from the side."});
    panel->ask(HelperTask::Describe);
    settle(300);
    good = save(*panel, QStringLiteral("7-helper-answer")) && good;
    server.setScript(ChatServer::Script::Error500);
    panel->ask(HelperTask::Safety);
    settle(200);
    good = save(*panel, QStringLiteral("7-helper-error")) && good;
    panel->hide();
    window.showSettings();
    settle(100);
    auto* settings = window.findChild<QWidget*>(QStringLiteral("settingsDialog"));
    good = save(*settings, QStringLiteral("8-settings")) && good;
    settings->hide();
    window.showLog();
    settle(100);
    auto* log = window.findChild<QWidget*>(QStringLiteral("logPanel"));
    good = save(*log, QStringLiteral("8-log")) && good;
    log->hide();
    return good;
  }

  bool around(MainWindow& window) {
    window.showHelp();
    settle(50);
    bool good = save(window, QStringLiteral("9-help"));
    window.showHelp();
    window.showTour();
    settle(50);
    good = save(window, QStringLiteral("9-tour")) && good;
    if (auto* skip = window.findChild<QPushButton*>(QStringLiteral("tourSkip"))) skip->click();
    return good;
  }

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
    good = making(window) && good;
    good = painting(window) && good;
    good = grid(window) && good;
    return library(window) && good;
  }

  // A batch while it is made, and after.
  bool making(MainWindow& window) {
    set<QSpinBox>(window, "steps", 12);
    set<QLineEdit>(window, "seed", QStringLiteral("1804"));
    if (auto* prompt = window.findChild<PromptEdit*>(QStringLiteral("prompt"))) {
      prompt->setPrompt(QStringLiteral("a photo of a [V] dog in the (snow:1.2) at sunset"));
    }
    settle(300);
    m_backend.setPace(20, 4);
    click(window, "make");
    bool good = settleUntil([&] { return window.findChild<BeforeAfter*>(QStringLiteral("bigPicture"))->hasPicture(); });
    m_backend.pause(window.session()->runningJob());
    settle(100);
    good = save(window, QStringLiteral("4-compose-making")) && good;
    m_backend.resume(window.session()->runningJob());
    m_backend.setPace(2, 4);
    good = settleWork(window) && good;
    return save(window, QStringLiteral("4-compose")) && good;
  }

  // Inpainting: a stroke over the picture's upper half.
  bool painting(MainWindow& window) {
    click(window, "startFromThis");
    settle(150);
    bool good = save(window, QStringLiteral("4-compose-start-from"));
    click(window, "paintMask");
    auto* canvas = window.findChild<MaskCanvas*>(QStringLiteral("maskCanvas"));
    good = settleUntil([&] { return canvas->hasPicture(); }) && good;
    canvas->setBrush(0.16);
    const QRectF frame = canvas->pictureRect();
    const auto send = [&](QEvent::Type type, double x, double y, Qt::MouseButtons buttons) {
      const QPointF at(frame.left() + frame.width() * x, frame.top() + frame.height() * y);
      QMouseEvent event(type, at, canvas->mapToGlobal(at), Qt::LeftButton, buttons, {});
      QApplication::sendEvent(canvas, &event);
    };
    send(QEvent::MouseButtonPress, 0.1, 0.2, Qt::LeftButton);
    for (double x = 0.1; x < 0.9; x += 0.02) send(QEvent::MouseMove, x, 0.2 + 0.1 * std::sin(9 * x), Qt::LeftButton);
    send(QEvent::MouseButtonRelease, 0.9, 0.25, Qt::NoButton);
    settle(50);
    good = save(window, QStringLiteral("4-compose-inpaint")) && good;
    click(window, "clearSource");
    click(window, "leakTest");
    good = settleWork(window) && good;
    return save(window, QStringLiteral("4-compose-leak")) && good;
  }

  bool grid(MainWindow& window) {
    click(window, "openGrid");
    if (auto* rows = window.findChild<QComboBox*>(QStringLiteral("gridRows"))) {
      rows->setCurrentIndex(rows->findData(QStringLiteral("seed")));
      Q_EMIT rows->activated(rows->currentIndex());
    }
    settle(100);
    bool good = save(window, QStringLiteral("4-compose-grid"));
    click(window, "make");
    good = settleWork(window) && good;
    good = save(window, QStringLiteral("4-compose-grid-made")) && good;
    click(window, "closeGrid");
    return good;
  }

  bool library(MainWindow& window) {
    auto& pictures = m_backend.project().pictures;
    const auto some = pictures;
    while (pictures.size() < 60) {
      auto picture = some[pictures.size() % some.size()];
      const auto copy = picture.file.parent_path() / ("copy-" + std::to_string(pictures.size()) + ".png");
      std::error_code ignored;
      std::filesystem::copy_file(picture.file, copy, ignored);
      picture.file = copy;
      pictures.push_back(picture);
    }
    for (std::size_t k = 0; k < pictures.size(); k += 5) pictures[k].favourite = true;
    m_backend.sendProject();
    click(window, "allPictures");
    settle(400);
    bool good = save(window, QStringLiteral("4-compose-library"));
    auto* grid = window.findChild<PictureGrid*>(QStringLiteral("libraryGrid"));
    for (const int row : {0, 15}) grid->selectionModel()->select(grid->model()->index(row, 0), QItemSelectionModel::Select);
    settle(50);
    click(window, "comparePictures");
    settle(300);
    good = save(window, QStringLiteral("4-compose-compare")) && good;
    click(window, "allPictures");
    return good;
  }

  static void click(MainWindow& window, const char* name) {
    if (auto* button = window.findChild<QAbstractButton*>(QLatin1String(name))) button->click();
  }
  template <typename Field, typename Value>
  static void set(MainWindow& window, const char* name, const Value& value) {
    auto* field = window.findChild<Field*>(QLatin1String(name));
    if constexpr (std::is_same_v<Field, QLineEdit>) {
      field->setText(value);
      Q_EMIT field->textEdited(value);
    } else {
      field->setValue(value);
    }
  }

  bool save(QWidget& window, const QString& name) {
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
  installTranslations();
  if (argc > 2) useLanguage(QLocale(QString::fromLocal8Bit(argv[2])));
  bool good = true;
  for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) good = Shots(folder, scheme).all() && good;
  return good ? 0 : 1;
}
