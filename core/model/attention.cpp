#include "core/model/attention.h"

namespace likeness {

torch::Tensor attend(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v, std::int64_t heads,
                     bool causal, bool inFloat32) {
  const auto split = [heads, inFloat32](const torch::Tensor& x) {
    const torch::Tensor y = x.unflatten(-1, {heads, x.size(-1) / heads}).transpose(1, 2);
    return inFloat32 && y.scalar_type() == torch::kHalf ? y.to(torch::kFloat32) : y;
  };
  const torch::Tensor result =
      at::scaled_dot_product_attention(split(q), split(k), split(v), std::nullopt, 0.0, causal);
  return result.transpose(1, 2).flatten(2).to(q.scalar_type());
}

torch::Tensor addInto(torch::Tensor a, const torch::Tensor& b) {
  return a.scalar_type() == b.scalar_type() && a.sizes() == b.sizes() ? a.add_(b) : a + b;
}

AttentionImpl::AttentionImpl(const Shape& shape)
    : m_shape(shape),
      m_toQ(register_module("to_q", Linear(shape.width, shape.width, shape.qkvBias))),
      m_toK(register_module("to_k", Linear(shape.contextWidth, shape.width, shape.qkvBias))),
      m_toV(register_module("to_v", Linear(shape.contextWidth, shape.width, shape.qkvBias))),
      m_toOut(register_module("to_out",
                              std::make_shared<ListOfOneImpl<Linear>>(Linear(shape.width, shape.width)))) {}

torch::Tensor AttentionImpl::forward(const torch::Tensor& x, const torch::Tensor& context) const {
  const torch::Tensor mixed = attend(m_toQ->forward(x), m_toK->forward(context), m_toV->forward(context),
                                     m_shape.heads, false, m_shape.inFloat32);
  return m_toOut->item()->forward(mixed);
}

}  // namespace likeness
