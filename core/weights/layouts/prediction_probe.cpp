#include "core/weights/layouts/prediction_probe.h"

#include "core/weights/load_module.h"

namespace likeness {

bool looksLikeVPrediction(UNet2DConditionModel unet) {
  const torch::NoGradGuard noGrad;
  const auto& config = unet->config();
  const auto options = unet->parameters().front().options().requires_grad(false);
  const auto x = torch::full({1, config.inChannels, 8, 8}, 0.5, options);
  const auto text = torch::full({1, 2, config.crossAttentionDim()}, 0.5, options);
  const auto time = torch::full({1}, 999, options.dtype(torch::kInt64));
  const auto out = unet->forward(x, time, text);
  return (out - x.narrow(1, 0, config.outChannels)).mean().to(torch::kFloat32).item<float>() < -1.0F;
}

Result<void> settlePrediction(ModelFiles& model, JobControl* control) {
  if (model.predictionKnown) return {};
  const auto& part = model.parts.at(kUNet);
  LK_TRY(auto config, UNet2DConditionConfig::fromJson(part.config, model.path));
  UNet2DConditionModel unet(config);
  LoadOptions options;
  options.control = control;
  LK_TRY(const auto report, loadModule(*unet, {part.weights}, options));
  static_cast<void>(report);
  for (const auto& parameter : unet->parameters()) parameter.requires_grad_(false);
  setPrediction(model, looksLikeVPrediction(unet));
  model.predictionFrom = "the UNet was tried";
  return {};
}

}  // namespace likeness
