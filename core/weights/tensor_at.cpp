#include <cstring>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/weights/tensor_layout.h"

namespace likeness {

const TensorInfo& tensorInfo(const TensorSource& file, const std::string& name) {
  const auto found = file.tensors().find(name);
  if (found != file.tensors().end()) return found->second;
  const auto path = file.path().string();
  throw ErrorException(
      {ErrorCode::NotFound, path + " holds no tensor " + quotedName(name) + ". Choose a file of another kind.", {}, path});
}

torch::Tensor tensorAt(std::byte* data, const TensorInfo& info, std::span<const std::int64_t> strides,
                       std::shared_ptr<const void> owner) {
  const at::IntArrayRef steps(strides.data(), strides.size());
  if (info.begin == info.end) return torch::empty(info.shape, info.dtype);
  if (info.dtype == torch::kBool) return torch::from_blob(data, info.shape, steps, torch::kUInt8).ne(0);
  const auto size = torch::elementSize(info.dtype);
  if (reinterpret_cast<std::uintptr_t>(data) % size != 0) {
    auto copy = torch::empty({static_cast<std::int64_t>((info.end - info.begin) / size)}, info.dtype);
    std::memcpy(copy.data_ptr(), data, info.end - info.begin);
    return copy.as_strided(info.shape, steps);
  }
  return torch::from_blob(data, info.shape, steps, [owner = std::move(owner)](void*) {}, info.dtype);
}

}  // namespace likeness
