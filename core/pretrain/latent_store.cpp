#include "core/pretrain/latent_store.h"

#include <cmath>

#include "core/data/image_tensor.h"
#include "core/sample/autocast.h"

namespace likeness {
namespace {

constexpr const char* kMean = "mean";
constexpr const char* kLogVariance = "log_variance";
constexpr std::int64_t kAtOnce = 32;

}  // namespace

Result<LatentStore> LatentStore::open(const std::filesystem::path& path) {
  LK_TRY(const auto file, SafetensorsFile::open(path));
  if (!file.has(kMean) || !file.has(kLogVariance)) {
    return Error{ErrorCode::Corrupt,
                 path.string() + " holds no latents. Remove it; it is made again.",
                 {}, path.string()};
  }
  return LatentStore(file.tensor(kMean), file.tensor(kLogVariance));
}

LatentDistribution LatentStore::rows(const torch::Tensor& indices) const {
  return {m_mean.index_select(0, indices).to(torch::kFloat32),
          m_logVariance.index_select(0, indices).to(torch::kFloat32)};
}

double LatentStore::scalingFactor() const {
  double sum = 0, squares = 0, variances = 0;
  for (std::int64_t i = 0; i < size(); ++i) {
    const auto mean = m_mean[i].to(torch::kFloat64);
    sum += mean.mean().item<double>();
    squares += mean.pow(2).mean().item<double>();
    variances += m_logVariance[i].to(torch::kFloat64).exp().mean().item<double>();
  }
  const auto count = static_cast<double>(size());
  return 1 / std::sqrt(squares / count - std::pow(sum / count, 2) + variances / count);
}

void encodePictures(AutoencoderKl& vae, PictureStore& pictures, const std::filesystem::path& file,
                    const EncodeOptions& options) {
  const torch::NoGradGuard noGrad;
  std::vector<torch::Tensor> means, logVariances;
  for (std::int64_t first = 0; first < pictures.size(); first += kAtOnce) {
    if (options.control != nullptr) options.control->proceedOrThrow();
    std::vector<Image> batch;
    for (auto i = first; i < std::min(first + kAtOnce, pictures.size()); ++i) {
      batch.push_back(middleSquare(*pictures.at(i), options.size));
    }
    const AutocastScope autocast(at::kCPU, options.bf16);
    const auto latents = vae->encode(imagesToTensor(batch));
    means.push_back(latents.mean.to(torch::kHalf));
    logVariances.push_back(latents.logVariance.to(torch::kHalf));
    if (options.onProgress) options.onProgress(first + static_cast<std::int64_t>(batch.size()), pictures.size());
  }
  writeSafetensors(file, {{kMean, torch::cat(means)}, {kLogVariance, torch::cat(logVariances)}}).value();
}

}  // namespace likeness
