#include "core/engine/model_output.h"

#include "core/base/text.h"
#include "core/engine/base_model.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kMegabyte = 1'000'000;

// What reading it again compared with.
std::string compared(const ModelFiles& model, const std::optional<torch::ScalarType>& dtype) {
  const std::string same = " Read again and compared: every tensor is bit-identical";
  bool rounded = false;
  for (const auto& [name, part] : model.parts) {
    for (const auto& [tensor, info] : part.weights->tensors()) {
      rounded = rounded || (dtype && c10::isFloatingType(info.dtype) && info.dtype != *dtype);
    }
  }
  return same + (rounded ? std::string(" to the original's in ") + dtypeWord(*dtype) + "." : " to the original's.");
}

bool bringsVocabulary(const ModelFiles& model) {
  return model.vocabularies.contains("tokenizer") &&
         (model.family != ModelFamily::Sdxl || model.vocabularies.contains("tokenizer_2"));
}

}  // namespace

std::string writeModel(const ModelFiles& model, const ModelOutput& output, JobContext& context) {
  WriteOptions options{output.dtype, &context.control, {}};
  const auto total = workOfWriting(model, options);
  ProgressMeter meter(context.events, "Writing the model", static_cast<std::int64_t>(total) / kMegabyte);
  std::uint64_t done = 0;
  options.onWritten = [&](std::uint64_t bytes) {
    done += bytes;
    meter.report(static_cast<std::int64_t>(done) / kMegabyte);
  };
  const bool folder = output.format == ModelFormat::Diffusers;
  if (folder) {
    const auto vocabulary = bringsVocabulary(model) ? fs::path() : findVocabulary().value();
    writeModelFolder(model, output.path, vocabulary, options).value();
  } else {
    writeSingleFile(model, output.path, output.info, options).value();
  }
  return std::string(folder ? "a diffusers folder: " : "a single file: ") + output.path.string() + ", " +
         formatBytes(total / 2) + "." + compared(model, output.dtype);
}

LoraNames loraNames(const ModelFiles& model) {
  LoraNames names;
  for (const auto& [part, component] : kLoraParts) {
    if (model.has(part)) names.add(component, TensorSources{model.parts.at(part).weights});
  }
  return names;
}

Result<std::optional<torch::ScalarType>> parseDtype(const std::string& word) {
  using Dtype = std::optional<torch::ScalarType>;
  if (word.empty()) return Dtype();
  if (word == "fp32") return Dtype(torch::kFloat32);
  if (word == "fp16") return Dtype(torch::kHalf);
  if (word == "bf16") return Dtype(torch::kBFloat16);
  return Error{ErrorCode::InvalidArgument, "\"" + word + "\" is not a dtype. Give fp32, fp16 or bf16."};
}

}  // namespace likeness
