#pragma once
#include <filesystem>
#include <optional>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/model/clip_layers.h"

namespace likeness {

/// Which models' picture encoder it is: they differ in names and in small things.
enum class VisionKind { Clip, Dino, Dinov2 };

/// The shape of a picture encoder, from the `config.json` of transformers' CLIPModel, CLIPVisionModelWithProjection,
/// ViTModel (DINO) or Dinov2Model.
struct VisionTransformerConfig {
  VisionKind kind = VisionKind::Clip;
  std::int64_t hiddenSize = 768;
  std::int64_t intermediateSize = 3072;
  std::int64_t hiddenLayers = 12;
  std::int64_t attentionHeads = 12;
  std::int64_t imageSize = 224;  ///< side of the square that the positions were learnt at
  std::int64_t patchSize = 32;
  double layerNormEps = 1e-5;
  bool quickGelu = true;
  std::optional<std::int64_t> projectionSize = {};  ///< CLIP's visual_projection

  /// Reads and checks the numbers; `file` is named in errors (Corrupt, Unsupported), nothing is read from it.
  [[nodiscard]] static Result<VisionTransformerConfig> fromJson(const Json& json, const std::filesystem::path& file);
};

/// What a file of transformers calls a tensor, as this module does; empty for what it has no use for.
[[nodiscard]] std::string visionName(VisionKind kind, const std::string& name);

class VisionEmbeddingsImpl;

/// A vision transformer that says of a picture what its class token became. Parameters are named as in transformers'
/// CLIPVisionModel, without the prefix `vision_model.`; see visionName() for the others.
/// Sources: Dosovitskiy et al. 2021 (arXiv:2010.11929); Radford et al. 2021 (arXiv:2103.00020); Caron et al. 2021
/// (arXiv:2104.14294); Oquab et al. 2023 (arXiv:2304.07193).
class VisionTransformerImpl : public torch::nn::Module {
 public:
  explicit VisionTransformerImpl(VisionTransformerConfig config);

  /// Shapes: pixels [B, 3, H, W], H and W multiples of the patch; result [B, P], the class token after the last norm
  /// and, of CLIP, its projection. DINO's positions are interpolated for other sizes than imageSize, as transformers
  /// does; CLIP takes no other. Range: as the model's preprocessing makes it. Dtype and device: the parameters'.
  /// Errors: c10::Error for wrong shapes.
  torch::Tensor forward(const torch::Tensor& pixels) const;

  [[nodiscard]] const VisionTransformerConfig& config() const { return m_config; }

 private:
  VisionTransformerConfig m_config;
  std::shared_ptr<VisionEmbeddingsImpl> m_embeddings;
  LayerNorm m_preNorm{nullptr}, m_postNorm{nullptr};
  ClipEncoder m_encoder{nullptr};
  Linear m_projection{nullptr};
};
TORCH_MODULE(VisionTransformer);

}  // namespace likeness
