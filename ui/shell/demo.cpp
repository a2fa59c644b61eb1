#include "ui/shell/demo.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include "ui/shell/recent_projects.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

constexpr int kPhotos = 5;
constexpr int kPictures = 4;

}  // namespace

Result<NewProject> demoProject() {
  const QDir folder(QDir(QStandardPaths::writableLocation(QStandardPaths::CacheLocation)).filePath(QStringLiteral("demo")));
  NewProject spec;
  for (int k = 0; k < kPhotos; ++k) {
    const QString name = QStringLiteral("0%1.jpg").arg(k);
    const QString file = folder.filePath(name);
    QFile inside(QStringLiteral(":/likeness/demo/photos/") + name);
    QFile out(file);
    const bool good = folder.mkpath(QStringLiteral(".")) && inside.open(QIODevice::ReadOnly) &&
                      out.open(QIODevice::WriteOnly) && out.write(inside.readAll()) == inside.size();
    if (!good) {
      const QString sentence = QCoreApplication::translate("likeness::Demo", "The demo's photos can't be written to %1. Make room there.");
      return Error{ErrorCode::DiskFull, sentence.arg(folder.path()).toStdString(), {}, file.toStdString()};
    }
    spec.photos.push_back(toPath(file));
  }
  spec.project = toPath(freeProjectFolder(QCoreApplication::translate("likeness::Demo", "Demo")));
  spec.classNoun = "dog";
  return spec;
}

Sample demoPictures(const std::filesystem::path& project) {
  Sample spec;
  spec.project = project;
  spec.prompt = "a photo of a [V] dog on the beach";
  spec.count = kPictures;
  spec.compareWithBase = true;
  return spec;
}

}  // namespace likeness
