#include "core/data/latent_cache.h"

#include <system_error>

#include "core/base/hash.h"
#include "core/base/log.h"
#include "core/data/image_tensor.h"
#include "core/weights/safetensors.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

LatentMoments kept(const LatentMoments& moments) {
  const auto keep = [](const torch::Tensor& tensor) {
    return tensor.detach().to(torch::kCPU, torch::kFloat32, /*non_blocking=*/false, /*copy=*/true).contiguous();
  };
  return {keep(moments.mean), keep(moments.logVariance)};
}

// Whether a file's content can be what was once encoded; anything else is encoded again.
bool plausible(const SafetensorsFile& file) {
  if (!file.has("mean") || !file.has("log_variance")) return false;
  const auto& mean = file.tensors().at("mean");
  const auto& logVariance = file.tensors().at("log_variance");
  return mean.shape.size() == 4 && mean.shape[0] == 1 && mean.shape == logVariance.shape &&
         mean.dtype == torch::kFloat32 && logVariance.dtype == torch::kFloat32;
}

}  // namespace

LatentCache::LatentCache(fs::path folder, std::string vaeIdentity)
    : m_folder(std::move(folder)), m_vaeIdentity(std::move(vaeIdentity)) {}

std::string LatentCache::keyOf(const Image& image) const {
  Sha256 hash;
  hash.add("latents 1\n" + m_vaeIdentity + "\n" + std::to_string(image.width) + "x" + std::to_string(image.height) + "\n");
  hash.add(std::as_bytes(std::span(image.rgb)));
  return hash.hex();
}

std::optional<LatentMoments> LatentCache::find(const std::string& key) {
  const std::lock_guard lock(m_mutex);
  if (const auto known = m_known.find(key); known != m_known.end()) return known->second;
  if (m_folder.empty()) return std::nullopt;
  const auto path = m_folder / (key + ".safetensors");
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  const auto file = SafetensorsFile::open(path);
  if (!file || !plausible(*file)) {
    LK_LOG_WARN("The cached latents {} are damaged and will be made again.", path.string());
    return std::nullopt;
  }
  const auto moments = kept({file->tensor("mean"), file->tensor("log_variance")});
  return m_known.emplace(key, moments).first->second;
}

void LatentCache::store(const std::string& key, const LatentMoments& moments) {
  const std::lock_guard lock(m_mutex);
  const auto& stored = m_known.insert_or_assign(key, kept(moments)).first->second;
  if (m_folder.empty()) return;
  std::error_code ignored;
  fs::create_directories(m_folder, ignored);
  const auto written = writeSafetensors(m_folder / (key + ".safetensors"),
                                        {{"mean", stored.mean}, {"log_variance", stored.logVariance}});
  if (!written) LK_LOG_WARN("The latents could not be kept on disk: {}", written.error().message);
}

LatentMoments LatentCache::get(const Image& image, const std::function<LatentMoments(const torch::Tensor&)>& encode) {
  const auto key = keyOf(image);
  if (auto known = find(key)) return *known;
  const torch::NoGradGuard noGrad;
  store(key, encode(imageToTensor(image)));
  return *find(key);
}

}  // namespace likeness
