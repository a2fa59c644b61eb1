#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/model/low_rank.h"

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

/// A layer y = W(x) + b that can carry low-rank changes (LoRA, DoRA) beside its weight: its output is then that of the
/// changed weight, while the weight itself stays as it is. A change whose tensors require gradients is used as it is, so
/// that it can be trained; of any other the layer keeps a copy in the weight's dtype and on its device, so move the
/// model first and attach then.
class AdaptableLayerImpl : public torch::nn::Module {
 public:
  /// Throws c10::Error if the change does not fit the weight.
  void attach(const std::shared_ptr<const LowRankChange>& change);
  /// Takes the change off again; nothing happens if it isn't attached.
  void detach(const LowRankChange& change);
  [[nodiscard]] bool isAdapted() const { return !m_attached.empty(); }

  /// The weight with what is attached, see changedWeight(); the weight itself where nothing is.
  [[nodiscard]] torch::Tensor effectiveWeight() const;

  torch::Tensor weight, bias;

 protected:
  /// y, the output for x, with what the changes add.
  [[nodiscard]] torch::Tensor addChanges(const torch::Tensor& x, const torch::Tensor& y) const;
  /// x through `w` instead of the weight, without a bias; and through one that looks at single positions only.
  [[nodiscard]] virtual torch::Tensor apply(const torch::Tensor& x, const torch::Tensor& w) const = 0;
  [[nodiscard]] virtual torch::Tensor applyPoint(const torch::Tensor& x, const torch::Tensor& w) const = 0;

 private:
  struct Attached {
    std::shared_ptr<const LowRankChange> given, used;
    torch::Tensor factor;  ///< of a DoRA that isn't trained
  };
  [[nodiscard]] torch::Tensor added(const Attached& attached, const torch::Tensor& x, const torch::Tensor& y) const;
  [[nodiscard]] torch::Tensor through(const LowRankChange& change, const torch::Tensor& x) const;

  std::vector<Attached> m_attached;
};

/// The layers of a model that can carry changes, by their name in it.
[[nodiscard]] std::map<std::string, std::shared_ptr<AdaptableLayerImpl>> adaptableLayers(const torch::nn::Module& model);

/// y = x·Wᵀ + b over the last axis. weight [out, in], bias [out].
class LinearImpl : public AdaptableLayerImpl {
 public:
  LinearImpl(std::int64_t in, std::int64_t out, bool withBias = true);
  torch::Tensor forward(const torch::Tensor& x) const;

 private:
  torch::Tensor apply(const torch::Tensor& x, const torch::Tensor& w) const override;
  torch::Tensor applyPoint(const torch::Tensor& x, const torch::Tensor& w) const override;
};
TORCH_MODULE(Linear);

/// Two-dimensional convolution with a square kernel. weight [out, in, k, k], bias [out].
class Conv2dImpl : public AdaptableLayerImpl {
 public:
  Conv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1, std::int64_t padding = 0);
  torch::Tensor forward(const torch::Tensor& x) const;

 private:
  torch::Tensor apply(const torch::Tensor& x, const torch::Tensor& w) const override;
  torch::Tensor applyPoint(const torch::Tensor& x, const torch::Tensor& w) const override;

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
