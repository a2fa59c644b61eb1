#include "core/model/time_embedding.h"

#include <cmath>

namespace likeness {

torch::Tensor sinusoidalEmbedding(const torch::Tensor& values, std::int64_t width, bool flipSinToCos,
                                  double freqShift) {
  constexpr double kMaxPeriod = 10000;
  const std::int64_t half = width / 2;
  const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(values.device());
  // The order of these fp32 operations is the reference's: at t near 1000 the last bit of a frequency shows.
  const torch::Tensor frequencies =
      torch::exp(torch::arange(half, options) * -std::log(kMaxPeriod) / (static_cast<double>(half) - freqShift));
  const torch::Tensor phases = values.to(torch::kFloat32).unsqueeze(1) * frequencies.unsqueeze(0);
  const torch::Tensor sines = torch::sin(phases), cosines = torch::cos(phases);
  torch::Tensor result = flipSinToCos ? torch::cat({cosines, sines}, 1) : torch::cat({sines, cosines}, 1);
  return width % 2 == 0 ? result : at::constant_pad_nd(result, {0, 1});
}

TimestepEmbeddingImpl::TimestepEmbeddingImpl(std::int64_t in, std::int64_t out)
    : m_linear1(register_module("linear_1", Linear(in, out))),
      m_linear2(register_module("linear_2", Linear(out, out))) {}

torch::Tensor TimestepEmbeddingImpl::forward(const torch::Tensor& x) const {
  return m_linear2->forward(at::silu(m_linear1->forward(x.to(m_linear1->weight.scalar_type()))));
}

}  // namespace likeness
