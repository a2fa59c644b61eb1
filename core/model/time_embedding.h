#pragma once
#include "core/model/layers.h"

namespace likeness {

/// Sinusoids of falling frequency that tell the model a number.
/// Shapes: values [N], any dtype; result [N, width] fp32 on their device. `flipSinToCos` puts the cosines first.
/// Source: Vaswani et al. 2017 (arXiv:1706.03762), section 3.5, in the form of DDPM (Ho et al. 2020).
[[nodiscard]] torch::Tensor sinusoidalEmbedding(const torch::Tensor& values, std::int64_t width, bool flipSinToCos,
                                                double freqShift);

/// linear_2(SiLU(linear_1(x))): [B, in] → [B, out].
class TimestepEmbeddingImpl : public torch::nn::Module {
 public:
  TimestepEmbeddingImpl(std::int64_t in, std::int64_t out);
  torch::Tensor forward(const torch::Tensor& x) const;

 private:
  Linear m_linear1, m_linear2;
};

}  // namespace likeness
