#include "core/train/embedding_rows.h"

#include <algorithm>

namespace likeness {

EmbeddingRows::EmbeddingRows(std::string name, torch::Tensor weight, const torch::Tensor& ids)
    : m_name(std::move(name)), m_weight(std::move(weight)) {
  const torch::NoGradGuard noGrad;
  m_rows = std::get<0>(at::_unique(ids.flatten(), /*sorted=*/true)).to(m_weight.device());
  m_place = at::full({m_weight.size(0)}, -1, m_rows.options());
  m_place.index_copy_(0, m_rows, at::arange(m_rows.size(0), m_rows.options()));
  m_values = m_weight.detach().index_select(0, m_rows).set_requires_grad(true);
}

void EmbeddingRows::takeGradient() {
  const torch::NoGradGuard noGrad;
  auto& gradient = m_weight.mutable_grad();
  if (!gradient.defined()) return;
  TORCH_CHECK(gradient.is_sparse(), "the token embedding should give a sparse gradient");
  auto& sum = m_values.mutable_grad();
  if (!sum.defined()) sum = at::zeros_like(m_values.detach());
  sum.index_add_(0, m_place.index_select(0, gradient._indices()[0]), gradient._values());
  gradient.reset();
}

void EmbeddingRows::dropGradient() { m_weight.mutable_grad().reset(); }

void EmbeddingRows::afterStep(double decay) {
  publish();
  const auto factor = static_cast<float>(decay);
  if (factor != 1.0f) m_pendingDecay.push_back(factor);
}

void EmbeddingRows::publish() {
  const torch::NoGradGuard noGrad;
  m_weight.index_copy_(0, m_rows, m_values);
}

void EmbeddingRows::catchUp() {
  if (m_pendingDecay.empty()) return;
  const torch::NoGradGuard noGrad;
  if (!m_weight.is_cpu() || !m_weight.is_contiguous()) {
    const auto unused = m_place.lt(0).unsqueeze(1);
    for (const float factor : m_pendingDecay) m_weight.copy_(at::where(unused, m_weight * factor, m_weight));
    m_pendingDecay.clear();
    return;
  }
  auto* weight = m_weight.data_ptr<float>();
  const auto* place = m_place.data_ptr<std::int64_t>();
  const auto width = m_weight.size(1);
  at::parallel_for(0, m_weight.size(0), 256, [&](std::int64_t begin, std::int64_t end) {
    for (auto row = begin; row < end; ++row) {
      if (place[row] >= 0) continue;
      // In pieces that stay in registers while all factors pass over them, in order.
      constexpr std::int64_t kPiece = 64;
      for (std::int64_t start = 0; start < width; start += kPiece) {
        float* piece = weight + row * width + start;
        const auto count = std::min(kPiece, width - start);
        for (const float factor : m_pendingDecay) {
          for (std::int64_t i = 0; i < count; ++i) piece[i] *= factor;
        }
      }
    }
  });
  m_weight.unsafeGetTensorImpl()->bump_version();
  m_pendingDecay.clear();
}

void EmbeddingRows::saveState(NamedTensors& out, const std::string& prefix) const {
  out.emplace_back(prefix + m_name + ".rows", m_rows);
}

Result<void> EmbeddingRows::checkState(const SafetensorsFile& file, const std::string& prefix) const {
  auto rows = at::empty_like(m_rows);
  LK_CHECK(copyFromFile(file, prefix + m_name + ".rows", rows));
  if (!rows.equal(m_rows)) {
    return Error{ErrorCode::InvalidArgument,
                 "The checkpoint was trained with other prompts than these. Put the subject's words back or train anew.",
                 "", file.path().string()};
  }
  return {};
}

}  // namespace likeness
