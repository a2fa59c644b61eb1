#pragma once
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/weights/safetensors.h"

namespace likeness {

/// Tensors that take long to compute, by a key that says what they were computed from. Kept in memory and, if a folder
/// is given, on disk: one safetensors file each, written atomically. A damaged or unwritable file is never an error: it
/// counts as unknown, and a warning goes to the log. Dtype and shapes: as stored. Device: CPU. Threads: any.
class TensorCache {
 public:
  /// `folder` empty: in memory only.
  explicit TensorCache(std::filesystem::path folder) : m_folder(std::move(folder)) {}

  /// Nothing when the key isn't known yet. `plausible`: whether a file's content can be what was once stored.
  [[nodiscard]] std::optional<NamedTensors> find(const std::string& key,
                                                 const std::function<bool(const SafetensorsFile&)>& plausible);
  void store(const std::string& key, const NamedTensors& tensors);

 private:
  std::filesystem::path m_folder;
  std::mutex m_mutex;
  std::unordered_map<std::string, NamedTensors> m_known;
};

}  // namespace likeness
