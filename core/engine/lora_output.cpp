#include "core/engine/lora_output.h"

#include "core/base/atomic_file.h"
#include "core/base/text.h"
#include "core/engine/base_model.h"
#include "core/engine/embedding_output.h"
#include "core/engine/failure.h"
#include "core/engine/model_output.h"
#include "core/weights/layouts/model_files.h"
#include "core/weights/lora_write.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// diffusers' own file, and beside it an adapter of PEFT for each part.
void writePeftFolder(const fs::path& target, const Lora& lora, const LoraNames& names,
                     const LoraWriteOptions& options) {
  auto directory = AtomicDirectory::create(target).value();
  writeLora(directory.path() / "pytorch_lora_weights.safetensors", lora.modules, names, options).value();
  writePeftAdapters(directory.path(), lora.modules, options.dtype).value();
  directory.commit().value();
}

}  // namespace

std::string writeTrainedLora(const Export& spec, const Project& project, const CheckpointInfo& checkpoint) {
  const auto state = readCheckpointState(checkpoint.folder).value();
  refuseWordAlone(state, project);
  if (state.config.method != TrainMethod::Lora) {
    refuse("The newest run of " + project.folder().string() +
               " trained whole weights, so there is no LoRA to write. Export a model, or train with method=lora.",
           project.folder());
  }
  const bool file = spec.out.extension() == ".safetensors";
  const bool kohya = *spec.lora == LoraFormat::Kohya;
  if (!file && kohya) refuse("A LoRA's file must end in .safetensors: " + spec.out.string(), spec.out);
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(spec.out, ignored))) {
    refuse(spec.out.string() + " exists already. Give a new name.", spec.out);
  }
  const auto word = embeddingBeside(spec.out, state);
  const auto model = openModelFiles(modelPath(project.content().model).value()).value();
  const auto names = loraNames(model);
  const auto lora = openLora(loraForPictures(checkpoint.folder), names).value();
  LoraWriteOptions options{.layout = kohya ? LoraLayout::Kohya : LoraLayout::Diffusers,
                           .dtype = parseDtype(spec.dtype).value().value_or(torch::kFloat32),
                           .metadata = trainedMetadata(project, state)};
  if (file) {
    writeLora(spec.out, lora.modules, names, options).value();
  } else {
    writePeftFolder(spec.out, lora, names, options);
  }
  return std::string("a LoRA ") + (kohya ? "as sd-scripts writes it: " : "for diffusers and PEFT: ") +
         spec.out.string() + ", " + std::to_string(lora.modules.size()) + " layers." +
         writeEmbeddingBeside(word, spec, project, checkpoint);
}

}  // namespace likeness
