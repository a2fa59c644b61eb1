#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// Tensors in memory that look like a file's.
class MemorySource final : public TensorSource {
 public:
  MemorySource(std::filesystem::path path, const NamedTensors& tensors) : m_path(std::move(path)) {
    for (const auto& [name, tensor] : tensors) {
      m_infos[name] = {tensor.scalar_type(), tensor.sizes().vec(), 0, tensor.nbytes()};
      m_tensors[name] = tensor;
    }
  }

  [[nodiscard]] const std::filesystem::path& path() const override { return m_path; }
  [[nodiscard]] const std::map<std::string, TensorInfo>& tensors() const override { return m_infos; }
  [[nodiscard]] const Metadata& metadata() const override { return m_metadata; }
  [[nodiscard]] torch::Tensor tensor(const std::string& name) const override {
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end()) throw ErrorException({ErrorCode::NotFound, "no tensor " + name});
    return found->second;
  }

 private:
  std::filesystem::path m_path;
  std::map<std::string, TensorInfo> m_infos;
  std::map<std::string, torch::Tensor> m_tensors;
  Metadata m_metadata;
};

}  // namespace likeness
