#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/mapped_file.h"
#include "core/base/result.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// A safetensors file, memory-mapped. Cheap to copy: copies share the mapping.
/// Dtypes: F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL; others are Unsupported. Device: CPU. Threads: any.
/// Errors: open() checks the whole header against the file (length, duplicate names, offsets, sizes) and is Corrupt,
/// naming the file, where it lies. Source: the safetensors format description, version 0.4 and later.
class SafetensorsFile final : public TensorSource {
 public:
  [[nodiscard]] static Result<SafetensorsFile> open(const std::filesystem::path& path);
  [[nodiscard]] static Result<SafetensorsFile> read(std::shared_ptr<const MappedFile> file);

  [[nodiscard]] const std::filesystem::path& path() const override;
  [[nodiscard]] const std::map<std::string, TensorInfo>& tensors() const override;
  [[nodiscard]] const Metadata& metadata() const override;

  /// The tensor `name`: a view of the mapped file that keeps the mapping alive, or a copy if its bytes are not aligned
  /// for its dtype. Writing to a view changes this process's pages only, never the file, but every other view of the
  /// same tensor sees it. Throws ErrorException (NotFound) if there is no such tensor.
  [[nodiscard]] torch::Tensor tensor(const std::string& name) const override;

 private:
  struct Content;
  explicit SafetensorsFile(std::shared_ptr<const Content> content) : m_content(std::move(content)) {}
  std::shared_ptr<const Content> m_content;
};

/// A tensor to be written, made when its turn comes, so that only one is in memory.
struct TensorToWrite {
  std::string name;
  torch::ScalarType dtype = torch::kFloat32;
  std::vector<std::int64_t> shape;
  std::function<torch::Tensor()> make;  ///< answers with that dtype and shape; may throw
};

/// Writes the tensors to `path`, whole or not at all; the same content gives the same bytes.
/// Order: largest dtype first, then by name, as the reference library writes them, so every tensor is aligned.
/// Tensors on other devices and non-contiguous ones are copied one at a time. Names must differ.
/// Errors: InvalidArgument for a double name, the name __metadata__, or a dtype that the format lacks; DiskFull and
/// PermissionDenied from the disk.
[[nodiscard]] Result<void> writeSafetensors(const std::filesystem::path& path, const NamedTensors& tensors,
                                            const Metadata& metadata = {});
[[nodiscard]] Result<void> writeSafetensors(const std::filesystem::path& path,
                                            const std::vector<TensorToWrite>& tensors, const Metadata& metadata = {});

/// Takes the bytes of such a file piece by piece: first the header, then each tensor.
using SafetensorsSink = std::function<Result<void>(std::span<const std::byte> bytes, bool isHeader)>;

/// The bytes that writeSafetensors() writes, to `sink`, whose first error ends it. `path` is for messages.
[[nodiscard]] Result<void> serializeSafetensors(const std::filesystem::path& path, const NamedTensors& tensors,
                                                const Metadata& metadata, const SafetensorsSink& sink);

}  // namespace likeness
