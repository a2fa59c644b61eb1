#pragma once
#include "core/tensor/torch.h"

namespace likeness {

// Thin layers whose parameters are allocated but not written: opening a model draws no random numbers and touches no
// memory before the weights arrive. Parameters are fp32 on the CPU, named `weight` and `bias`; any dtype and device
// afterwards. Threads: forward() may run on several threads as long as nobody changes the parameters.

/// While it lives, layers made on this thread put their parameters on `device`; on torch::kMeta they have names and
/// shapes only.
class ParameterDeviceGuard {
 public:
  explicit ParameterDeviceGuard(torch::Device device);
  ~ParameterDeviceGuard();
  ParameterDeviceGuard(const ParameterDeviceGuard&) = delete;
  ParameterDeviceGuard& operator=(const ParameterDeviceGuard&) = delete;

 private:
  torch::Device m_previous;
};

/// y = x·Wᵀ + b over the last axis. weight [out, in], bias [out].
class LinearImpl : public torch::nn::Module {
 public:
  LinearImpl(std::int64_t in, std::int64_t out, bool withBias = true);
  torch::Tensor forward(const torch::Tensor& x) const;
  torch::Tensor weight, bias;
};
TORCH_MODULE(Linear);

/// Two-dimensional convolution with a square kernel. weight [out, in, k, k], bias [out].
class Conv2dImpl : public torch::nn::Module {
 public:
  Conv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1, std::int64_t padding = 0);
  torch::Tensor forward(const torch::Tensor& x) const;
  torch::Tensor weight, bias;

 private:
  std::int64_t m_stride, m_padding;
};
TORCH_MODULE(Conv2d);

/// Group normalisation of [B, C, h, w] with an affine map. weight, bias [C].
class GroupNormImpl : public torch::nn::Module {
 public:
  GroupNormImpl(std::int64_t groups, std::int64_t channels, double eps);
  torch::Tensor forward(const torch::Tensor& x) const;
  /// SiLU of forward(x).
  torch::Tensor forwardSilu(const torch::Tensor& x) const;
  torch::Tensor weight, bias;

 private:
  std::int64_t m_groups;
  double m_eps;
};
TORCH_MODULE(GroupNorm);

/// Normalisation of the last axis with an affine map. weight, bias [D].
class LayerNormImpl : public torch::nn::Module {
 public:
  LayerNormImpl(std::int64_t width, double eps);
  torch::Tensor forward(const torch::Tensor& x) const;
  torch::Tensor weight, bias;

 private:
  double m_eps;
};
TORCH_MODULE(LayerNorm);

/// Rows of `weight` [count, width] picked by int64 ids.
class EmbeddingImpl : public torch::nn::Module {
 public:
  EmbeddingImpl(std::int64_t count, std::int64_t width);
  torch::Tensor forward(const torch::Tensor& ids) const;
  torch::Tensor weight;
  bool sparseGradient = false;  ///< the weight's gradient holds only the picked rows, as a sparse tensor
};
TORCH_MODULE(Embedding);

}  // namespace likeness
