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

std::vector<ExportTarget> placesForModels() {
  return {
      {.id = "a1111",
       .title = "AUTOMATIC1111, Forge",
       .detail = ExportText::tr("One file, for models/Stable-diffusion"),
       .how = ExportText::tr("Put the file %1 into models/Stable-diffusion of that program, press the blue arrows beside "
                             "its list of checkpoints and choose it there. Then write: %2"),
       .format = ModelFormat::SingleFile,
       .dtype = "fp16"},
      {.id = "comfyui",
       .title = "ComfyUI",
       .detail = ExportText::tr("One file, for models/checkpoints"),
       .how = ExportText::tr("Put the file %1 into ComfyUI/models/checkpoints, press R in the window and choose it in "
                             "“Load Checkpoint”. Then write: %2"),
       .format = ModelFormat::SingleFile,
       .dtype = "fp16"},
      {.id = "invokeai",
       .title = "InvokeAI",
       .detail = ExportText::tr("A folder, for its model manager"),
       .how = ExportText::tr("In the model manager choose “Add models”, give the folder %1, and install it. Then write: "
                             "%2")},
  };
}

std::vector<ExportTarget> placesForLoras() {
  return {
      {.id = "a1111",
       .title = "AUTOMATIC1111, Forge",
       .detail = ExportText::tr("A LoRA, for models/Lora"),
       .how = ExportText::tr("Put the file %1 into models/Lora of that program, and choose the checkpoint that you began "
                             "with. Then write: %2"),
       .dtype = "fp16",
       .lora = LoraFormat::Kohya,
       .namesLora = true},
      {.id = "comfyui",
       .title = "ComfyUI",
       .detail = ExportText::tr("A LoRA, for models/loras"),
       .how = ExportText::tr("Put the file %1 into ComfyUI/models/loras, press R in the window and choose it in “Load "
                             "LoRA” behind the checkpoint that you began with. Then write: %2"),
       .dtype = "fp16",
       .lora = LoraFormat::Kohya},
      {.id = "invokeai",
       .title = "InvokeAI",
       .detail = ExportText::tr("A LoRA, for its model manager"),
       .how = ExportText::tr("In the model manager choose “Add models”, give the file %1, and add it to the model that "
                             "you began with. Then write: %2"),
       .dtype = "fp16",
       .lora = LoraFormat::Peft},
  };
}

std::vector<ExportTarget> placesForWords(bool ownModel) {
  std::vector<ExportTarget> targets;
  if (ownModel) {
    targets = {
        {.id = "a1111",
         .title = "AUTOMATIC1111, Forge",
         .detail = ExportText::tr("A word, for embeddings"),
         .how = ExportText::tr("Put the file %1 into the folder embeddings of that program, and choose the checkpoint that "
                               "you began with. The file's name is the word. Then write: %2"),
         .embedding = true,
         .word = "%1"},
        {.id = "comfyui",
         .title = "ComfyUI",
         .detail = ExportText::tr("A word, for models/embeddings"),
         .how = ExportText::tr("Put the file %1 into ComfyUI/models/embeddings, press R in the window and load the "
                               "checkpoint that you began with. Then write: %2"),
         .embedding = true,
         .word = "embedding:%1"},
        {.id = "invokeai",
         .title = "InvokeAI",
         .detail = ExportText::tr("A word, for its model manager"),
         .how = ExportText::tr("In the model manager choose “Add models”, give the file %1, and use it with the model that "
                               "you began with. The file's name is the word. Then write: %2"),
         .embedding = true,
         .word = "<%1>"},
    };
  }
  targets.push_back({.id = "diffusers",
                     .title = "diffusers",
                     .detail = ExportText::tr("A word, for programs in Python"),
                     .how = QStringLiteral("pipeline.load_textual_inversion(r\"%1\")\n"
                                           "pipeline(\"%2\").images[0].save(\"picture.png\")"),
                     .isCode = true,
                     .embedding = true});
  return targets;
}

}  // namespace

std::vector<ExportTarget> exportTargets(const ProjectSnapshot& project) {
  if (project.train.method == TrainMethod::TextualInversion) return placesForWords(!project.model.empty());
  std::vector<ExportTarget> targets;
  if (!project.model.empty()) {
    targets = project.train.method == TrainMethod::Lora ? placesForLoras() : placesForModels();
  }
  targets.push_back({.id = "diffusers",
                     .title = "diffusers",
                     .detail = ExportText::tr("A folder, for programs in Python"),
                     .how = QStringLiteral("from diffusers import DiffusionPipeline\n"
                                           "pipeline = DiffusionPipeline.from_pretrained(r\"%1\")\n"
                                           "pipeline(\"%2\").images[0].save(\"picture.png\")"),
                     .isCode = true});
  targets.push_back({.id = "likeness",
                     .title = ExportText::tr("Another Likeness"),
                     .detail = ExportText::tr("A folder, the model of a new project"),
                     .how = ExportText::tr("Copy the folder %1 to the other computer and begin a project with it as its "
                                           "model. Then write: %2")});
  return targets;
}

std::uint64_t leastSize(const CheckpointInfo& checkpoint) {
  qint64 bytes = 0;
  for (const char* part : {"unet.safetensors", "text_encoder.safetensors"}) {
    bytes += QFileInfo(toQString(checkpoint.folder / part)).size();
  }
  return std::uint64_t(bytes);
}

QString promptToTry(const ProjectSnapshot& project, const QString& word) {
  return QStringLiteral("a photo of a %1 %2 in the snow")
      .arg(word.isEmpty() ? QString::fromStdString(project.identifierToken) : word,
           QString::fromStdString(project.classNoun));
}

QString suggestedDestination(const ProjectSnapshot& project, bool file) {
  if (project.folder.empty()) return {};
  const QFileInfo folder(toQString(project.folder));
  const auto stem = folder.absoluteDir().filePath(folder.fileName() + (file ? QString() : QStringLiteral("-model")));
  const auto end = file ? QStringLiteral(".safetensors") : QString();
  auto path = stem + end;
  for (int number = 2; QFileInfo::exists(path); ++number) path = stem + QStringLiteral("-%1").arg(number) + end;
  return path;
}

}  // namespace likeness
