#include "core/model/vision_transformer.h"

#include <array>
#include <string_view>

#include "core/tensor/check.h"

namespace likeness {
namespace {

bool cutPrefix(std::string& name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return false;
  name.erase(0, prefix.size());
  return true;
}

std::string dinoLayerName(const std::string& name) {
  // "encoder.layer.3.attention.attention.query.weight"
  const auto number = name.find('.', std::string_view("encoder.layer.").size());
  if (number == std::string::npos) return {};
  const auto dot = name.rfind('.');
  if (dot <= number) return {};
  constexpr std::array<std::array<std::string_view, 2>, 15> kParts{{{"attention.attention.query", "self_attn.q_proj"},
                                                                    {"attention.attention.key", "self_attn.k_proj"},
                                                                    {"attention.attention.value", "self_attn.v_proj"},
                                                                    {"attention.output.dense", "self_attn.out_proj"},
                                                                    {"intermediate.dense", "mlp.fc1"},
                                                                    {"output.dense", "mlp.fc2"},
                                                                    {"mlp.fc1", "mlp.fc1"},
                                                                    {"mlp.fc2", "mlp.fc2"},
                                                                    {"layernorm_before", "layer_norm1"},
                                                                    {"layernorm_after", "layer_norm2"},
                                                                    {"norm1", "layer_norm1"},
                                                                    {"norm2", "layer_norm2"},
                                                                    {"layer_scale1", "scale1"},
                                                                    {"layer_scale2", "scale2"},
                                                                    {"", ""}}};
  const auto index = name.substr(std::string_view("encoder.layer.").size(),
                                 number - std::string_view("encoder.layer.").size());
  const auto part = name.substr(number + 1, dot - number - 1);
  for (const auto& [theirs, ours] : kParts) {
    if (theirs.empty() || part != theirs) continue;
    const auto layer = "encoder.layers." + index + "." + std::string(ours);
    return ours.starts_with("scale") ? layer : layer + name.substr(dot);
  }
  return {};
}

std::string dinoName(std::string name) {
  if (!cutPrefix(name, "vit.")) cutPrefix(name, "dinov2.");
  if (name == "embeddings.cls_token") return "embeddings.class_embedding";
  if (name == "embeddings.position_embeddings") return "embeddings.position_embedding.weight";
  if (cutPrefix(name, "embeddings.patch_embeddings.projection.")) return "embeddings.patch_embedding." + name;
  if (name.starts_with("layernorm.")) return "post_" + name;
  return name.starts_with("encoder.layer.") ? dinoLayerName(name) : std::string();
}

// A module that only gives its weight a name.
class NamedWeightImpl : public torch::nn::Module {
 public:
  NamedWeightImpl(at::IntArrayRef sizes, const at::TensorOptions& like)
      : weight(register_parameter("weight", torch::empty(sizes, like))) {}
  torch::Tensor weight;
};

// Patches are cut by a convolution; CLIP's has no bias.
class PatchesImpl : public torch::nn::Module {
 public:
  PatchesImpl(const VisionTransformerConfig& config, const at::TensorOptions& like)
      : m_patch(config.patchSize),
        weight(register_parameter("weight", torch::empty({config.hiddenSize, 3, m_patch, m_patch}, like))) {
    if (config.kind != VisionKind::Clip) bias = register_parameter("bias", torch::empty({config.hiddenSize}, like));
  }
  torch::Tensor forward(const torch::Tensor& pixels) const { return at::conv2d(pixels, weight, bias, m_patch); }

 private:
  std::int64_t m_patch;
  torch::Tensor weight, bias;
};

}  // namespace

class VisionEmbeddingsImpl : public torch::nn::Module {
 public:
  VisionEmbeddingsImpl(const VisionTransformerConfig& config, const at::TensorOptions& like)
      : m_interpolates(config.kind != VisionKind::Clip),
        m_side(config.imageSize / config.patchSize),
        m_patches(register_module("patch_embedding", std::make_shared<PatchesImpl>(config, like))) {
    const auto width = config.hiddenSize, tokens = m_side * m_side + 1;
    const bool clip = config.kind == VisionKind::Clip;
    using Sizes = std::vector<std::int64_t>;
    m_class = register_parameter("class_embedding", torch::empty(clip ? Sizes{width} : Sizes{1, 1, width}, like));
    const auto sizes = clip ? Sizes{tokens, width} : Sizes{1, tokens, width};
    m_positions = register_module("position_embedding", std::make_shared<NamedWeightImpl>(sizes, like));
  }

