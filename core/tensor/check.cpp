#include "core/tensor/check.h"

namespace likeness {

void checkShape(const torch::Tensor& tensor, at::IntArrayRef sizes, std::string_view what) {
  bool same = tensor.defined() && tensor.dim() == static_cast<std::int64_t>(sizes.size());
  for (std::size_t i = 0; same && i < sizes.size(); ++i) {
    same = sizes[i] < 0 || tensor.size(static_cast<std::int64_t>(i)) == sizes[i];
  }
  TORCH_CHECK(same, what, " should have the shape ", sizes, " but has ",
              tensor.defined() ? tensor.sizes() : at::IntArrayRef());
}

bool allFinite(const torch::Tensor& tensor) { return at::isfinite(tensor).all().item<bool>(); }

}  // namespace likeness
