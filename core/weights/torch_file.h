#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "core/base/mapped_file.h"
#include "core/base/result.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// A file that PyTorch's torch.save wrote (.ckpt, .pt, .pth, .bin), memory-mapped: the zip format, and the one before
/// PyTorch 1.6. Nothing in it is ever run: its pickle is only read for the tensors that it describes (PickleMachine).
/// Cheap to copy: copies share the mapping.
/// Names: nested dictionaries give "outer.inner"; where the outermost holds a "state_dict", as CompVis' and Lightning's
/// checkpoints do, only that is entered. Lists and objects are skipped. Texts and numbers found on the way, or beside the
/// "state_dict", are metadata: "global_step", "string_to_token.*"; texts over 64 kB are left out.
/// Dtypes: float64, 32, 16, bfloat16, int64, 32, 16, 8, uint8, bool. Device: CPU, wherever they were saved. Threads: any.
/// Errors: Unsupported for anything that a file of weights has no use for, naming it: a function such as os.system, a
/// compressed zip, another pickle; Corrupt where sizes, offsets or strides don't fit the file. Each names the file.
/// Memory: 48 MB at most beside the mapping. Source: torch/serialization.py, PyTorch 1.0 to 2.13.
class TorchFile final : public TensorSource {
 public:
  [[nodiscard]] static Result<TorchFile> open(const std::filesystem::path& path);
  [[nodiscard]] static Result<TorchFile> read(std::shared_ptr<const MappedFile> file);

  [[nodiscard]] const std::filesystem::path& path() const override;
  [[nodiscard]] const std::map<std::string, TensorInfo>& tensors() const override;
  [[nodiscard]] const Metadata& metadata() const override;

  /// The tensor `name`: a view of the mapped file, strided as it was saved, that keeps the mapping alive; a copy if its
  /// bytes are not aligned for its dtype or belong to another tensor too, so that no two tensors share memory.
  /// Throws ErrorException (NotFound) if there is no such tensor.
  [[nodiscard]] torch::Tensor tensor(const std::string& name) const override;

 private:
  struct Content;
  explicit TorchFile(std::shared_ptr<const Content> content) : m_content(std::move(content)) {}
  std::shared_ptr<const Content> m_content;
};

}  // namespace likeness
