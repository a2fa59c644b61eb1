#pragma once
#include <vector>

#include "core/model/attention.h"

namespace likeness {

class TransformerBlockImpl;

/// Attention of a feature map to itself and to the text; diffusers' Transformer2DModel.
class Transformer2dImpl : public torch::nn::Module {
 public:
  struct Shape {
    std::int64_t channels;
    std::int64_t contextWidth;
    std::int64_t heads;
    std::int64_t layers;
    std::int64_t normGroups;
    bool linearProjection;
    bool attentionInFloat32;
  };
  explicit Transformer2dImpl(const Shape& shape);

  /// x [B, channels, h, w], context [B, L, contextWidth]; result [B, channels, h, w], in x's memory layout.
  torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& context) const;

 private:
  [[nodiscard]] torch::Tensor projectIn(const torch::Tensor& map) const;
  [[nodiscard]] torch::Tensor projectOut(const torch::Tensor& tokens, at::IntArrayRef mapSize, bool channelsLast) const;

  GroupNorm m_norm;
  Linear m_linearIn{nullptr}, m_linearOut{nullptr};
  Conv2d m_convIn{nullptr}, m_convOut{nullptr};
  std::vector<std::shared_ptr<TransformerBlockImpl>> m_blocks;
};
TORCH_MODULE(Transformer2d);

}  // namespace likeness
