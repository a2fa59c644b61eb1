#include "core/model/layers.h"

namespace likeness {

namespace {

thread_local torch::Device parameterDevice = torch::kCPU;

torch::Tensor makeParameter(at::IntArrayRef sizes) {
  return torch::empty(sizes, torch::TensorOptions().dtype(torch::kFloat32).device(parameterDevice));
}

}  // namespace

ParameterDeviceGuard::ParameterDeviceGuard(torch::Device device) : m_previous(parameterDevice) {
  parameterDevice = device;
}
ParameterDeviceGuard::~ParameterDeviceGuard() { parameterDevice = m_previous; }

LinearImpl::LinearImpl(std::int64_t in, std::int64_t out, bool withBias) {
  weight = register_parameter("weight", makeParameter({out, in}));
  if (withBias) bias = register_parameter("bias", makeParameter({out}));
}

torch::Tensor LinearImpl::forward(const torch::Tensor& x) const {
  const torch::Tensor y = at::linear(x, weight, bias);
  return isAdapted() ? addChanges(x, y) : y;
}

torch::Tensor LinearImpl::apply(const torch::Tensor& x, const torch::Tensor& w) const { return at::linear(x, w); }

torch::Tensor LinearImpl::applyPoint(const torch::Tensor& x, const torch::Tensor& w) const { return at::linear(x, w); }

Conv2dImpl::Conv2dImpl(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride,
                       std::int64_t padding)
    : m_stride(stride), m_padding(padding) {
  weight = register_parameter("weight", makeParameter({out, in, kernel, kernel}));
  bias = register_parameter("bias", makeParameter({out}));
}

torch::Tensor Conv2dImpl::forward(const torch::Tensor& x) const {
  // The weights' layout decides: channels last trains faster, contiguous has an eighth of its rounding error in fp32.
  const torch::Tensor same = x.contiguous(weight.suggest_memory_format());
  const torch::Tensor y = at::conv2d(same, weight, bias, {m_stride, m_stride}, {m_padding, m_padding});
  return isAdapted() ? addChanges(same, y) : y;
}

torch::Tensor Conv2dImpl::apply(const torch::Tensor& x, const torch::Tensor& w) const {
  return at::conv2d(x, w, {}, {m_stride, m_stride}, {m_padding, m_padding});
}

torch::Tensor Conv2dImpl::applyPoint(const torch::Tensor& x, const torch::Tensor& w) const { return at::conv2d(x, w); }

GroupNormImpl::GroupNormImpl(std::int64_t groups, std::int64_t channels, double eps) : m_groups(groups), m_eps(eps) {
  weight = register_parameter("weight", makeParameter({channels}));
  bias = register_parameter("bias", makeParameter({channels}));
}

torch::Tensor GroupNormImpl::forward(const torch::Tensor& x) const {
  // Where this is the first layer that learns, nobody wants the gradient of x; LibTorch 2.13 writes it all the same if
  // the channels come last, to address 0.
  const bool first = at::GradMode::is_enabled() && weight.requires_grad() && !x.requires_grad();
  return at::group_norm(first ? x.detach().requires_grad_() : x, m_groups, weight, bias, m_eps);
}

torch::Tensor GroupNormImpl::forwardSilu(const torch::Tensor& x) const {
  torch::Tensor y = forward(x);
  return at::GradMode::is_enabled() ? at::silu(y) : at::silu_(y);
}

LayerNormImpl::LayerNormImpl(std::int64_t width, double eps) : m_eps(eps) {
  weight = register_parameter("weight", makeParameter({width}));
  bias = register_parameter("bias", makeParameter({width}));
}

torch::Tensor LayerNormImpl::forward(const torch::Tensor& x) const {
  return at::layer_norm(x, weight.sizes(), weight, bias, m_eps);
}

EmbeddingImpl::EmbeddingImpl(std::int64_t count, std::int64_t width) {
  weight = register_parameter("weight", makeParameter({count, width}));
}

torch::Tensor EmbeddingImpl::forward(const torch::Tensor& ids) const {
  return at::embedding(weight, ids, /*padding_idx=*/-1, /*scale_grad_by_freq=*/false, sparseGradient);
}

}  // namespace likeness
