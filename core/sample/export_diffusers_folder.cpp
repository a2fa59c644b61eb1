#include "core/base/atomic_file.h"
#include "core/sample/stable_diffusion.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/safetensors.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kTokenizerFileLimit = std::size_t{64} << 20;

const char* dtypeName(torch::ScalarType dtype) {
  switch (dtype) {
    case torch::kHalf:
      return "float16";
    case torch::kBFloat16:
      return "bfloat16";
    default:
      return "float32";
  }
}

Result<void> writeJson(const fs::path& file, const Json& json) {
  std::error_code failure;
  fs::create_directories(file.parent_path(), failure);
  if (failure) return systemError(failure.value(), "make the folder", file.parent_path().string());
  return writeFileAtomically(file, json.dump(2) + "\n");
}

const char* pipelineClass(const StableDiffusion& model) {
  const bool xl = model.family() == ModelFamily::Sdxl;
  if (model.isInpainting()) return xl ? "StableDiffusionXLInpaintPipeline" : "StableDiffusionInpaintPipeline";
  return xl ? "StableDiffusionXLPipeline" : "StableDiffusionPipeline";
}

// The pipeline's table of parts, without those that an export leaves out.
Json exportedIndex(const StableDiffusion& model) {
  Json index = model.configs->modelIndex;
  index["_class_name"] = pipelineClass(model);
  for (const char* left : {"safety_checker", "feature_extractor", "image_encoder"}) {
    if (index.contains(left)) index[left] = {nullptr, nullptr};
  }
  if (model.family() == ModelFamily::Sdxl) return index;  // whose pipeline has no safety checker
  index["safety_checker"] = {nullptr, nullptr};
  index["feature_extractor"] = {nullptr, nullptr};
  index["requires_safety_checker"] = false;
  return index;
}

Result<void> copyTokenizer(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  fs::create_directories(to, failure);
  if (failure) return systemError(failure.value(), "make the folder", to.string());
  for (const char* name : {"vocab.json", "merges.txt", "special_tokens_map.json", "tokenizer_config.json",
                           "added_tokens.json", "tokenizer.json"}) {
    if (!fs::exists(from / name, failure)) continue;
    LK_TRY(const std::string content, readFile(from / name, kTokenizerFileLimit));
    LK_CHECK(writeFileAtomically(to / name, content));
  }
  return {};
}

// Readers of safetensors ask for the metadata; transformers before 5.6 wants text encoder names with their prefix, and
// later ones take both.
Result<void> writeWeights(const torch::nn::Module& module, const fs::path& file, torch::ScalarType dtype,
                          const std::string& prefix) {
  NamedTensors tensors = stateDict(module, dtype);
  for (auto& [name, tensor] : tensors) {
    if (!name.starts_with("text_projection")) name.insert(0, prefix);
  }
  return writeSafetensors(file, tensors, {{"format", "pt"}});
}

// The config with the dtype that the weights are written in, as transformers 5 spells it.
Result<void> writeTextEncoder(ClipTextModel encoder, Json config, const fs::path& folder, torch::ScalarType dtype) {
  config.erase("torch_dtype");
  config["dtype"] = dtypeName(dtype);
  LK_CHECK(writeJson(folder / "config.json", config));
  return writeWeights(*encoder, folder / "model.safetensors", dtype, "text_model.");
}

Result<void> writeAll(const StableDiffusion& model, const fs::path& folder, torch::ScalarType dtype,
                      JobControl* control) {
  const auto proceed = [&] {
    if (control != nullptr) control->proceedOrThrow();
  };
  const auto& configs = *model.configs;
  LK_CHECK(writeJson(folder / "model_index.json", exportedIndex(model)));
  LK_CHECK(writeJson(folder / "scheduler" / "scheduler_config.json", configs.scheduler));
  LK_CHECK(writeJson(folder / "unet" / "config.json", configs.unet));
  LK_CHECK(writeJson(folder / "vae" / "config.json", configs.vae));
  LK_CHECK(copyTokenizer(model.path / "tokenizer", folder / "tokenizer"));
  proceed();
  LK_CHECK(writeTextEncoder(model.textEncoder, configs.textEncoder, folder / "text_encoder", dtype));
  if (model.textEncoder2) {
    proceed();
    LK_CHECK(copyTokenizer(model.path / "tokenizer_2", folder / "tokenizer_2"));
    LK_CHECK(writeTextEncoder(model.textEncoder2, configs.textEncoder2, folder / "text_encoder_2", dtype));
  }
  proceed();
  LK_CHECK(writeWeights(*model.unet, folder / "unet" / "diffusion_pytorch_model.safetensors", dtype, ""));
  proceed();
  LK_CHECK(writeWeights(*model.vae, folder / "vae" / "diffusion_pytorch_model.safetensors", dtype, ""));
  proceed();
  return {};
}

Result<void> exportInto(const StableDiffusion& model, const fs::path& target, torch::ScalarType dtype,
                        JobControl* control) {
  std::error_code failure;
  const bool emptyFolder = fs::is_directory(target, failure) && fs::is_empty(target, failure);
  if (fs::exists(fs::symlink_status(target, failure)) && !emptyFolder) {
    return Error{ErrorCode::InvalidArgument,
                 target.string() + " exists already and is not an empty folder. Choose another name; nothing was "
                                   "written.",
                 {}, target.string()};
  }
  LK_TRY(auto directory, AtomicDirectory::create(target));
  LK_CHECK(writeAll(model, directory.path(), dtype, control));
  // Removes an empty folder only.
  if (emptyFolder) fs::remove(target, failure);
  return directory.commit();
}

}  // namespace

Result<void> exportDiffusersFolder(const StableDiffusion& model, const fs::path& target, torch::ScalarType dtype,
                                   JobControl* control) {
  try {
    // A trailing slash would leave the name of the folder empty.
    const fs::path named = fs::absolute(target).lexically_normal();
    return exportInto(model, named.has_filename() ? named : named.parent_path(), dtype, control);
  } catch (const ErrorException& exception) {
    return exception.error();
  } catch (const fs::filesystem_error& exception) {
    return systemError(exception.code().value(), "write the model folder", target.string());
  }
}

}  // namespace likeness
