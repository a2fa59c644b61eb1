#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <map>
#include <thread>

#include "core/api/options.h"
#include "core/base/atomic_file.h"
#include "core/api/photo_companions.h"
#include "core/project/captions.h"
#include "core/project/photo_files.h"
#include "core/project/project.h"
#include "core/project/project_lock.h"
#include "core/project/project_subjects.h"
#include "core/project/run_folder.h"
#include "core/project/yaml_file.h"

using namespace likeness;
namespace fs = std::filesystem;

namespace {

constexpr const char* kMinimal = "version: 1\nclass: dog\n";

ErrorCode codeOf(const std::string& yaml) {
  const auto parsed = parseProjectFile(yaml, "/p/project.yaml");
  return parsed.ok() ? ErrorCode::Internal : parsed.error().code;
}

std::string messageOf(const std::string& yaml) {
  const auto parsed = parseProjectFile(yaml, "/p/project.yaml");
  return parsed.ok() ? std::string() : parsed.error().message;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

fs::path writeText(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

std::string readText(const fs::path& file) { return readFile(file, 1 << 20).value(); }

}  // namespace

class TestProject : public QObject {
  Q_OBJECT

  QTemporaryDir m_folder;
  fs::path path(const char* name) { return fs::path(m_folder.path().toStdString()) / name; }
  Project make(const char* name, const std::vector<fs::path>& photos = {}) {
    ProjectFile content;
    content.classNoun = "dog";
    return Project::create(path(name), content, photos).value();
  }

 private Q_SLOTS:
  void roundTripsEverything() {
    ProjectFile project;
    project.classNoun = "teddy bear: \"old\" #1";
    project.token = "sks";
    project.model = "/models/ünïcode path";
    project.photos = {{"a b.jpg", {0.25, 1.0 / 3, 0.7, 3}}, {"yes", {}}, {"123", {}}, {"näme: x.png", {}}};
    project.removed = {{"old.jpg", {0.1, 0.2, 0.3, 1}}};
    project.ownPriors = "/priors";
    project.page = "training";
    for (const auto& option : trainOptions()) {
      if (option.name == "learning_rate") option.set(project.train, "0.000123").value();
      if (option.name == "preview_prompts") option.set(project.train, "[V] dog; a: b # c").value();
    }
    const auto again = parseProjectFile(formatProjectFile(project), "/p/project.yaml");
    QVERIFY2(again.ok(), again.ok() ? "" : again.error().message.c_str());
    QVERIFY(*again == project);
  }

  void oneSubjectIsWrittenAsBefore() {
    ProjectFile project;
    project.classNoun = "dog";
    const auto text = formatProjectFile(project);
    QVERIFY(contains(text, "version: 1\n") && !contains(text, "subjects") && !contains(text, "\nweight:"));
    project.weight = 2;
    QVERIFY(contains(formatProjectFile(project), "version: 2\n"));
  }

  void roundTripsSubjects() {
    ProjectFile project;
    project.classNoun = "dog";
    project.repeats = 3;
    project.furtherSubjects = {{"cat", "zwx", 0.5, 2, "zwx", {{"a b.jpg", {0.25, 0.5, 0.7, 3}}}, "/priors"},
                               {"tea pot", "kprc", 1, 1, "kprc-2", {}, {}}};
    const auto again = parseProjectFile(formatProjectFile(project), "/p/project.yaml");
    QVERIFY2(again.ok(), again.ok() ? "" : again.error().message.c_str());
    QVERIFY(*again == project);
    QCOMPARE(subjectTokens(project), (std::vector<std::string>{"sks", "zwx", "kprc"}));
    QCOMPARE(subjectWords(project), std::string("sks dog and zwx cat and kprc tea pot"));
    // A file of version 1 is read into the same as one of version 2.
    QVERIFY(parseProjectFile(kMinimal, "p").value() == parseProjectFile("version: 2\nclass: dog\n", "p").value());
  }

  void refusesBadSubjects_data() {
    QTest::addColumn<QString>("lines");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const char* lines, const char* said) {
      QTest::newRow(name) << QString(lines) << QString(said);
    };
    row("no list", "subjects: {class: cat}\n", "subjects is not a list");
    row("no class", "subjects:\n  - {token: zwx, folder: zwx}\n", "class of a subject");
    row("no token", "subjects:\n  - {class: cat, folder: zwx}\n", "token of a subject");
    row("same token", "subjects:\n  - {class: cat, token: SKS, folder: zwx}\n", "names two subjects");
    row("same folder", "subjects:\n  - {class: cat, token: a, folder: x}\n  - {class: cat, token: b, folder: x}\n",
        "Two subjects have their photos");
    row("outside", "subjects:\n  - {class: cat, token: zwx, folder: ../x}\n", "not a plain name");
    row("no folder", "subjects:\n  - {class: cat, token: zwx}\n", "not a plain name");
    row("photo outside", "subjects:\n  - {class: cat, token: zwx, folder: x, photos: [../a.jpg]}\n",
        "not a plain file name");
    row("weight", "subjects:\n  - {class: cat, token: zwx, folder: x, weight: 0}\n", "weight of a subject");
    row("repeats", "subjects:\n  - {class: cat, token: zwx, folder: x, repeats: 1.5}\n", "whole number");
    row("misspelt", "subjects:\n  - {class: cat, token: zwx, folder: x, wieght: 2}\n", "did you mean weight?");
  }
  void refusesBadSubjects() {
    QFETCH(QString, lines);
    QFETCH(QString, said);
    const auto message = messageOf(std::string("version: 2\nclass: dog\n") + lines.toStdString());
    QVERIFY2(contains(message, said.toStdString()) && contains(message, "/p/project.yaml"), message.c_str());
  }

  void addsAndRemovesSubjects() {
    auto project = make("subjects");
    const auto cat = writeText(path("cat.jpg"), "cat");
    writeText(path("cat.txt"), "[V] cat on a chair\n");
    QVERIFY(project.addSubject({"cat", "sks", 1, 1, {}, {}, {}}, {cat}).error().message.find("two subjects") !=
            std::string::npos);
    QVERIFY(!project.addSubject({"cat", "zwx", 1, 1, {}, {}, {}}, {}).ok());
    QVERIFY(!project.addSubject({"cat", "zwx", 0, 1, {}, {}, {}}, {cat}).ok());
    QVERIFY(!project.addSubject({"cat", "zwx", 1, 1, {}, {}, {}}, {cat, path("missing.jpg")}).ok());
    QVERIFY(!fs::exists(project.subjectsFolder() / "zwx"));  // nothing is left half done
    project.addSubject({"cat", "../zwx", 2, 1, {}, {}, {}}, {cat, cat}).value();
    const auto subject = Project::open(project.folder()).value().content().furtherSubjects.at(0);
    QCOMPARE(subject.folder, std::string("zwx"));
    QCOMPARE(subject.photos.size(), std::size_t{2});
    const auto folder = project.photosFolder(subject);
    QCOMPARE(readText(folder / "cat-2.jpg"), std::string("cat"));
    QCOMPARE(readCaption(captionBeside(folder / "cat-2.jpg")).value(), std::string("[V] cat on a chair"));
    QCOMPARE(project.snapshot().furtherSubjects.at(0).photos.at(0).file, folder / "cat.jpg");
    QCOMPARE(project.removeSubject("sks").error().code, ErrorCode::InvalidArgument);
    QCOMPARE(project.removeSubject("none").error().code, ErrorCode::NotFound);
    project.removeSubject("../zwx").value();
    QVERIFY(project.content().furtherSubjects.empty() && !fs::exists(folder));
    QVERIFY(fs::exists(project.removedFolder() / "zwx" / "cat.jpg"));
  }

  void keepsCaptionsWithTheirPhotos() {
    const auto photo = writeText(path("dog.jpg"), "dog");
    writeText(path("dog.txt"), "  [V] dog,\n in the snow ");
    auto project = make("captions", {photo});
    const auto inside = project.photosFolder() / "dog.jpg";
    QCOMPARE(captionBeside(inside), captionFile(inside));
    QCOMPARE(readCaption(captionBeside(inside)).value(), std::string("[V] dog, in the snow"));
    project.removePhotos({inside}).value();
    QVERIFY(!fs::exists(captionFile(inside)) && fs::exists(captionFile(project.removedFolder() / "dog.jpg")));
    project.addPhotos({project.removedFolder() / "dog.jpg"}).value();
    QVERIFY(fs::exists(captionFile(inside)));
    for (const auto& [name, text] : std::map<std::string, std::string>{
             {"empty", " \n"}, {"not UTF-8", "\xff\xfe"}, {"control", "a\x01"}, {"long", std::string(70'000, 'x')}}) {
      const auto bad = readCaption(writeText(path("bad.txt"), text));
      QVERIFY2(!bad.ok() && contains(bad.error().message, "bad.txt"), name.c_str());
    }
  }

  void keepsUnknownKeysAndSuggests() {
    const auto project =
        parseProjectFile(std::string(kMinimal) + "tokn: zwx\nfuture: {a: [1, 2]}\n", "/p/project.yaml").value();
    QCOMPARE(project.unknown.size(), 2u);
    QVERIFY(contains(project.warnings.at(0), "Did you mean token?"));
    const auto again = parseProjectFile(formatProjectFile(project), "/p/project.yaml").value();
    QCOMPARE(again.unknown.size(), 2u);
    QVERIFY(contains(formatProjectFile(again), "future"));
  }

  void refusesUnknownTrainingOptions() {
    const auto message = messageOf(std::string(kMinimal) + "training:\n  stpes: 3\n");
    QVERIFY2(contains(message, "/p/project.yaml") && contains(message, "Did you mean steps?"), message.c_str());
    QCOMPARE(codeOf(std::string(kMinimal) + "training:\n  steps: many\n"), ErrorCode::InvalidArgument);
  }

  void refusesNewerVersions() {
    QCOMPARE(codeOf("version: 3\nclass: dog\nsomething: new\n"), ErrorCode::NewerVersion);
    QVERIFY(contains(messageOf("version: 3\nclass: dog\n"), "newer version of Likeness"));
    QCOMPARE(codeOf("class: dog\n"), ErrorCode::Corrupt);
    QCOMPARE(codeOf("version: one\nclass: dog\n"), ErrorCode::Corrupt);
  }

  void refusesHostileYaml() {
    std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
    for (char c = 'b'; c < 'j'; ++c) {
      bomb += std::string(1, c) + ": &" + c + " [";
      for (int i = 0; i < 9; ++i) bomb += std::string(i > 0 ? "," : "") + "*" + char(c - 1);
      bomb += "]\n";
    }
    QCOMPARE(codeOf(bomb), ErrorCode::Unsupported);
    QCOMPARE(codeOf("version: 1\nclass: " + std::string(5u << 20, 'x')), ErrorCode::Unsupported);
    QVERIFY(codeOf("version: 1\nclass: dog\nx: " + std::string(100'000, '[')) != ErrorCode::Internal);
    QCOMPARE(codeOf("version: 1\nclass: [dog\n"), ErrorCode::Corrupt);
    QCOMPARE(codeOf("version: 1\nclass: dog\nclass: cat\n"), ErrorCode::Corrupt);
    QCOMPARE(codeOf("- a\n- b\n"), ErrorCode::Corrupt);
    QCOMPARE(codeOf(""), ErrorCode::Corrupt);
    QCOMPARE(codeOf("version: 1\nclass: \xff\xfe\n"), ErrorCode::Corrupt);
    QCOMPARE(codeOf("version: 1\nclass: dog\n---\nversion: 1\n"), ErrorCode::Corrupt);
  }

  void refusesPhotosOutsideTheProject_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"/etc/passwd", "../x.jpg", "..", "a/b.jpg", ".hidden", "a\\\\b.jpg"})
      QTest::newRow(name) << name;
  }
  void refusesPhotosOutsideTheProject() {
    QFETCH(QString, name);
    const auto line = "\"" + name.toStdString() + "\"";
    QCOMPARE(codeOf(std::string(kMinimal) + "photos:\n  - file: " + line + "\n"), ErrorCode::InvalidArgument);
    QCOMPARE(codeOf(std::string(kMinimal) + "removed: [" + line + "]\n"), ErrorCode::InvalidArgument);
  }

  void refusesBadCrops() {
    for (const char* crop : {"{side: 0}", "{side: 2}", "{center_x: nan}", "{center_x: -0.1}", "{quarter_turns: 4}",
                             "{side: big}", "[1]"}) {
      QCOMPARE(codeOf(std::string(kMinimal) + "photos:\n  - file: a.jpg\n    crop: " + crop + "\n"),
               ErrorCode::Corrupt);
    }
  }

  void readsConfigFiles() {
    const auto flat = writeText(path("flat.yaml"), "steps: 7\npreview_prompts: [a, b]\nflip: false\n");
    TrainConfig config;
    applyTrainOptions(config, readTrainOptions(flat).value()).value();
    QCOMPARE(config.steps, 7);
    QCOMPARE(config.previewPrompts, (std::vector<std::string>{"a", "b"}));
    QVERIFY(!config.flip);
    config.learningRate = 3e-5;
    writeText(path("written.yaml"), trainOptionsYaml(config));
    TrainConfig again;
    applyTrainOptions(again, readTrainOptions(path("written.yaml")).value()).value();
    QVERIFY(again == config);
    writeText(path("bad.yaml"), "step: 7\n");
    QVERIFY(contains(readTrainOptions(path("bad.yaml")).error().message, "Did you mean steps?"));
    QCOMPARE(readTrainOptions(path("missing.yaml")).error().code, ErrorCode::NotFound);
  }

  void createsWholeOrNotAtAll() {
    const auto photo = writeText(path("photo.jpg"), "pixels");
    const auto project = make("new", {photo, photo});
    QCOMPARE(readText(project.photosFolder() / "photo.jpg"), "pixels");
    QCOMPARE(readText(project.photosFolder() / "photo-2.jpg"), "pixels");
    ProjectFile content;
    content.classNoun = "dog";
    QCOMPARE(Project::create(path("new"), content, {}).error().code, ErrorCode::InvalidArgument);
    const auto broken = Project::create(path("broken"), content, {photo, path("missing.jpg")});
    QVERIFY(!broken.ok());
    QVERIFY(!fs::exists(path("broken")));
    for (const auto& entry : fs::directory_iterator(path("")))
      QVERIFY(!entry.path().filename().string().starts_with(".broken"));
    fs::create_directory(path("empty"));
    QVERIFY(Project::create(path("empty"), content, {}).ok());
    content.token = "two words";
    QCOMPARE(Project::create(path("token"), content, {}).error().code, ErrorCode::InvalidArgument);
  }

  void opensOnlyProjects() {
    QCOMPARE(Project::open(path("nowhere")).error().code, ErrorCode::NotFound);
    fs::create_directory(path("plain"));
    QVERIFY(contains(Project::open(path("plain")).error().message, "no project.yaml"));
    writeText(path("file"), "x");
    QCOMPARE(Project::open(path("file")).error().code, ErrorCode::InvalidArgument);
  }

  void addsRemovesAndBringsBackPhotos() {
    auto project = make("photos");
    const auto photo = writeText(path("one.jpg"), "one");
    project.addPhotos({photo}).value();
    project.addPhotos({photo}).value();
    QCOMPARE(project.content().photos.size(), 2u);
    const CropRect crop{0.2, 0.3, 0.5, 1};
    project.setCrop(project.photosFolder() / "one.jpg", crop).value();
    project.removePhotos({project.photosFolder() / "one.jpg"}).value();
    QVERIFY(!fs::exists(project.photosFolder() / "one.jpg"));
    QCOMPARE(readText(project.removedFolder() / "one.jpg"), "one");
    project.addPhotos({photo}).value();  // the name of a removed one is not taken over
    QVERIFY(fs::exists(project.photosFolder() / "one-3.jpg"));
    project.addPhotos({project.removedFolder() / "one.jpg"}).value();
    QVERIFY(fs::exists(project.photosFolder() / "one.jpg"));
    const auto again = Project::open(path("photos")).value();
    QCOMPARE(again.content().photos.size(), 3u);
    QVERIFY(again.content().photos.back().crop == crop);
    QCOMPARE(project.removePhotos({"nothing.jpg"}).error().code, ErrorCode::NotFound);
  }

  void writesCaptions() {
    auto project = make("words");
    project.addPhotos({writeText(path("said.jpg"), "photo")}).value();
    const auto photo = project.photosFolder() / "said.jpg";
    project.setCaption(photo, "  a photo of [V]\non a  rug ").value();
    QCOMPARE(readText(photo.string() + ".txt"), "a photo of [V] on a rug\n");
    QCOMPARE(captionOrNothing(photo), std::string("a photo of [V] on a rug"));
    QCOMPARE(project.setCaption(photo, "bell \x07").error().code, ErrorCode::InvalidArgument);
    QCOMPARE(captionOrNothing(photo), std::string("a photo of [V] on a rug"));
    writeText(project.photosFolder() / "said.txt", "the other name");
    project.setCaption(photo, " ").value();
    QVERIFY(!fs::exists(photo.string() + ".txt") && !fs::exists(project.photosFolder() / "said.txt"));
    QCOMPARE(captionOrNothing(photo), std::string());
    QCOMPARE(project.setCaption("nothing.jpg", "words").error().code, ErrorCode::NotFound);
  }

  void undoesHalfDoneAdditions() {
    auto project = make("half");
    const auto photo = writeText(path("good.jpg"), "good");
    QVERIFY(!project.addPhotos({photo, path("missing.jpg")}).ok());
    QVERIFY(fs::is_empty(project.photosFolder()));
    QVERIFY(project.content().photos.empty());
    QVERIFY(Project::open(path("half"))->content().photos.empty());
  }

  void namesAreUniqueAndPlain() {
    fs::create_directory(path("names"));
    writeText(path("names") / "a.tar.gz", "");
    QCOMPARE(freeFileName("/x/a.tar.gz", {path("names")}), std::string("a.tar-2.gz"));
    QCOMPARE(freeFileName("/x/.hidden", {path("names")}), std::string("_.hidden"));
    QVERIFY(isPlainFileName(freeFileName("/x/bad\xff\n.jpg", {path("names")})));
    QVERIFY(isPlainFileName(freeFileName("/x/" + std::string(250, 'a') + ".jpg", {path("names")})));
  }

  void editsFromManyThreadsAllCount() {
    make("many");
    constexpr int kThreads = 4, kEdits = 25;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&] {
        auto project = Project::open(path("many")).value();
        for (int i = 0; i < kEdits; ++i) {
          project.edit([](ProjectFile& content) -> Result<void> { return ++content.train.steps, Result<void>(); })
              .value();
        }
      });
    }
    for (auto& thread : threads) thread.join();
    QCOMPARE(Project::open(path("many"))->content().train.steps, TrainConfig().steps + kThreads * kEdits);
  }

  void locksExclude() {
    const auto project = make("locked");
    QVERIFY(!isLocked(project.folder(), ProjectLockKind::Compute));
    {
      const auto lock = ProjectLock::acquire(project.folder(), ProjectLockKind::Compute).value();
      QVERIFY(isLocked(project.folder(), ProjectLockKind::Compute));
      QVERIFY(!isLocked(project.folder(), ProjectLockKind::Edit));
      QVERIFY(!ProjectLock::acquire(project.folder(), ProjectLockKind::Compute).ok());
      QVERIFY(ProjectLock::acquire(project.folder(), ProjectLockKind::Edit).ok());
    }
    QVERIFY(ProjectLock::acquire(project.folder(), ProjectLockKind::Compute).ok());
  }

  void runsTellTheirState() {
    const auto project = make("runs");
    const auto first = createRunFolder(project.folder()).value();
    const auto second = createRunFolder(project.folder()).value();
    QVERIFY(first.filename().string().ends_with("-001") && second.filename().string().ends_with("-002"));
    QVERIFY(listRuns(project.folder()).empty());  // not begun
    writeRunRecord(first, {RunState::Finished, 10, 10, {}}).value();
    writeRunRecord(second, {RunState::Running, 0, 20, {}}).value();
    writeText(second / "metrics.jsonl", "{\"step\": 4}\n{\"step\": 5}\n{\"st");
    fs::create_directories(second / "checkpoints" / "step-4");
    fs::create_directories(second / "checkpoints" / ".step-8.1-1.tmp");
    auto runs = listRuns(project.folder());
    QCOMPARE(runs.size(), 2u);
    QCOMPARE(runs[0].state, RunState::Finished);
    QCOMPARE(runs[1].state, RunState::Interrupted);  // nobody holds the lock
    QCOMPARE(runs[1].step, 5);
    QCOMPARE(runs[1].checkpoints.size(), 1u);
    const auto lock = ProjectLock::acquire(project.folder(), ProjectLockKind::Compute).value();
    QCOMPARE(listRuns(project.folder())[1].state, RunState::Running);
    QVERIFY(readRun(project.folder(), first.filename().string()).ok());
    QCOMPARE(readRun(project.folder(), "../..").error().code, ErrorCode::NotFound);
  }
};

QTEST_APPLESS_MAIN(TestProject)
#include "test_project.moc"
