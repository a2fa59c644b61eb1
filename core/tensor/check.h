#pragma once
#include <string_view>

#include "core/tensor/torch.h"

namespace likeness {

/// Throws c10::Error, naming `what`, unless the tensor has these sizes; −1 matches any.
void checkShape(const torch::Tensor& tensor, at::IntArrayRef sizes, std::string_view what);

/// True if every element is finite; one reduction, one synchronisation.
[[nodiscard]] bool allFinite(const torch::Tensor& tensor);

}  // namespace likeness
