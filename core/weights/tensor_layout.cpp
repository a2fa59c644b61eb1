#include "core/weights/tensor_layout.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace likeness {

std::optional<std::uint64_t> byteCount(torch::ScalarType dtype, std::span<const std::int64_t> shape) {
  std::int64_t count = static_cast<std::int64_t>(torch::elementSize(dtype));
  for (const auto size : shape) {
    if (size < 0 || __builtin_mul_overflow(count, std::max<std::int64_t>(size, 1), &count)) return std::nullopt;
  }
  const bool empty = std::find(shape.begin(), shape.end(), 0) != shape.end();
  return empty ? 0 : static_cast<std::uint64_t>(count);
}

std::vector<std::int64_t> contiguousStrides(std::span<const std::int64_t> shape) {
  std::vector<std::int64_t> strides(shape.size());
  std::int64_t stride = 1;
  for (std::size_t i = shape.size(); i-- > 0;) {
    strides[i] = stride;
    stride *= std::max<std::int64_t>(shape[i], 1);
  }
  return strides;
}

std::optional<std::uint64_t> elementSpan(std::span<const std::int64_t> shape, std::span<const std::int64_t> strides) {
  std::int64_t last = 0;
  bool empty = false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] < 0 || strides[i] < 0) return std::nullopt;
    if (shape[i] == 0) empty = true;
    std::int64_t extent = 0;
    if (__builtin_mul_overflow(std::max<std::int64_t>(shape[i], 1) - 1, strides[i], &extent) ||
        __builtin_add_overflow(last, extent, &last)) {
      return std::nullopt;
    }
  }
  return empty ? 0 : static_cast<std::uint64_t>(last) + 1;
}

}  // namespace likeness
