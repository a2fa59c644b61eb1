#include "core/weights/diffusers_folder.h"

#include <array>
#include <map>
#include <optional>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/weights/open_weights.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

struct PartKind {
  std::array<const char*, 2> stems;  // diffusers' and transformers' name
  std::string extension;
};
const std::array<PartKind, 2> kKinds{{{{"diffusion_pytorch_model", "model"}, ".safetensors"},
                                  {{"diffusion_pytorch_model", "pytorch_model"}, ".bin"}}};
constexpr std::array<const char*, 3> kVariants{"", ".fp16", ".non_ema"};

// An index may name only files that lie beside it.
bool isPlainFileName(const std::string& name) {
  return (name.ends_with(".safetensors") || name.ends_with(".bin")) &&
         name.find_first_of(std::string_view("/\\:\0", 4)) == std::string::npos && fs::path(name).filename() == name;
}

Error corruptIndex(const fs::path& index, const std::string& what) {
  return {ErrorCode::Corrupt, index.string() + " " + what + ". Copy or download the model folder again.", {},
          index.string()};
}

Result<std::shared_ptr<const TensorSource>> openShard(const fs::path& shard, const fs::path& index) {
  std::error_code ignored;
  if (fs::exists(shard, ignored)) return openWeightsFile(shard);
  return Error{ErrorCode::NotFound,
               shard.string() + " is missing, though " + index.filename().string() +
                   " names it. Copy or download the whole model folder again.",
               {},
               shard.string()};
}

Result<TensorSources> openShards(const fs::path& index) {
  LK_TRY(const auto json, readJsonFile(index));
  const auto map = json.find("weight_map");
  if (map == json.end() || !map->is_object() || map->empty()) return corruptIndex(index, "has no weight_map");
  std::map<std::string, std::vector<std::string>> namesByShard;
  for (const auto& [name, shard] : map->items()) {
    if (!shard.is_string() || !isPlainFileName(shard.get<std::string>())) {
      return corruptIndex(index, "names a file outside its folder or of another kind, which is not opened");
    }
    namesByShard[shard.get<std::string>()].push_back(name);
  }
  TensorSources files;
  for (const auto& [shard, names] : namesByShard) {
    LK_TRY(const auto file, openShard(index.parent_path() / shard, index));
    for (const auto& name : names) {
      if (!file->has(name)) return corruptIndex(index, "looks for " + quotedName(name) + " in " + shard + " in vain");
    }
    files.push_back(file);
  }
  return files;
}

Error nothingThere(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    return {ErrorCode::NotFound,
            "The folder " + folder.string() + " is missing. Copy or download the whole model again.",
            {},
            folder.string()};
  }
  return {ErrorCode::NotFound,
          folder.string() + " holds no weights: neither diffusion_pytorch_model.safetensors nor model.safetensors is there, "
                            "nor the same as .bin. Copy or download the whole model again.",
          {}, folder.string()};
}

// The weights of one name, if they are there: a single file, or the index of several. diffusers writes
// "name.safetensors.index.json", and "name.safetensors.index.fp16.json" for a variant.
std::optional<Result<TensorSources>> openNamed(const fs::path& folder, const std::string& stem, const std::string& variant,
                                               const std::string& extension) {
  std::error_code ignored;
  const auto single = folder / (stem + variant + extension);
  if (fs::exists(single, ignored)) {
    auto file = openWeightsFile(single);
    if (!file) return file.error();
    return TensorSources{std::move(file).value()};
  }
  const auto index = folder / (stem + extension + ".index" + variant + ".json");
  if (fs::exists(index, ignored)) return openShards(index);
  return std::nullopt;
}

}  // namespace

Result<TensorSources> openComponentWeights(const fs::path& folder) {
  for (const auto* variant : kVariants) {
    for (const auto& kind : kKinds) {
      for (const auto* stem : kind.stems) {
        if (auto opened = openNamed(folder, stem, variant, kind.extension)) return *std::move(opened);
      }
    }
  }
  return nothingThere(folder);
}

NamedTensors stateDict(const torch::nn::Module& module, std::optional<torch::ScalarType> dtype) {
  NamedTensors state;
  const auto add = [&](const std::string& name, const torch::Tensor& tensor) {
    if (!tensor.defined() || name.ends_with("position_ids")) return;
    const auto values = tensor.detach();
    state.emplace_back(name, dtype && values.is_floating_point() ? values.to(*dtype) : values);
  };
  for (const auto& entry : module.named_parameters()) add(entry.key(), entry.value());
  for (const auto& entry : module.named_buffers()) add(entry.key(), entry.value());
  return state;
}

}  // namespace likeness
