#include "core/sample/guidance.h"

#include "core/sample/autocast.h"

namespace likeness {
namespace {

torch::Tensor predict(UNet2DConditionModel& unet, const torch::Tensor& x, std::int64_t timestep,
                      const torch::Tensor& text, Precision precision) {
  const AutocastScope autocast(x.device().type(), precision == Precision::Bf16);
  const auto t = torch::full({x.size(0)}, timestep, torch::TensorOptions(torch::kInt64).device(x.device()));
  return unet->forward(x, t, text).to(x.scalar_type());
}

}  // namespace

Denoiser guidedDenoiser(UNet2DConditionModel unet, torch::Tensor conditional, torch::Tensor unconditional,
                        double guidance, Precision precision) {
  if (guidance == 1.0) {
    return [unet, conditional, precision](const torch::Tensor& x, std::int64_t timestep) mutable {
      return predict(unet, x, timestep, conditional, precision);
    };
  }
  const auto text = torch::cat({unconditional, conditional});
  return [unet, text, guidance, precision](const torch::Tensor& x, std::int64_t timestep) mutable {
    const auto both = predict(unet, torch::cat({x, x}), timestep, text, precision).chunk(2);
    return both[0] + (both[1] - both[0]) * guidance;
  };
}

}  // namespace likeness
