#include "ui/exporting/export_target.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

struct ExportText {
  Q_DECLARE_TR_FUNCTIONS(likeness::ExportTarget)
};

}  // namespace

std::vector<ExportTarget> exportTargets(const ProjectSnapshot& project) {
  std::vector<ExportTarget> targets{{"diffusers", ExportText::tr("diffusers"), ExportText::tr("For programs in Python"),
                                     QStringLiteral("from diffusers import StableDiffusionPipeline\n"
                                                    "pipeline = StableDiffusionPipeline.from_pretrained(r\"%1\")\n"
                                                    "pipeline(\"%2\").images[0].save(\"picture.png\")"),
                                     true}};
  if (!project.model.empty()) {
    targets.push_back(
        {"invokeai", ExportText::tr("InvokeAI"), ExportText::tr("If it can use the model that you began with"),
         ExportText::tr("In the model manager choose “Add models”, give the folder %1, and install it. Then write: %2"),
         false});
  }
  targets.push_back(
      {"likeness", ExportText::tr("Another Likeness"), ExportText::tr("As the model of a new project"),
       ExportText::tr(
           "Copy the folder %1 to the other computer and begin a project with it as its model. Then write: %2"),
       false});
  return targets;
}

std::uint64_t leastSize(const CheckpointInfo& checkpoint) {
  qint64 bytes = 0;
  for (const char* part : {"unet.safetensors", "text_encoder.safetensors"}) {
    bytes += QFileInfo(toQString(checkpoint.folder / part)).size();
  }
  return std::uint64_t(bytes);
}

QString promptToTry(const ProjectSnapshot& project) {
  return QStringLiteral("a photo of a %1 %2 in the snow")
      .arg(QString::fromStdString(project.identifierToken), QString::fromStdString(project.classNoun));
}

QString suggestedFolder(const ProjectSnapshot& project) {
  if (project.folder.empty()) return {};
  const QFileInfo folder(toQString(project.folder));
  const auto stem = folder.absoluteDir().filePath(folder.fileName() + QStringLiteral("-model"));
  auto path = stem;
  for (int number = 2; QFileInfo::exists(path); ++number) path = stem + QStringLiteral("-%1").arg(number);
  return path;
}

}  // namespace likeness