  // [B, 1 + patches, width]
  torch::Tensor forward(const torch::Tensor& pixels) const {
    const auto patches = m_patches->forward(pixels);
    const auto batch = patches.size(0), width = patches.size(1);
    const auto rows = patches.flatten(2).transpose(1, 2);
    const auto first = m_class.reshape({1, 1, width}).expand({batch, 1, width});
    return torch::cat({first, rows}, 1) + positions(patches.size(2), patches.size(3));
  }

 private:
  [[nodiscard]] torch::Tensor positions(std::int64_t height, std::int64_t width) const {
    const auto table = m_positions->weight.reshape({1, m_side * m_side + 1, -1});
    if (height == m_side && width == m_side) return table;
    TORCH_CHECK(m_interpolates, "this CLIP takes pictures of ", m_side, " by ", m_side, " patches only");
    const auto grid = table.narrow(1, 1, m_side * m_side).reshape({1, m_side, m_side, -1}).permute({0, 3, 1, 2});
    const auto resized = at::upsample_bicubic2d(grid.to(torch::kFloat32), {height, width}, /*align_corners=*/false);
    return torch::cat({table.narrow(1, 0, 1), resized.to(table.scalar_type()).flatten(2).transpose(1, 2)}, 1);
  }

  bool m_interpolates;
  std::int64_t m_side;
  std::shared_ptr<PatchesImpl> m_patches;
  std::shared_ptr<NamedWeightImpl> m_positions;
  torch::Tensor m_class;
};

std::string visionName(VisionKind kind, const std::string& name) {
  if (kind != VisionKind::Clip) return dinoName(name);
  auto ours = name;
  if (cutPrefix(ours, "vision_model.") || ours == "visual_projection.weight") {
    return ours.ends_with("position_ids") ? std::string() : ours;
  }
  return {};
}

VisionTransformerImpl::VisionTransformerImpl(VisionTransformerConfig config) : m_config(config) {
  m_postNorm = register_module("post_layernorm", LayerNorm(config.hiddenSize, config.layerNormEps));
  m_embeddings = register_module("embeddings",
                                 std::make_shared<VisionEmbeddingsImpl>(config, m_postNorm->weight.options()));
  const bool clip = config.kind == VisionKind::Clip;
  // transformers' own spelling
  if (clip) m_preNorm = register_module("pre_layrnorm", LayerNorm(config.hiddenSize, config.layerNormEps));
  const ClipLayerShape shape{config.hiddenSize, config.intermediateSize, config.attentionHeads, config.layerNormEps,
                             config.quickGelu,  false,                   config.kind == VisionKind::Dinov2};
  m_encoder = register_module("encoder", ClipEncoder(shape, config.hiddenLayers));
  if (config.projectionSize) {
    m_projection = register_module("visual_projection", Linear(config.hiddenSize, *config.projectionSize, false));
  }
}

torch::Tensor VisionTransformerImpl::forward(const torch::Tensor& pixels) const {
  checkShape(pixels, {-1, 3, -1, -1}, "the pictures that are scored");
  TORCH_CHECK(pixels.size(2) % m_config.patchSize == 0 && pixels.size(3) % m_config.patchSize == 0,
              "a picture of ", pixels.size(3), " by ", pixels.size(2), " is no whole number of patches of ",
              m_config.patchSize);
  auto x = m_embeddings->forward(pixels);
  if (m_preNorm) x = m_preNorm->forward(x);
  for (const auto& layer : m_encoder->layers()) x = layer->forward(x);
  const auto token = m_postNorm->forward(x.select(1, 0));
  return m_projection ? m_projection->forward(token) : token;
}

}  // namespace likeness
