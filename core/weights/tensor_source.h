#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/tensor/torch.h"

namespace likeness {

/// What a file says about one tensor without reading it.
struct TensorInfo {
  torch::ScalarType dtype = torch::kFloat32;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;  ///< first byte, counted from where the format's data starts
  std::uint64_t end = 0;    ///< one past the last byte
};

using NamedTensors = std::vector<std::pair<std::string, torch::Tensor>>;
using Metadata = std::map<std::string, std::string>;

/// Tensors by name, whatever the format of the file that holds them: what models load from and conversions read.
/// Device: CPU. Threads: any, once opened.
class TensorSource {
 public:
  virtual ~TensorSource() = default;

  /// The file, for messages.
  [[nodiscard]] virtual const std::filesystem::path& path() const = 0;
  [[nodiscard]] virtual const std::map<std::string, TensorInfo>& tensors() const = 0;
  [[nodiscard]] virtual const Metadata& metadata() const = 0;

  /// The tensor `name`, without a copy where the file allows it; it keeps alive what it needs. Writing to it never
  /// changes the file. Throws ErrorException (NotFound) if there is no such tensor.
  [[nodiscard]] virtual torch::Tensor tensor(const std::string& name) const = 0;

  [[nodiscard]] bool has(const std::string& name) const { return tensors().contains(name); }
};

/// The files that together hold a module's weights (shards, or one).
using TensorSources = std::vector<std::shared_ptr<const TensorSource>>;

}  // namespace likeness
