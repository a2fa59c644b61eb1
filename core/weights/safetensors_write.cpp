#include <algorithm>
#include <tuple>

#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/tensor/memory.h"
#include "core/weights/safetensors.h"
#include "core/weights/safetensors_header.h"

namespace likeness {
namespace {

using Order = std::vector<const TensorToWrite*>;

// Largest dtype first, then by name: as the reference library writes, and every tensor is aligned.
Order writingOrder(const std::vector<TensorToWrite>& tensors) {
  Order order;
  for (const auto& entry : tensors) order.push_back(&entry);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::tuple(-safetensorsDtypeRank(a->dtype), std::string_view(a->name)) <
           std::tuple(-safetensorsDtypeRank(b->dtype), std::string_view(b->name));
  });
  return order;
}

Error cannotWrite(const std::string& path, const std::string& what) {
  return {ErrorCode::InvalidArgument, "Could not write " + path + ": " + what + ".", {}, path};
}

Result<void> checkTensors(const std::vector<TensorToWrite>& tensors, const Metadata& metadata,
                          const std::string& path) {
  std::vector<std::string_view> names;
  for (const auto& [name, dtype, shape, make] : tensors) {
    if (name == "__metadata__") return cannotWrite(path, "a tensor is called __metadata__, which the format reserves");
    if (!isValidUtf8(name)) return cannotWrite(path, "the name of a tensor is not UTF-8");
    if (safetensorsDtypeName(dtype).empty()) {
      return cannotWrite(path, quotedName(name) + " is " + torch::toString(dtype) + ", which the format can't hold");
    }
    names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) return cannotWrite(path, "two tensors are called " + quotedName(*twice));
  for (const auto& [key, value] : metadata) {
    if (!isValidUtf8(key) || !isValidUtf8(value)) return cannotWrite(path, "its metadata is not UTF-8");
  }
  return {};
}

std::uint64_t byteCount(const TensorToWrite& tensor) {
  std::uint64_t bytes = torch::elementSize(tensor.dtype);
  for (const auto size : tensor.shape) bytes *= static_cast<std::uint64_t>(size);
  return bytes;
}

std::string headerFor(const Order& order, const Metadata& metadata) {
  std::string header = "{";
  if (!metadata.empty()) header += "\"__metadata__\":" + Json(metadata).dump() + (order.empty() ? "" : ",");
  std::uint64_t position = 0;
  for (const auto* entry : order) {
    const std::uint64_t end = position + byteCount(*entry);
    header += Json(entry->name).dump() + ":{\"dtype\":\"" + std::string(safetensorsDtypeName(entry->dtype)) +
              "\",\"shape\":" + Json(entry->shape).dump() + ",\"data_offsets\":[" + std::to_string(position) + "," +
              std::to_string(end) + "]}" + (entry == order.back() ? "" : ",");
    position = end;
  }
  header += "}";
  header.resize((header.size() + 7) / 8 * 8, ' ');
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header;
}

// Made when their turn comes: views of `tensors`, which must outlive the answer.
Result<std::vector<TensorToWrite>> toWrite(const std::filesystem::path& path, const NamedTensors& tensors) {
  std::vector<TensorToWrite> written;
  for (const auto& [name, tensor] : tensors) {
    if (!tensor.defined() || tensor.layout() != torch::kStrided) {
      return cannotWrite(path.string(), quotedName(name) + " holds no values");
    }
    written.push_back({name, tensor.scalar_type(), tensor.sizes().vec(), [&tensor = tensor] { return tensor; }});
  }
  return written;
}

Result<void> serialize(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors,
                       const Metadata& metadata, const SafetensorsSink& sink) {
  LK_CHECK(checkTensors(tensors, metadata, path.string()));
  const auto order = writingOrder(tensors);
  const std::string header = headerFor(order, metadata);
  LK_CHECK(sink(std::as_bytes(std::span(header)), true));
  for (const auto* entry : order) {
    const auto values = entry->make().detach().resolve_neg().cpu().contiguous();
    TORCH_CHECK(values.scalar_type() == entry->dtype && values.sizes().equals(entry->shape),
                "a tensor to be written changed on the way: ", entry->name);
    if (values.numel() == 0) continue;
    LK_CHECK(sink({static_cast<const std::byte*>(values.const_data_ptr()), values.nbytes()}, false));
    releaseMirroredPages(values);  // a model that is copied from file to file passes through memory, it doesn't fill it
  }
  return {};
}

}  // namespace

Result<void> serializeSafetensors(const std::filesystem::path& path, const NamedTensors& tensors,
                                  const Metadata& metadata, const SafetensorsSink& sink) {
  LK_TRY(const auto written, toWrite(path, tensors));
  return serialize(path, written, metadata, sink);
}

Result<void> writeSafetensors(const std::filesystem::path& path, const NamedTensors& tensors,
                              const Metadata& metadata) {
  LK_TRY(const auto written, toWrite(path, tensors));
  return writeSafetensors(path, written, metadata);
}

Result<void> writeSafetensors(const std::filesystem::path& path, const std::vector<TensorToWrite>& tensors,
                              const Metadata& metadata) {
  LK_TRY(auto file, AtomicFile::create(path));
  LK_CHECK(
      serialize(path, tensors, metadata, [&](std::span<const std::byte> bytes, bool) { return file.write(bytes); }));
  return file.commit();
}

}  // namespace likeness
