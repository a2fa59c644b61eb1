#include "core/sample/guidance.h"

#include "core/sample/autocast.h"

namespace likeness {
namespace {

torch::Tensor predict(UNet2DConditionModel& unet, const torch::Tensor& x, double timestep,
                      const torch::Tensor& text, Precision precision) {
  const AutocastScope autocast(x.device().type(), precision == Precision::Bf16);
  const auto t = torch::full({x.size(0)}, timestep, torch::TensorOptions(torch::kFloat32).device(x.device()));
  return unet->forward(x, t, text).to(x.scalar_type());
}

}  // namespace

Denoiser guidedDenoiser(UNet2DConditionModel unet, torch::Tensor conditional, torch::Tensor unconditional,
                        double guidance, Precision precision, double rescale) {
  if (guidance == 1.0) {
    return [unet, conditional, precision](const torch::Tensor& x, double timestep) mutable {
      return predict(unet, x, timestep, conditional, precision);
    };
  }
  const auto text = torch::cat({unconditional, conditional});
  return [unet, text, guidance, precision, rescale](const torch::Tensor& x, double timestep) mutable {
    const auto both = predict(unet, torch::cat({x, x}), timestep, text, precision).chunk(2);
    const auto guided = both[0] + (both[1] - both[0]) * guidance;
    return rescale == 0.0 ? guided : rescaleGuidance(guided, both[1], rescale);
  };
}

torch::Tensor rescaleGuidance(const torch::Tensor& guided, const torch::Tensor& conditional, double rescale) {
  const auto deviation = [](const torch::Tensor& each) {
    return each.flatten(1).std(1).view({each.size(0), 1, 1, 1});
  };
  const auto rescaled = guided * (deviation(conditional) / deviation(guided));
  return rescaled * rescale + guided * (1 - rescale);
}

}  // namespace likeness
