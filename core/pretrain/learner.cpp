#include "core/pretrain/learner.h"

#include <cmath>

#include "core/train/adamw.h"
#include "core/train/lr_schedule.h"

namespace likeness {
namespace {

constexpr const char* kWeights = "weights.";
constexpr const char* kAverage = "average.";
constexpr const char* kOptimizer = "optimizer.";

// The average's part of a file, under the names that it knows.
NamedTensors prefixed(const NamedTensors& tensors, const std::string& prefix) {
  NamedTensors out;
  for (const auto& [name, tensor] : tensors) out.emplace_back(prefix + name, tensor);
  return out;
}

TrainConfig averaging(const PretrainStage& stage) {
  TrainConfig config;
  config.emaDecay = stage.ema;
  return config;
}

}  // namespace

NamedTensors parametersOf(const torch::nn::Module& module, const std::string& prefix) {
  NamedTensors list;
  for (const auto& entry : module.named_parameters()) list.emplace_back(prefix + entry.key(), entry.value());
  return list;
}

Learner::Learner(NamedTensors weights, const PretrainStage& stage) : m_stage(stage), m_weights(std::move(weights)) {
  NamedTensors decayed, kept;
  for (auto& [name, weight] : m_weights) {
    weight.requires_grad_(true);
    (name.ends_with("embedding.weight") ? kept : decayed).emplace_back(name, weight);
  }
  AdamWOptions options{stage.beta1, stage.beta2, 1e-8, stage.weightDecay};
  m_optimizers.push_back(std::make_unique<AdamW>(std::move(decayed), options));
  options.weightDecay = 0;
  if (!kept.empty()) m_optimizers.push_back(std::make_unique<AdamW>(std::move(kept), options));
  if (stage.ema > 0) m_average.emplace(prefixed(m_weights, kAverage), averaging(stage));
}

PretrainPoint Learner::update(const torch::Tensor& loss, std::int64_t step) {
  for (auto& optimizer : m_optimizers) optimizer->clearGradients();
  loss.backward();
  std::vector<torch::Tensor> gradients;
  for (const auto& optimizer : m_optimizers) optimizer->collectGradients(gradients);
  PretrainPoint point{loss.item<double>(), gradientNorm(gradients).item<double>()};
  if (!std::isfinite(point.loss) || !std::isfinite(point.gradNorm)) {
    throw ErrorException({ErrorCode::NotFinite, "The loss or a gradient stopped being a number at step " +
                                                    std::to_string(step + 1) +
                                                    " of this stage. Lower its learning_rate, or set its precision to "
                                                    "fp32, and begin again with another output folder."});
  }
  point.learningRate = m_stage.learningRate *
                       lrFactor(m_stage.decay, step, m_stage.warmup, m_stage.steps(), {.power = m_stage.power});
  const auto scale = m_stage.maxGradNorm > 0 ? clipFactor(point.gradNorm, m_stage.maxGradNorm) : 1.0;
  for (auto& optimizer : m_optimizers) optimizer->step(step + 1, point.learningRate, scale);
  if (m_average) m_average->update(step + 1);
  for (auto& optimizer : m_optimizers) optimizer->clearGradients();
  return point;
}

void Learner::swapAverage() {
  if (m_average) m_average->swap();
}

NamedTensors Learner::state() const {
  auto all = prefixed(m_weights, kWeights);
  for (auto& [name, weight] : all) weight = weight.detach();
  for (const auto& optimizer : m_optimizers) optimizer->saveState(all, kOptimizer);
  if (m_average) {
    for (auto& entry : m_average->state()) all.push_back(std::move(entry));
  }
  return all;
}

Result<void> Learner::load(const SafetensorsFile& file) {
  const torch::NoGradGuard noGrad;
  for (const auto& [name, weight] : m_weights) LK_CHECK(copyFromFile(file, kWeights + name, weight.detach()));
  for (const auto& optimizer : m_optimizers) LK_CHECK(optimizer->loadState(file, kOptimizer));
  if (m_average) LK_CHECK(m_average->loadState(file));
  return {};
}

}  // namespace likeness
