#include <algorithm>
#include <tuple>

#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/weights/safetensors.h"
#include "core/weights/safetensors_header.h"

namespace likeness {
namespace {

using Order = std::vector<const NamedTensors::value_type*>;

// Largest dtype first, then by name: as the reference library writes, and every tensor is aligned.
Order writingOrder(const NamedTensors& tensors) {
  Order order;
  for (const auto& entry : tensors) order.push_back(&entry);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::tuple(-safetensorsDtypeRank(a->second.scalar_type()), std::string_view(a->first)) <
           std::tuple(-safetensorsDtypeRank(b->second.scalar_type()), std::string_view(b->first));
  });
  return order;
}

Result<void> checkTensors(const NamedTensors& tensors, const Metadata& metadata, const std::string& path) {
  const auto fail = [&](const std::string& what) {
    return Error{ErrorCode::InvalidArgument, "Could not write " + path + ": " + what + ".", {}, path};
  };
  std::vector<std::string_view> names;
  for (const auto& [name, tensor] : tensors) {
    if (name == "__metadata__") return fail("a tensor is called __metadata__, which the format reserves");
    if (!isValidUtf8(name)) return fail("the name of a tensor is not UTF-8");
    if (!tensor.defined() || tensor.layout() != torch::kStrided) return fail(quotedName(name) + " holds no values");
    if (safetensorsDtypeName(tensor.scalar_type()).empty()) {
      return fail(quotedName(name) + " is " + torch::toString(tensor.scalar_type()) + ", which the format can't hold");
    }
    names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) return fail("two tensors are called " + quotedName(*twice));
  for (const auto& [key, value] : metadata) {
    if (!isValidUtf8(key) || !isValidUtf8(value)) return fail("its metadata is not UTF-8");
  }
  return {};
}

std::string headerFor(const Order& order, const Metadata& metadata) {
  std::string header = "{";
  if (!metadata.empty()) header += "\"__metadata__\":" + Json(metadata).dump() + (order.empty() ? "" : ",");
  std::uint64_t position = 0;
  for (const auto* entry : order) {
    const auto& [name, tensor] = *entry;
    const std::uint64_t end = position + tensor.nbytes();
    header += Json(name).dump() + ":{\"dtype\":\"" + std::string(safetensorsDtypeName(tensor.scalar_type())) +
              "\",\"shape\":" + Json(tensor.sizes().vec()).dump() + ",\"data_offsets\":[" + std::to_string(position) +
              "," + std::to_string(end) + "]}" + (entry == order.back() ? "" : ",");
    position = end;
  }
  header += "}";
  header.resize((header.size() + 7) / 8 * 8, ' ');
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header;
}

}  // namespace

Result<void> serializeSafetensors(const std::filesystem::path& path, const NamedTensors& tensors,
                                  const Metadata& metadata, const SafetensorsSink& sink) {
  LK_CHECK(checkTensors(tensors, metadata, path.string()));
  const auto order = writingOrder(tensors);
  const std::string header = headerFor(order, metadata);
  LK_CHECK(sink(std::as_bytes(std::span(header)), true));
  for (const auto* entry : order) {
    const auto values = entry->second.detach().resolve_neg().cpu().contiguous();
    if (values.numel() == 0) continue;
    LK_CHECK(sink({static_cast<const std::byte*>(values.const_data_ptr()), values.nbytes()}, false));
  }
  return {};
}

Result<void> writeSafetensors(const std::filesystem::path& path, const NamedTensors& tensors,
                              const Metadata& metadata) {
  LK_TRY(auto file, AtomicFile::create(path));
  LK_CHECK(serializeSafetensors(path, tensors, metadata,
                                [&](std::span<const std::byte> bytes, bool) { return file.write(bytes); }));
  return file.commit();
}

}  // namespace likeness
