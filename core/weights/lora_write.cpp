#include "core/weights/lora_write.h"

#include <algorithm>
#include <map>

#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/weights/lora_metadata.h"
#include "core/weights/safetensors.h"

namespace likeness {
namespace {

Error refused(const std::filesystem::path& path, const std::string& why) {
  return {ErrorCode::InvalidArgument, "Could not write the LoRA " + path.string() + ": " + why + ".", {}, path.string()};
}

// [n, 1, …] or [1, n, …], with as many dimensions as the weight.
torch::Tensor magnitudeShaped(const torch::Tensor& magnitude, std::size_t dimensions, std::size_t axis) {
  std::vector<std::int64_t> shape(dimensions, 1);
  shape[axis] = magnitude.numel();
  return magnitude.view(shape);
}

NamedTensors kohyaTensors(std::span<const LoraModule> modules, const LoraNames& names, torch::ScalarType dtype) {
  NamedTensors tensors;
  for (const auto& module : modules) {
    const auto& change = module.change;
    const std::string name = names.kohyaName(module.target);
    tensors.emplace_back(name + ".lora_down.weight", change.down.detach().to(dtype));
    tensors.emplace_back(name + ".lora_up.weight", change.up.detach().to(dtype));
    if (change.mid.defined()) tensors.emplace_back(name + ".lora_mid.weight", change.mid.detach().to(dtype));
    tensors.emplace_back(name + ".alpha", torch::tensor(static_cast<float>(module.alpha())));
    if (!change.magnitude.defined()) continue;
    const auto axis = change.axis == MagnitudeAxis::Outputs ? std::size_t{0} : std::size_t{1};
    tensors.emplace_back(name + ".dora_scale",
                         magnitudeShaped(change.magnitude.detach(), module.target.shape.size(), axis).to(dtype));
  }
  return tensors;
}

const char* diffusersPrefix(LoraComponent component) {
  switch (component) {
    case LoraComponent::Unet:
      return "unet.";
    case LoraComponent::TextEncoder:
      return "text_encoder.";
    case LoraComponent::TextEncoder2:
      return "text_encoder_2.";
  }
  return "";
}

// transformers before 5.6 wants its old prefix, and later ones take both.
std::string diffusersName(const LoraTarget& target) {
  const bool prefixed = target.component != LoraComponent::Unet && target.name != "text_projection";
  return diffusersPrefix(target.component) + std::string(prefixed ? "text_model." : "") + target.name;
}

// PEFT looks for exactly these names. transformers from 5.6 on has no prefix, but where there is a projection.
std::string peftName(const LoraTarget& target) {
  const bool prefixed = target.component == LoraComponent::TextEncoder2 && target.name != "text_projection";
  return "base_model.model." + std::string(prefixed ? "text_model." : "") + target.name;
}

NamedTensors peftTensors(std::span<const LoraModule> modules, torch::ScalarType dtype,
                         std::string (*nameOf)(const LoraTarget&)) {
  NamedTensors tensors;
  for (const auto& module : modules) {
    const std::string name = nameOf(module.target);
    tensors.emplace_back(name + ".lora_A.weight", module.change.down.detach().to(dtype));
    tensors.emplace_back(name + ".lora_B.weight", module.change.up.detach().to(dtype));
    if (!module.change.magnitude.defined()) continue;
    torch::Tensor magnitude = module.change.magnitude.detach().to(dtype);
    if (module.target.shape.size() == 4) magnitude = magnitudeShaped(magnitude, 4, 1);
    tensors.emplace_back(name + ".lora_magnitude_vector", magnitude);
  }
  return tensors;
}

Result<void> checkDiffusers(const std::filesystem::path& path, std::span<const LoraModule> modules) {
  std::map<LoraComponent, bool> weightDecomposed;
  for (const auto& module : modules) {
    const auto& change = module.change;
    const bool dora = change.magnitude.defined();
    if (change.mid.defined()) return refused(path, "the layout of diffusers has no middle matrix (Tucker)");
    if (dora && change.axis == MagnitudeAxis::Inputs) {
      return refused(path, "the layout of diffusers has no DoRA per input");
    }
    const auto [before, first] = weightDecomposed.emplace(module.target.component, dora);
    if (!first && before->second != dora) {
      return refused(path, "the layout of diffusers has DoRA for all modules of a part or for none");
    }
  }
  return {};
}

}  // namespace

Result<void> writeLora(const std::filesystem::path& path, std::span<const LoraModule> modules, const LoraNames& names,
                       const LoraWriteOptions& options) {
  if (modules.empty()) return refused(path, "it changes nothing");
  const bool kohya = options.layout == LoraLayout::Kohya;
  if (!kohya) LK_CHECK(checkDiffusers(path, modules));
  const NamedTensors tensors =
      kohya ? kohyaTensors(modules, names, options.dtype) : peftTensors(modules, options.dtype, diffusersName);
  Metadata metadata = loraMetadata(path.stem().string(), modules, names);
  if (!kohya) metadata["lora_adapter_metadata"] = peftSettings(modules).dump(2);
  for (const auto& [key, value] : options.metadata) metadata[key] = value;
  LK_TRY(const LoraHashes hashes, loraHashes(path, tensors, metadata));
  metadata["sshs_model_hash"] = hashes.model;
  metadata["sshs_legacy_hash"] = hashes.legacy;
  return writeSafetensors(path, tensors, metadata);
}

Result<void> writePeftAdapters(const std::filesystem::path& folder, std::span<const LoraModule> modules,
                               torch::ScalarType dtype) {
  if (modules.empty()) return refused(folder, "it changes nothing");
  LK_CHECK(checkDiffusers(folder, modules));
  std::map<LoraComponent, std::vector<LoraModule>> parts;
  for (const auto& module : modules) parts[module.target.component].push_back(module);
  for (const auto& [component, own] : parts) {
    const std::string prefix = diffusersPrefix(component);
    const auto part = folder / prefix.substr(0, prefix.size() - 1);
    std::error_code failed;
    std::filesystem::create_directories(part, failed);
    if (failed) return systemError(failed.value(), "create the folder", part.string());
    Json config{{"peft_type", "LORA"}, {"bias", "none"}, {"fan_in_fan_out", false}, {"inference_mode", true}};
    const Json settings = peftSettings(own);
    for (const auto& [key, value] : settings.items()) config[key.substr(prefix.size())] = value;
    const auto tensors = peftTensors(own, dtype, peftName);
    LK_CHECK(writeSafetensors(part / "adapter_model.safetensors", tensors, {{"format", "pt"}}));
    LK_CHECK(writeFileAtomically(part / "adapter_config.json", config.dump(2) + "\n"));
  }
  return {};
}

}  // namespace likeness
