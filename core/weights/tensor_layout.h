#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/tensor/torch.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// Bytes that a tensor of this dtype and shape takes when contiguous; nothing if a size is negative or the product, zeros
/// aside, is more than an int64 holds (Torch multiplies the sizes of an empty tensor too).
[[nodiscard]] std::optional<std::uint64_t> byteCount(torch::ScalarType dtype, std::span<const std::int64_t> shape);

/// The strides of a contiguous tensor of this shape, in elements. The shape must have a byteCount.
[[nodiscard]] std::vector<std::int64_t> contiguousStrides(std::span<const std::int64_t> shape);

/// Elements from a tensor's first to one past its last, 0 if it is empty; nothing if that overflows or a stride or size
/// is negative. `shape` and `strides` must be of one length.
[[nodiscard]] std::optional<std::uint64_t> elementSpan(std::span<const std::int64_t> shape,
                                                       std::span<const std::int64_t> strides);

/// What `file` says about its tensor `name`. Throws ErrorException (NotFound) if there is none.
[[nodiscard]] const TensorInfo& tensorInfo(const TensorSource& file, const std::string& name);

/// The tensor whose first element lies at `data`: a view that keeps `owner` alive, or a copy of its own if the bytes are
/// not aligned for its dtype. Bool is always a copy, because one that is neither 0 nor 1 is undefined in C++.
/// `info.begin` to `info.end` must lie in memory from `data` on. Device: CPU.
[[nodiscard]] torch::Tensor tensorAt(std::byte* data, const TensorInfo& info, std::span<const std::int64_t> strides,
                                     std::shared_ptr<const void> owner);

}  // namespace likeness
