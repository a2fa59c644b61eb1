#include "core/weights/diffusers_folder.h"

#include <array>
#include <set>

#include "core/base/json.h"
#include "core/weights/safetensors.h"
#include "core/weights/safetensors_header.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::array<const char*, 4> kNames{"diffusion_pytorch_model", "model", "diffusion_pytorch_model.fp16",
                                            "model.fp16"};
constexpr std::array<const char*, 5> kPickled{"diffusion_pytorch_model.bin", "pytorch_model.bin",
                                              "diffusion_pytorch_model.fp16.bin", "pytorch_model.fp16.bin",
                                              "model.ckpt"};

// An index may name only files that lie beside it.
bool isPlainFileName(const std::string& name) {
  return name.ends_with(".safetensors") && name.find_first_of(std::string_view("/\\:\0", 4)) == std::string::npos &&
         fs::path(name).filename() == name;
}

Error corruptIndex(const fs::path& index, const std::string& what) {
  return {ErrorCode::Corrupt, index.string() + " " + what + ". Copy or download the model folder again.", {},
          index.string()};
}

Result<SafetensorsFile> openShard(const fs::path& shard, const fs::path& index) {
  std::error_code ignored;
  if (fs::exists(shard, ignored)) return SafetensorsFile::open(shard);
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
      if (!file.has(name)) return corruptIndex(index, "looks for " + quotedName(name) + " in " + shard + " in vain");
    }
    files.push_back(std::make_shared<const SafetensorsFile>(file));
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
  for (const auto* name : kPickled) {
    if (!fs::exists(folder / name, ignored)) continue;
    return {ErrorCode::Unsupported,
            (folder / name).string() + " is a pickled file, which could run code when it is opened. Get the model's "
                                       "safetensors version.",
            {}, (folder / name).string()};
  }
  return {ErrorCode::NotFound,
          folder.string() + " holds no weights: there is no diffusion_pytorch_model.safetensors and no "
                            "model.safetensors. Copy or download the whole model again.",
          {}, folder.string()};
}

}  // namespace

Result<TensorSources> openComponentWeights(const fs::path& folder) {
  std::error_code ignored;
  for (const auto* name : kNames) {
    const auto single = folder / (std::string(name) + ".safetensors");
    if (fs::exists(single, ignored)) {
      LK_TRY(auto file, SafetensorsFile::open(single));
      return TensorSources{std::make_shared<const SafetensorsFile>(std::move(file))};
    }
    // diffusers writes "name.safetensors.index.json", and "name.safetensors.index.fp16.json" for a variant.
    const std::string_view stem(name);
    const auto dot = stem.find('.');
    const auto variant = dot == std::string_view::npos ? std::string() : std::string(stem.substr(dot));
    const auto index = folder / (std::string(stem.substr(0, dot)) + ".safetensors.index" + variant + ".json");
    if (fs::exists(index, ignored)) return openShards(index);
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
