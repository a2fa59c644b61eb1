#pragma once
#include "core/model/layers.h"

namespace likeness {

/// The shape of one layer of CLIP's transformers, of text and of pictures; DINO's are alike.
struct ClipLayerShape {
  std::int64_t width = 512;
  std::int64_t innerWidth = 2048;
  std::int64_t heads = 8;
  double eps = 1e-5;
  bool quickGelu = true;   ///< x·σ(1.702 x) instead of the exact GELU
  bool causal = true;      ///< each token sees itself and those before it
  bool scaled = false;     ///< DINOv2: each half's answer times a vector of its own, scale1 and scale2
};

class ClipAttentionImpl;
class ClipMlpImpl;

/// Attention and feed-forward, each on what its layer norm gives and added to its input. Parameters are named as in
/// transformers' CLIPEncoderLayer: self_attn.q_proj, layer_norm1, mlp.fc1, ….
/// Sources: Radford et al. 2021 (arXiv:2103.00020); scale: Touvron et al. 2021 (arXiv:2103.17239), LayerScale.
class ClipEncoderLayerImpl : public torch::nn::Module {
 public:
  explicit ClipEncoderLayerImpl(const ClipLayerShape& shape);
  /// x [B, L, width]; so is the result.
  torch::Tensor forward(torch::Tensor x) const;

 private:
  std::shared_ptr<ClipAttentionImpl> m_attention;
  LayerNorm m_norm1;
  std::shared_ptr<ClipMlpImpl> m_mlp;
  LayerNorm m_norm2;
  torch::Tensor m_scale1, m_scale2;
};

/// Layers under the name "layers".
class ClipEncoderImpl : public torch::nn::Module {
 public:
  ClipEncoderImpl(const ClipLayerShape& shape, std::int64_t count);
  [[nodiscard]] const std::vector<std::shared_ptr<ClipEncoderLayerImpl>>& layers() const { return m_layers; }

 private:
  std::vector<std::shared_ptr<ClipEncoderLayerImpl>> m_layers;
};
TORCH_MODULE(ClipEncoder);

}  // namespace likeness
