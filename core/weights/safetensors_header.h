#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// What stands in a safetensors header, checked against the file's size.
struct SafetensorsHeader {
  std::map<std::string, TensorInfo> tensors;
  std::map<std::string, std::string> metadata;
  std::uint64_t dataStart = 0;  ///< where the data begins in the file, bytes
};

/// Parses and checks the header of a whole file in memory; nothing of the data is read. Memory: 64 MB at
/// most beside the file, whatever it holds. Errors: Corrupt, Unsupported; they name `path`.
[[nodiscard]] Result<SafetensorsHeader> parseSafetensorsHeader(std::span<const std::byte> file,
                                                               const std::filesystem::path& path);

/// The format's name for a dtype ("F32"), empty if it has none; and the other way round.
[[nodiscard]] std::string_view safetensorsDtypeName(torch::ScalarType dtype);
[[nodiscard]] std::optional<torch::ScalarType> safetensorsDtype(std::string_view name);

/// Where a dtype stands in the format's own order, which the reference library writes backwards: larger is earlier.
[[nodiscard]] int safetensorsDtypeRank(torch::ScalarType dtype);

/// "[320, 4, 3, 3]".
[[nodiscard]] std::string shapeText(at::IntArrayRef shape);

}  // namespace likeness
