#include "core/weights/layouts/write_model.h"

#include <array>
#include <ctime>

#include "core/base/atomic_file.h"
#include "core/weights/layouts/family_configs.h"
#include "core/weights/layouts/part_views.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr const char* kDiffusersVersion = "0.42.1";  // whose layout we write
constexpr std::size_t kTokenizerFileLimit = std::size_t{64} << 20;
constexpr std::array kTokenizerFiles = {"vocab.json",           "merges.txt",        "special_tokens_map.json",
                                        "tokenizer_config.json", "added_tokens.json", "tokenizer.json"};

Error inTheWay(const fs::path& target, const std::string& what) {
  return {ErrorCode::InvalidArgument, target.string() + " " + what + " Choose another name; nothing was written.", {},
          target.string()};
}

std::string today() {
  const auto now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

Result<void> makeFolders(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) return systemError(failure.value(), "make the folder", folder.string());
  return {};
}

Result<void> writeJson(const fs::path& file, const Json& json) {
  LK_CHECK(makeFolders(file.parent_path()));
  return writeFileAtomically(file, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

// The pipeline's table of parts, without those that are not written.
Json writtenIndex(const ModelFiles& model) {
  const auto scheduler = jsonOr<std::string>(model.scheduler, "_class_name", "DDIMScheduler");
  const auto plain = familyModelIndex(model.family, model.inpainting(), scheduler);
  Json index = model.modelIndex.is_object() ? model.modelIndex : Json::object();
  for (const auto& [key, value] : plain.items()) {
    // Which is a choice of the model's own.
    if (key == "force_zeros_for_empty_prompt" && index.contains(key)) continue;
    index[key] = value;
  }
  // diffusers looks for it in inpainting models, and gives up without one.
  if (!index.contains("_diffusers_version")) index["_diffusers_version"] = kDiffusersVersion;
  if (model.family == ModelFamily::Sdxl) {
    index.erase("safety_checker");
    index.erase("requires_safety_checker");
  }
  if (index.contains("image_encoder")) index["image_encoder"] = {nullptr, nullptr};
  return index;
}

Result<void> writeTokenizer(const ModelFiles& model, const std::string& name, const fs::path& clipVocabulary,
                            const fs::path& target) {
  LK_CHECK(makeFolders(target));
  const auto own = model.vocabularies.find(name);
  const auto& from = own == model.vocabularies.end() ? clipVocabulary : own->second;
  std::error_code failure;
  for (const auto* file : kTokenizerFiles) {
    const bool vocabulary = file == std::string_view("vocab.json") || file == std::string_view("merges.txt");
    if ((own == model.vocabularies.end() && !vocabulary) || !fs::exists(from / file, failure)) continue;
    LK_TRY(const std::string content, readFile(from / file, kTokenizerFileLimit));
    LK_CHECK(writeFileAtomically(target / file, content));
  }
  const auto files = model.tokenizers.find(name);
  if (own != model.vocabularies.end() || files == model.tokenizers.end()) return {};
  for (const auto* file : {"special_tokens_map", "tokenizer_config", "added_tokens"}) {
    const auto found = files->second.find(file);
    if (found == files->second.end()) continue;
    LK_CHECK(writeJson(target / (std::string(file) + ".json"), *found));
  }
  return {};
}

// Which dtype a text encoder's config names: that of most of its numbers.
std::string configDtype(const TensorSource& weights, const WriteOptions& options) {
  for (const auto& [name, info] : weights.tensors()) {
    if (!name.ends_with("token_embedding.weight")) continue;
    const auto dtype = writtenDtype(info, options);
    return dtype == torch::kHalf ? "float16" : dtype == torch::kBFloat16 ? "bfloat16" : "float32";
  }
  return "float32";
}

struct WeightsFile {
  fs::path file;  // relative
  std::shared_ptr<const TensorSource> weights;
};

std::vector<WeightsFile> weightsFiles(const ModelFiles& model) {
  std::vector<WeightsFile> files;
  const std::string unet = "diffusion_pytorch_model";
  for (const auto& [name, part] : model.parts) {
    const bool text = name == kTextEncoder || name == kTextEncoder2;
    files.push_back({fs::path(name) / (text ? "model.safetensors" : unet + ".safetensors"), part.weights});
  }
  if (model.otherUnet != nullptr) {
    files.push_back({fs::path(kUNet) / (unet + (model.unetIsEma ? ".non_ema" : ".ema") + ".safetensors"),
                     model.otherUnet});
  }
  return files;
}

Result<void> fillFolder(const ModelFiles& model, const fs::path& folder, const fs::path& clipVocabulary,
                        const WriteOptions& options) {
  LK_CHECK(writeJson(folder / "model_index.json", writtenIndex(model)));
  LK_CHECK(writeJson(folder / "scheduler" / "scheduler_config.json", model.scheduler));
  for (const auto& [name, part] : model.parts) {
    Json config = part.config;
    if (name == kTextEncoder || name == kTextEncoder2) {
      config.erase("torch_dtype");
      config["dtype"] = configDtype(*part.weights, options);
    }
    LK_CHECK(writeJson(folder / name / "config.json", config));
  }
  LK_CHECK(writeTokenizer(model, "tokenizer", clipVocabulary, folder / "tokenizer"));
  if (model.family == ModelFamily::Sdxl) {
    LK_CHECK(writeTokenizer(model, "tokenizer_2", clipVocabulary, folder / "tokenizer_2"));
  }
  const auto files = weightsFiles(model);
  // Readers of safetensors ask for this metadata.
  for (const auto& [file, weights] : files) {
    LK_CHECK(writeSource(folder / file, *weights, {{"format", "pt"}}, options));
  }
  for (const auto& [file, weights] : files) LK_CHECK(verifyWritten(folder / file, *weights, options));
  return {};
}

// Without a slash at its end, which would leave the last name empty.
fs::path named(const fs::path& target) {
  const auto whole = fs::absolute(target).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace

Result<void> writeSingleFile(const ModelFiles& model, const fs::path& target, const SingleFileInfo& info,
                             const WriteOptions& options) {
  std::error_code failure;
  if (target.extension() != ".safetensors") return inTheWay(target, "does not end in .safetensors, as a single file must.");
  if (fs::exists(fs::symlink_status(target, failure))) return inTheWay(target, "exists already.");
  LK_CHECK(checkModelFiles(model));
  LK_TRY(const auto whole, compvisView(model));
  LK_CHECK(makeFolders(named(target).parent_path()));
  LK_CHECK(writeSource(target, *whole, singleFileMetadata(model, info, today()), options));
  return verifyWritten(target, *whole, options);
}

Result<void> writeModelFolder(const ModelFiles& model, const fs::path& given, const fs::path& clipVocabulary,
                              const WriteOptions& options) {
  const auto target = named(given);
  std::error_code failure;
  const bool empty = fs::is_directory(target, failure) && fs::is_empty(target, failure);
  if (fs::exists(fs::symlink_status(target, failure)) && !empty) {
    return inTheWay(given, "exists already and is not an empty folder.");
  }
  LK_CHECK(checkModelFiles(model));
  LK_CHECK(makeFolders(target.parent_path()));
  LK_TRY(auto directory, AtomicDirectory::create(target));
  LK_CHECK(fillFolder(model, directory.path(), clipVocabulary, options));
  if (empty) fs::remove(target, failure);  // removes an empty folder only
  return directory.commit();
}

std::uint64_t workOfWriting(const ModelFiles& model, const WriteOptions& options) {
  std::uint64_t bytes = 0;
  for (const auto& [file, weights] : weightsFiles(model)) bytes += 2 * writtenBytes(*weights, options);
  return bytes;
}

}  // namespace likeness
