#include "core/model/attention.h"

namespace likeness {

namespace {

/// Largest number of scores per head for which training in bf16 attends in fp32.
constexpr std::int64_t kFloat32AttentionScores = 512 * 512;

/// Whether to attend in fp32 although the inputs are narrower.
bool needsFloat32(const torch::Tensor& q, const torch::Tensor& k, bool inFloat32) {
  if (q.scalar_type() == torch::kHalf) return inFloat32;
  // On CPUs the bf16 backward pass of short attention takes four times as long as the fp32 one: 1.25 against 0.30 ms
  // at 64 tokens, 4 × 4 heads of 40. From about 1000 tokens on bf16 wins; without a backward pass always.
  return q.scalar_type() == torch::kBFloat16 && q.is_cpu() && at::GradMode::is_enabled() &&
         q.size(1) * k.size(1) <= kFloat32AttentionScores;
}

}  // namespace

torch::Tensor attend(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v, std::int64_t heads,
                     bool causal, bool inFloat32) {
  const bool widen = needsFloat32(q, k, inFloat32);
  const auto split = [heads, widen](const torch::Tensor& x) {
    const torch::Tensor y = widen ? x.to(torch::kFloat32) : x;
    return y.unflatten(-1, {heads, y.size(-1) / heads}).transpose(1, 2);
  };
  // Autocast would narrow them again.
  const c10::impl::ExcludeDispatchKeyGuard noAutocast(widen ? c10::autocast_dispatch_keyset : c10::DispatchKeySet());
  const torch::Tensor result =
      at::scaled_dot_product_attention(split(q), split(k), split(v), std::nullopt, 0.0, causal);
  return result.transpose(1, 2).flatten(2).to(q.scalar_type());
}

torch::Tensor addInto(torch::Tensor a, const torch::Tensor& b) {
  // Autograd answers a write into a view (a linear map of [B, L, D] returns one) with copies in both passes.
  const bool costsCopies = at::GradMode::is_enabled() && a.is_view();
  return !costsCopies && a.scalar_type() == b.scalar_type() && a.sizes() == b.sizes() ? a.add_(b) : a + b;
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
