#include "core/data/latent_cache.h"

#include "core/base/hash.h"
#include "core/data/image_tensor.h"

namespace likeness {
namespace {

constexpr const char *kMean = "mean", *kLogVariance = "log_variance";

// Whether a file's content can be what was once encoded; anything else is encoded again.
bool plausible(const SafetensorsFile& file) {
  if (!file.has(kMean) || !file.has(kLogVariance)) return false;
  const auto& mean = file.tensors().at(kMean);
  const auto& logVariance = file.tensors().at(kLogVariance);
  return mean.shape.size() == 4 && mean.shape[0] == 1 && mean.shape == logVariance.shape &&
         mean.dtype == torch::kFloat32 && logVariance.dtype == torch::kFloat32;
}

}  // namespace

LatentCache::LatentCache(std::filesystem::path folder, std::string vaeIdentity)
    : m_cache(std::move(folder)), m_vaeIdentity(std::move(vaeIdentity)) {}

std::string LatentCache::keyOf(const Image& image) const {
  Sha256 hash;
  hash.add("latents 1\n" + m_vaeIdentity + "\n" + std::to_string(image.width) + "x" + std::to_string(image.height) + "\n");
  hash.add(std::as_bytes(std::span(image.rgb)));
  return hash.hex();
}

std::optional<LatentMoments> LatentCache::find(const std::string& key) {
  const auto known = m_cache.find(key, plausible);
  if (!known) return std::nullopt;
  LatentMoments moments;
  for (const auto& [name, tensor] : *known) (name == kMean ? moments.mean : moments.logVariance) = tensor;
  return moments;
}

void LatentCache::store(const std::string& key, const LatentMoments& moments) {
  m_cache.store(key, {{kMean, moments.mean.to(torch::kFloat32)}, {kLogVariance, moments.logVariance.to(torch::kFloat32)}});
}

LatentMoments LatentCache::get(const Image& image, const std::function<LatentMoments(const torch::Tensor&)>& encode) {
  const auto key = keyOf(image);
  if (auto known = find(key)) return *known;
  const torch::NoGradGuard noGrad;
  store(key, encode(imageToTensor(image)));
  return *find(key);
}

}  // namespace likeness
