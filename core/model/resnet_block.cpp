#include "core/model/resnet_block.h"

#include "core/model/attention.h"

namespace likeness {

ResnetBlockImpl::ResnetBlockImpl(const Shape& shape)
    : m_norm1(register_module("norm1", GroupNorm(shape.normGroups, shape.in, shape.normEps))),
      m_conv1(register_module("conv1", Conv2d(shape.in, shape.out, 3, 1, 1))),
      m_norm2(nullptr),
      m_conv2(nullptr) {
  if (shape.timeEmbedDim) {
    m_timeProjection = register_module("time_emb_proj", Linear(*shape.timeEmbedDim, shape.out));
  }
  m_norm2 = register_module("norm2", GroupNorm(shape.normGroups, shape.out, shape.normEps));
  m_conv2 = register_module("conv2", Conv2d(shape.out, shape.out, 3, 1, 1));
  if (shape.in != shape.out) m_shortcut = register_module("conv_shortcut", Conv2d(shape.in, shape.out, 1));
}

torch::Tensor ResnetBlockImpl::forward(const torch::Tensor& x, const torch::Tensor& activatedTime) const {
  torch::Tensor hidden = m_conv1->forward(m_norm1->forwardSilu(x));
  if (m_timeProjection) {
    const torch::Tensor shift = m_timeProjection->forward(activatedTime);
    hidden = hidden + shift.unsqueeze(-1).unsqueeze(-1);
  }
  hidden = m_conv2->forward(m_norm2->forwardSilu(hidden));
  return addInto(hidden, m_shortcut ? m_shortcut->forward(x) : x);
}

DownsampleImpl::DownsampleImpl(std::int64_t channels, std::int64_t padding)
    : m_padding(padding), m_conv(register_module("conv", Conv2d(channels, channels, 3, 2, padding))) {}

torch::Tensor DownsampleImpl::forward(const torch::Tensor& x) const {
  return m_conv->forward(m_padding == 0 ? at::constant_pad_nd(x, {0, 1, 0, 1}) : x);
}

UpsampleImpl::UpsampleImpl(std::int64_t channels)
    : m_conv(register_module("conv", Conv2d(channels, channels, 3, 1, 1))) {}

torch::Tensor UpsampleImpl::forward(const torch::Tensor& x, at::IntArrayRef size) const {
  return m_conv->forward(at::upsample_nearest2d(x, size));
}

}  // namespace likeness
