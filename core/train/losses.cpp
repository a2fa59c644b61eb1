#include "core/train/losses.h"

namespace likeness {

torch::Tensor perSampleLoss(const torch::Tensor& prediction, const torch::Tensor& target) {
  // Without this check a wrong shape would broadcast silently.
  TORCH_CHECK(prediction.sizes() == target.sizes(), "prediction ", prediction.sizes(), " against target ",
              target.sizes());
  const auto squared = at::mse_loss(prediction.to(torch::kFloat32), target.to(torch::kFloat32), at::Reduction::None);
  return squared.flatten(1).mean(1);
}

DreamBoothLoss dreamBoothLoss(const torch::Tensor& perSample, std::int64_t instances, std::int64_t samplesPerStep,
                              double priorWeight) {
  TORCH_CHECK(perSample.dim() == 1 && instances >= 1 && instances <= perSample.size(0), "a loss for each sample");
  const auto share = 1.0 / static_cast<double>(samplesPerStep);
  DreamBoothLoss loss;
  loss.total = perSample.slice(0, 0, instances).sum() * share;
  loss.instance = loss.total.detach();
  if (perSample.size(0) > instances) {
    const auto prior = perSample.slice(0, instances).sum() * share;
    loss.prior = prior.detach();
    loss.total = loss.total + prior * priorWeight;
  }
  return loss;
}

}  // namespace likeness
