#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// Tensors of other files under other names, changed as another layout wants them when they are asked for: slices and
/// shapes are views, only transposing and joining copy. Keeps the other files open. Threads: any, once filled.
class MappedSource final : public TensorSource {
 public:
  struct Origin {
    std::shared_ptr<const TensorSource> file;
    std::string name;
  };
  enum class Step {
    Same,
    ToLinear,     ///< [o, i, 1, 1] or [o, i, 1] becomes [o, i]; others stay
    ToPointwise,  ///< [o, i] becomes [o, i, 1, 1]; others stay
    Transpose,    ///< two dimensions
    FirstThird,   ///< of the rows
    SecondThird,
    LastThird,
    Join,         ///< the rows of three tensors, one after the other
  };

  /// `path` is for messages.
  explicit MappedSource(std::filesystem::path path, Metadata metadata = {});

  /// Adds a tensor; a name that is there already stays as it is. Errors: Corrupt, naming file and tensor, if a tensor's
  /// shape doesn't allow the step.
  [[nodiscard]] Result<void> add(const std::string& name, Step step, std::vector<Origin> origins);

  [[nodiscard]] const std::filesystem::path& path() const override { return m_path; }
  [[nodiscard]] const std::map<std::string, TensorInfo>& tensors() const override { return m_infos; }
  [[nodiscard]] const Metadata& metadata() const override { return m_metadata; }
  [[nodiscard]] torch::Tensor tensor(const std::string& name) const override;

 private:
  struct Entry {
    Step step = Step::Same;
    std::vector<Origin> origins;
  };
  std::filesystem::path m_path;
  Metadata m_metadata;
  std::map<std::string, TensorInfo> m_infos;
  std::map<std::string, Entry> m_entries;
};

/// Tensors in memory as a source, for example a module's state.
class MemorySource final : public TensorSource {
 public:
  explicit MemorySource(const NamedTensors& tensors, std::filesystem::path path = {}, Metadata metadata = {});
  [[nodiscard]] const std::filesystem::path& path() const override { return m_path; }
  [[nodiscard]] const std::map<std::string, TensorInfo>& tensors() const override { return m_infos; }
  [[nodiscard]] const Metadata& metadata() const override { return m_metadata; }
  [[nodiscard]] torch::Tensor tensor(const std::string& name) const override;

 private:
  std::filesystem::path m_path;
  Metadata m_metadata;
  std::map<std::string, TensorInfo> m_infos;
  std::map<std::string, torch::Tensor> m_tensors;
};

}  // namespace likeness
