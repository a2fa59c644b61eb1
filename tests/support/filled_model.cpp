#include "tests/support/filled_model.h"

#include <array>
#include <cstdlib>
#include <cstring>

#include "core/base/hash.h"
#include "core/model/autoencoder_kl.h"
#include "core/model/clip_text_model.h"
#include "core/model/unet2d_condition_model.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/layouts/family_configs.h"
#include "core/weights/mapped_source.h"

namespace likeness::test {
namespace fs = std::filesystem;
namespace {

std::uint32_t crc32(const std::string& text) {
  std::uint32_t crc = ~std::uint32_t{0};
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

template <typename Model, typename Config>
ModelPart part(const std::string& name, Json config, const Json& fixture) {
  const bool text = name == kTextEncoder || name == kTextEncoder2;
  if (text) config["architectures"] = Json::array({name == kTextEncoder2 ? "CLIPTextModelWithProjection" : "CLIPTextModel"});
  const ParameterDeviceGuard namesOnly(torch::kMeta);
  Model model(Config::fromJson(config, name).value());
  const bool tiny = fixture["single_file"].begin()->size() == 2;
  NamedTensors tensors;
  for (const auto& [own, tensor] : stateDict(*model)) {
    const auto key = text && !own.starts_with("text_projection.") ? "text_model." + own : own;
    tensors.emplace_back(key, tiny ? filled(name + "/" + key, tensor.sizes(), fixture["seed"].get<std::uint32_t>()) : tensor);
  }
  return {std::make_shared<const MemorySource>(tensors, "the filled " + name), config};
}

}  // namespace

Json layoutFixture(const std::string& name) {
  const char* given = std::getenv("LIKENESS_FIXTURES");
  const fs::path root = given && *given ? fs::path(given) : LIKENESS_SOURCE_DIR "/tests/numerics/fixtures";
  return readJsonFile(root / "layouts" / (name + ".json")).value();
}

torch::Tensor filled(const std::string& name, at::IntArrayRef shape, std::uint32_t seed) {
  auto tensor = torch::empty(shape);
  auto* data = tensor.data_ptr<float>();
  std::uint32_t state = crc32(name) + seed;
  for (std::int64_t i = 0; i < tensor.numel(); ++i, state += 2654435761U) {
    data[i] = static_cast<float>(state >> 8) / static_cast<float>(1 << 24);
  }
  return tensor;
}

ModelFiles filledModel(const Json& fixture, bool v) {
  ModelFiles model;
  model.path = "filled.safetensors";
  const auto family = fixture["family"].get<std::string>();
  model.family = family == "sdxl" ? ModelFamily::Sdxl : family == "sd2" ? ModelFamily::Sd2 : ModelFamily::Sd1;
  const auto& configs = fixture["configs"];
  model.parts[kUNet] = part<UNet2DConditionModel, UNet2DConditionConfig>(kUNet, configs[kUNet], fixture);
  model.parts[kVae] = part<AutoencoderKl, AutoencoderKlConfig>(kVae, configs[kVae], fixture);
  model.parts[kTextEncoder] = part<ClipTextModel, ClipTextConfig>(kTextEncoder, configs[kTextEncoder], fixture);
  model.tokenizers["tokenizer"] = clipTokenizerFiles(model.family == ModelFamily::Sd2);
  if (model.family == ModelFamily::Sdxl) {
    model.parts[kTextEncoder2] = part<ClipTextModel, ClipTextConfig>(kTextEncoder2, configs[kTextEncoder2], fixture);
    model.tokenizers["tokenizer_2"] = clipTokenizerFiles(true);
  }
  model.scheduler = familyScheduler(model.family, v);
  model.modelIndex = familyModelIndex(model.family, model.inpainting(), model.scheduler["_class_name"]);
  return model;
}

std::string shortHash(const torch::Tensor& tensor) {
  const auto values = tensor.contiguous();
  return sha256Hex({static_cast<const char*>(values.const_data_ptr()), values.nbytes()}).substr(0, 16);
}

std::string firstDifference(const TensorSource& a, const TensorSource& b) {
  for (const auto* source : {&a, &b}) {
    for (const auto& [name, info] : source->tensors()) {
      if (!a.has(name) || !b.has(name)) return name + " is in one only";
      const auto left = a.tensor(name).contiguous(), right = b.tensor(name).contiguous();
      if (left.scalar_type() != right.scalar_type() || !left.sizes().equals(right.sizes()) ||
          std::memcmp(left.const_data_ptr(), right.const_data_ptr(), left.nbytes()) != 0) {
        return name;
      }
    }
  }
  return {};
}

}  // namespace likeness::test
