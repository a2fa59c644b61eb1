#include "core/weights/lora_file.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/weights/open_weights.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostTensors = 100'000;             // the largest LoRAs of these models have some 5000
constexpr std::size_t kLargestSettings = std::size_t{4} << 20;  // bytes of JSON in the metadata
constexpr const char* kDiffusersSettings = "lora_adapter_metadata";

Error unsuitable(const fs::path& path, ErrorCode code, const std::string& what) {
  return Error{code, path.string() + " " + what, {}, path.string()};
}

// diffusers and PEFT save a LoRA as a folder.
fs::path fileIn(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return path;
  for (const char* name : {"pytorch_lora_weights.safetensors", "adapter_model.safetensors", "pytorch_lora_weights.bin",
                           "adapter_model.bin"}) {
    if (fs::exists(path / name, ignored)) return path / name;
  }
  return path;
}

Result<std::vector<LoraEntry>> sortOut(const TensorSource& source, std::vector<std::string>& others) {
  std::map<std::string, LoraEntry> entries;
  for (const auto& [name, info] : source.tensors()) {
    if (const auto kind = otherAdapterKind(name); !kind.empty()) {
      return unsuitable(source.path(), ErrorCode::Unsupported,
                        "holds an adapter of another kind, " + std::string(kind) +
                            ", which this version can't apply. Choose a LoRA, or merge it into a model with the program "
                            "that made it.");
    }
    const auto key = parseLoraKey(name);
    if (!key) {
      others.push_back(name);
      continue;
    }
    LoraEntry& entry = entries[key->prefix];
    entry.prefix = key->prefix;
    entry.component = key->component;
    entry.module = key->module;
    entry.perInput = entry.perInput || key->perInput;
    const std::array<std::string*, 5> places{&entry.down, &entry.up, &entry.mid, &entry.alpha, &entry.magnitude};
    std::string& place = *places[static_cast<std::size_t>(key->part)];
    if (!place.empty()) {
      return unsuitable(source.path(), ErrorCode::Corrupt,
                        "holds " + quotedName(place) + " and " + quotedName(name) +
                            ", which are the same in two spellings. Get the file again.");
    }
    place = name;
  }
  std::vector<LoraEntry> list;
  for (auto& [prefix, entry] : entries) list.push_back(std::move(entry));
  return list;
}

Result<void> checkPairs(const TensorSource& source, std::vector<LoraEntry>& entries, std::vector<std::string>& others) {
  for (const auto& entry : entries) {
    if (entry.down.empty() == entry.up.empty()) continue;
    const bool lacksUp = entry.up.empty();
    return unsuitable(source.path(), ErrorCode::Corrupt,
                      "holds " + quotedName(lacksUp ? entry.down : entry.up) + " without the " +
                          (lacksUp ? "up" : "down") + " matrix that belongs to it. Copy or download the file again.");
  }
  // An alpha or a magnitude by itself changes nothing.
  const auto alone = [](const LoraEntry& entry) { return entry.down.empty(); };
  for (const auto& entry : entries) {
    if (alone(entry)) others.push_back(entry.alpha.empty() ? entry.magnitude : entry.alpha);
  }
  std::erase_if(entries, alone);
  return {};
}

}  // namespace

Result<LoraFile> LoraFile::open(const fs::path& path) {
  LK_TRY(auto source, openWeightsFile(fileIn(path)));
  return read(std::move(source));
}

Result<LoraFile> LoraFile::read(std::shared_ptr<const TensorSource> opened) {
  LoraFile file;
  file.m_source = std::move(opened);
  const TensorSource& source = *file.m_source;
  if (source.tensors().size() > kMostTensors) {
    return unsuitable(source.path(), ErrorCode::Unsupported,
                      "holds " + std::to_string(source.tensors().size()) +
                          " tensors, more than any LoRA has. Choose another file.");
  }
  file.m_what = recognizeWeights(source);
  if (file.m_what.kind != WeightsKind::Lora) {
    return unsuitable(source.path(), ErrorCode::Unsupported,
                      "is a " + file.m_what.name + ", not a LoRA. Give as a LoRA only a file that holds one.");
  }
  LK_TRY(file.m_entries, sortOut(source, file.m_others));
  LK_CHECK(checkPairs(source, file.m_entries, file.m_others));
  LK_CHECK(file.readSettings());
  return file;
}

Result<void> LoraFile::readSettings() {
  std::error_code ignored;
  const auto beside = path().parent_path() / "adapter_config.json";
  if (path().stem() == "adapter_model" && fs::exists(beside, ignored)) {
    LK_TRY(const Json json, readJsonFile(beside));
    LK_TRY(m_settings[std::nullopt], LoraSettings::fromJson(json, beside));
    return {};
  }
  const auto found = m_source->metadata().find(kDiffusersSettings);
  if (found == m_source->metadata().end()) return {};
  const Json json = found->second.size() <= kLargestSettings ? parseJson(found->second) : Json();
  if (!json.is_object()) {
    return unsuitable(path(), ErrorCode::Corrupt,
                      "has metadata " + std::string(kDiffusersSettings) + " that can't be read. Get the file again.");
  }
  const std::array<std::pair<const char*, LoraComponent>, 3> parts{{{"unet.", LoraComponent::Unet},
                                                                    {"text_encoder.", LoraComponent::TextEncoder},
                                                                    {"text_encoder_2.", LoraComponent::TextEncoder2}}};
  for (const auto& [prefix, component] : parts) {
    Json own = Json::object();
    for (const auto& [key, value] : json.items()) {
      if (key.starts_with(prefix)) own[key.substr(std::string_view(prefix).size())] = value;
    }
    if (own.empty()) continue;
    LK_TRY(m_settings[component], LoraSettings::fromJson(own, path()));
  }
  return {};
}

const LoraSettings* LoraFile::settings(std::optional<LoraComponent> component) const {
  auto found = m_settings.find(component);
  if (found == m_settings.end()) found = m_settings.find(std::nullopt);
  return found == m_settings.end() ? nullptr : &found->second;
}

}  // namespace likeness
