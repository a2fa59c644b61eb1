#pragma once
#include <span>
#include <vector>

#include "core/api/image.h"
#include "core/tensor/torch.h"

namespace likeness {

/// Pixels as a model takes them. Shape: [1,3,H,W]. Range: −1 … 1 (v/127.5 − 1). Dtype and device: fp32, CPU.
[[nodiscard]] torch::Tensor imageToTensor(const Image& image);

/// The same for pictures of one size. Shape: [B,3,H,W].
[[nodiscard]] torch::Tensor imagesToTensor(std::span<const Image> images);

/// The way back: takes [3,H,W] or [1,3,H,W] of any floating dtype on any device, range −1 … 1; clamped, rounded to
/// nearest; NaN becomes black. Throws c10::Error for other shapes.
[[nodiscard]] Image tensorToImage(const torch::Tensor& pixels);

/// One Image for each of [B,3,H,W].
[[nodiscard]] std::vector<Image> tensorToImages(const torch::Tensor& pixels);

}  // namespace likeness
