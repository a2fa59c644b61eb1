#include "core/train/narrow_weights.h"

#include "core/sample/autocast.h"
#include "core/tensor/memory.h"

namespace likeness {
namespace {

void narrow(torch::nn::Module& module, WeightDtype dtype) {
  if (dtype == WeightDtype::Fp32) return;
  const torch::NoGradGuard noGrad;
  for (auto& entry : module.named_parameters()) {
    auto& weight = entry.value();
    const auto wanted = storedDtype(entry.key(), weight, dtype);
    if (weight.scalar_type() == wanted) continue;
    const auto before = weight.detach();
    // Kernels go where useChannelsLast() would put them, so that they aren't copied twice.
    const auto format = weight.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
    weight.set_data(before.to(wanted, /*non_blocking=*/false, /*copy=*/true, format));
    releaseMirroredPages(before);
  }
}

}  // namespace

bool mayBeNarrow(const std::string& name, const torch::Tensor& weight) {
  const auto starts = [&](const char* block) { return name.starts_with(block); };
  const bool inUnet = starts("down_blocks.") || starts("mid_block.") || starts("up_blocks.");
  return weight.dim() >= 2 && (inUnet || name.find("encoder.layers.") != std::string::npos);
}

torch::ScalarType storedDtype(const std::string& name, const torch::Tensor& weight, WeightDtype dtype) {
  return mayBeNarrow(name, weight) ? scalarTypeOf(dtype) : torch::kFloat32;
}

std::uint64_t storedBytes(const torch::nn::Module& module, WeightDtype dtype) {
  std::uint64_t bytes = 0;
  for (const auto& entry : module.named_parameters()) {
    const auto each = c10::elementSize(storedDtype(entry.key(), entry.value(), dtype));
    bytes += each * static_cast<std::uint64_t>(entry.value().numel());
  }
  return bytes;
}

bool hasOnePass(const TrainConfig& config) {
  return config.gradientAccumulation == 1 && !config.aspectBuckets && config.moreResolutions.empty();
}

torch::ScalarType gradientDtype(const std::string& name, const torch::Tensor& weight, const TrainConfig& config) {
  const auto stored = storedDtype(name, weight, config.weightsDtype);
  const bool narrow = config.precision == Precision::Bf16 && hasOnePass(config) && mayBeNarrow(name, weight);
  return narrow ? torch::kBFloat16 : stored;
}

WeightDtype frozenUnetDtype(const TrainConfig& config) {
  return config.method != TrainMethod::Full ? config.frozenDtype : WeightDtype::Fp32;
}

WeightDtype frozenTextDtype(const TrainConfig& config) {
  const bool frozen = config.method != TrainMethod::Full || config.textEncoderLearningRate == 0;
  return frozen ? config.frozenDtype : WeightDtype::Fp32;
}

void narrowFrozenWeights(const StableDiffusion& model, const TrainConfig& config) {
  auto unet = model.unet;
  narrow(*unet, frozenUnetDtype(config));
  for (auto encoder : model.textEncoders()) narrow(*encoder.model, frozenTextDtype(config));
}

}  // namespace likeness
