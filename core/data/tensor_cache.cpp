#include "core/data/tensor_cache.h"

#include <system_error>

#include "core/base/log.h"

namespace likeness {
namespace fs = std::filesystem;

std::optional<NamedTensors> TensorCache::find(const std::string& key,
                                              const std::function<bool(const SafetensorsFile&)>& plausible) {
  const std::lock_guard lock(m_mutex);
  if (const auto known = m_known.find(key); known != m_known.end()) return known->second;
  if (m_folder.empty()) return std::nullopt;
  const auto path = m_folder / (key + ".safetensors");
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  const auto file = SafetensorsFile::open(path);
  if (!file || !plausible(*file)) {
    LK_LOG_WARN("The cached file {} is damaged and will be made again.", path.string());
    return std::nullopt;
  }
  NamedTensors tensors;  // copies, so that nothing hangs on the file
  for (const auto& [name, info] : file->tensors()) tensors.emplace_back(name, file->tensor(name).clone());
  return m_known.emplace(key, std::move(tensors)).first->second;
}

void TensorCache::store(const std::string& key, const NamedTensors& tensors) {
  NamedTensors own;
  for (const auto& [name, tensor] : tensors) {
    own.emplace_back(name, tensor.detach().to(tensor.options().device(torch::kCPU), false, /*copy=*/true).contiguous());
  }
  const std::lock_guard lock(m_mutex);
  const auto& stored = m_known.insert_or_assign(key, std::move(own)).first->second;
  if (m_folder.empty()) return;
  std::error_code ignored;
  fs::create_directories(m_folder, ignored);
  const auto written = writeSafetensors(m_folder / (key + ".safetensors"), stored);
  if (!written) LK_LOG_WARN("What was computed could not be kept on disk: {}", written.error().message);
}

}  // namespace likeness
